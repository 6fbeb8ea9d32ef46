-- When a case's first row of a grid began that did not begin before a time.
-- KEYS: past rows that hold, past rows that were followed; ARGV: case id, a time, ticks in 19 digits; returns ticks or ''
local first = ''
local function look(since)
  if since >= ARGV[2] and (first == '' or since < first) then
    first = since
  end
end
local now = redis.call('HGET', KEYS[1], ARGV[1])
if now then
  look(string.sub(now, 2, 20))
end
for _, value in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], string.sub(ARGV[2], 1, 12), '+inf')) do
  if string.sub(value, 40, 40 + #ARGV[1]) == ARGV[1] .. '\n' then
    look(string.sub(value, 2, 20))
  end
end
return first
