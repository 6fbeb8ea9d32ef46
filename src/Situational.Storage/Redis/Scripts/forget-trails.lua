-- Removes points of a slot from before a time in it, a bounded number of pieces at a time; with the last piece the slot goes, and with the last
-- slot its hour.
-- KEYS: slots, units' points of the slot, units of its hour, grids' marks of its hour; ARGV: slot, first slot of its hour, last slot of its
--       hour, milliseconds of the slot from which points stay, how many at most, where to go on
-- Returns how many went and where to go on, '0' at the end.
local keep, most, gone = tonumber(ARGV[4]), tonumber(ARGV[5]), 0
local found = redis.call('HSCAN', KEYS[2], ARGV[6], 'COUNT', 50)
local on = found[1]
for i = 1, #found[2], 2 do
  local points, left = found[2][i + 1], {}
  for at = 1, #points, 16 do
    local low, middle, high = string.byte(points, at, at + 2)
    if gone < most and high and low + middle * 256 + high % 8 * 65536 < keep then
      gone = gone + 1
    elseif high then
      left[#left + 1] = string.sub(points, at, at + 15)
    end
  end
  if #left == 0 then
    redis.call('HDEL', KEYS[2], found[2][i])
  elseif 16 * #left < #points then
    redis.call('HSET', KEYS[2], found[2][i], table.concat(left))
  end
end
if redis.call('EXISTS', KEYS[2]) == 0 then
  on = '0'
  redis.call('ZREM', KEYS[1], ARGV[1])
  if redis.call('ZCOUNT', KEYS[1], ARGV[2], ARGV[3]) == 0 then
    redis.call('UNLINK', KEYS[3], KEYS[4])
  end
end
return {tostring(gone), on}
