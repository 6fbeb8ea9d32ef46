-- Takes from a grid's outbox what was settled, unless something newer stands there.
-- KEYS: outbox; ARGV: version, fields
for i = 2, #ARGV do
  local value = redis.call('HGET', KEYS[1], ARGV[i])
  if value and tonumber(string.match(value, '^%d+')) <= tonumber(ARGV[1]) then
    redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
return 1
