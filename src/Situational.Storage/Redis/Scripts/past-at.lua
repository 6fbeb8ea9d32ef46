-- The cases of a grid that were open at a moment.
-- KEYS: past rows that hold, past rows that were followed, where cases leave for; ARGV: the moment, ticks in 19 digits
-- Returns id, since when, where it leaves for or '', and row each.
local moment, answer = ARGV[1], {}
local leaving = redis.call('EXISTS', KEYS[3]) == 1
local now = redis.call('HGETALL', KEYS[1])
for i = 1, #now, 2 do
  local value = now[i + 1]
  if string.sub(value, 1, 1) == 'o' and string.sub(value, 2, 20) <= moment then
    answer[#answer + 1] = now[i]
    answer[#answer + 1] = string.sub(value, 2, 20)
    answer[#answer + 1] = leaving and redis.call('HGET', KEYS[3], now[i]) or ''
    answer[#answer + 1] = string.sub(value, 21)
  end
end
for _, value in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], string.sub(moment, 1, 12), '+inf')) do
  if string.sub(value, 1, 1) == 'o' and string.sub(value, 2, 20) <= moment and string.sub(value, 21, 39) > moment then
    local line = string.find(value, '\n', 40, true)
    answer[#answer + 1] = string.sub(value, 40, line - 1)
    answer[#answer + 1] = string.sub(value, 2, 20)
    answer[#answer + 1] = ''
    answer[#answer + 1] = string.sub(value, line + 1)
  end
end
return answer
