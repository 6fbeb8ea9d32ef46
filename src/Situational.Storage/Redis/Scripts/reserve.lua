-- Reserves an idempotency key for an append: what the append needs before it may be written, as the key holds across all grids.
-- A record is state (r reserved, c confirmed), time, append id, grid, case id, fingerprint, each on its line.
-- KEYS: report keys, their order, numbers
-- ARGV: key, record after the time, append id, now, time since which keys are kept, how many are kept at least, append id to replace or ''
-- Returns 'mine', or 'reserved' | 'taken' and the record that stands there.
local there = redis.call('HGET', KEYS[1], ARGV[1])
if there then
  local state, append = string.match(there, '^(%a)\n%-?%d+\n([^\n]*)\n')
  if append == ARGV[3] then
    return {'mine', there}
  end
  if state == 'c' then
    return {'taken', there}
  end
  if append ~= ARGV[7] then
    return {'reserved', there}
  end
end
redis.call('HSET', KEYS[1], ARGV[1], 'r\n' .. ARGV[4] .. '\n' .. ARGV[2])
redis.call('ZADD', KEYS[2], redis.call('HINCRBY', KEYS[3], 'report-key', 1), ARGV[1])

-- At most two go for one that comes. The clock may be wrong, so the newest stay whatever it says; and as a key is older than every key
-- after it, one stamped in the future goes when the last below those is old.
local function accepted(key)
  return tonumber(string.match(redis.call('HGET', KEYS[1], key) or '', '^%a\n(%-?%d+)\n') or '0')
end
local over = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[6])
if over > 0 then
  local since = tonumber(ARGV[5])
  local newest = accepted(redis.call('ZRANGE', KEYS[2], over - 1, over - 1)[1])
  for _, key in ipairs(redis.call('ZRANGE', KEYS[2], 0, math.min(over, 2) - 1)) do
    if accepted(key) < since or newest < since then
      redis.call('ZREM', KEYS[2], key)
      redis.call('HDEL', KEYS[1], key)
    end
  end
end
return {'mine', ''}
