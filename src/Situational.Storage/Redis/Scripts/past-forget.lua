-- Takes away what held no longer at a time. KEYS: past rows that hold, past rows that were followed; ARGV: the time, ticks in 19 digits, how
-- many at most; returns how many went
local before, most, gone = ARGV[1], tonumber(ARGV[2]), 0
for _, value in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.sub(before, 1, 12), 'LIMIT', 0, most)) do
  if string.sub(value, 21, 39) <= before then
    gone = gone + redis.call('ZREM', KEYS[2], value)
  end
end
-- how a case ended holds at no moment
local now = gone < most and redis.call('HGETALL', KEYS[1]) or {}
for i = 1, #now, 2 do
  if gone < most and string.sub(now[i + 1], 1, 1) == 'e' and string.sub(now[i + 1], 2, 20) <= before then
    gone = gone + redis.call('HDEL', KEYS[1], now[i])
  end
end
return gone
