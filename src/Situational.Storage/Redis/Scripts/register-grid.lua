-- Notes a grid that is to have a history, and when the first of all begins. KEYS: names, numbers; ARGV: the grid, since when, ticks in 19 digits
redis.call('ZADD', KEYS[1], 0, ARGV[1])
local first = redis.call('HGET', KEYS[2], 'past-first')
if not first or ARGV[2] < first then
  redis.call('HSET', KEYS[2], 'past-first', ARGV[2])
end
return 1
