-- How alerts stand. KEYS: alerts; ARGV: alerts
-- Returns the acknowledgement of each, '' for one that has none.
local answer = {}
for i = 1, #ARGV do
  answer[i] = redis.call('HGET', KEYS[1], ARGV[i]) or ''
end
return answer
