-- Takes idempotency keys in that another store kept. KEYS: report keys, their order, numbers; ARGV: key and record each
for i = 1, #ARGV, 2 do
  if redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) == 1 then
    redis.call('ZADD', KEYS[2], redis.call('HINCRBY', KEYS[3], 'report-key', 1), ARGV[i])
  end
end
return 1
