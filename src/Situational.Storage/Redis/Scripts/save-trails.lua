-- Adds points of a slot to trails. A Redis that lost its last second may lack numbers of grids that the caller knows: they are given again,
-- and where one went to another grid nothing is done.
-- KEYS: slots, units' points of the slot, units of its hour, grids' marks of its hour, numbers, names of grids,
--       all units
-- ARGV: slot, its place in the hour, how many grids; number, name and mark of each grid; unit and points each
-- Returns 1, or 0 when a number is another grid's.
local grids = tonumber(ARGV[3])
for i = 4, 3 + 3 * grids, 3 do
  local name = redis.call('HGET', KEYS[6], ARGV[i])
  if name and name ~= ARGV[i + 1] then
    return 0
  end
end
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1])
for i = 4, 3 + 3 * grids, 3 do
  if redis.call('HSETNX', KEYS[6], ARGV[i], ARGV[i + 1]) == 1 then
    redis.call('HSET', KEYS[5], ARGV[i + 1], ARGV[i])
  end
  local marks = redis.call('HGET', KEYS[4], ARGV[i]) or string.rep('\0', 36)
  local at, mark = 3 * tonumber(ARGV[2]), tonumber(ARGV[i + 2])
  local high, middle, low = string.byte(marks, at + 1, at + 3)
  if high * 65536 + middle * 256 + low < mark then
    redis.call('HSET', KEYS[4], ARGV[i], string.sub(marks, 1, at)
      .. string.char(math.floor(mark / 65536), math.floor(mark / 256) % 256, mark % 256) .. string.sub(marks, at + 4))
  end
end
for i = 4 + 3 * grids, #ARGV, 2 do
  local points = redis.call('HGET', KEYS[2], ARGV[i])
  if not points then
    redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
    redis.call('ZADD', KEYS[3], 0, ARGV[i])
    redis.call('ZADD', KEYS[7], 0, ARGV[i])
  elseif string.sub(points, -#ARGV[i + 1]) ~= ARGV[i + 1] then
    redis.call('HSET', KEYS[2], ARGV[i], points .. ARGV[i + 1])
  end
end
return 1
