-- Says whether an append was written under its idempotency key; else, if asked, refuses it for good, so that its key may go to another.
-- KEYS: outbox, fenced, head; ARGV: key, append id, '1' to refuse
-- Returns 'written' and the record | 'refused' | 'open'.
local there = redis.call('HGET', KEYS[1], 'k:' .. ARGV[1])
if there and string.match(there, '^%d+\n([^\n]*)\n') == ARGV[2] then
  return {'written', there}
end
if ARGV[3] ~= '1' then
  return {'open', ''}
end
redis.call('ZADD', KEYS[2], redis.call('HGET', KEYS[3], 'version') or '0', ARGV[2])
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1001)
return {'refused', ''}
