-- Gives a reserved idempotency key back whose append was not written.
-- KEYS: report keys, their order; ARGV: key, append id
local there = redis.call('HGET', KEYS[1], ARGV[1])
if there then
  local state, append = string.match(there, '^(%a)\n%-?%d+\n([^\n]*)\n')
  if state == 'r' and append == ARGV[2] then
    redis.call('HDEL', KEYS[1], ARGV[1])
    redis.call('ZREM', KEYS[2], ARGV[1])
  end
end
return 1
