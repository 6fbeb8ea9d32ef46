-- A page of acknowledgements, oldest first. KEYS: alerts, times; ARGV: after which as a range of names, how many
-- Returns time and alert, and acknowledgement each.
local names = redis.call('ZRANGEBYLEX', KEYS[2], ARGV[1], '+', 'LIMIT', 0, ARGV[2])
local answer = {}
for _, name in ipairs(names) do
  answer[#answer + 1] = name
  answer[#answer + 1] = redis.call('HGET', KEYS[1], string.sub(name, 21)) or ''
end
return answer
