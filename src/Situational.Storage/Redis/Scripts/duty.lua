-- A page of duty states in the order of squads and units.
-- KEYS: states, squads and units; ARGV: from which, to which, both as ranges of names, how many
-- Returns name and state each.
local names = redis.call('ZRANGEBYLEX', KEYS[2], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[3])
local answer = {}
for _, name in ipairs(names) do
  answer[#answer + 1] = name
  answer[#answer + 1] = redis.call('HGET', KEYS[1], string.match(name, '\n(.*)$')) or ''
end
return answer
