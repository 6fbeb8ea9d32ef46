-- Removes sheets of a day and, with the last of them, the day. KEYS: days, figures, sheets of a day; ARGV: day, how many; returns how many went
local grids = redis.call('HRANDFIELD', KEYS[2], ARGV[2])
for _, grid in ipairs(grids) do
  redis.call('HDEL', KEYS[2], grid)
  redis.call('HDEL', KEYS[3], grid)
end
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('UNLINK', KEYS[3])
  redis.call('ZREM', KEYS[1], ARGV[1])
end
return #grids
