-- Keeps sheets of what was walked, each in the place of what was kept of its grid. KEYS: days, figures, sheets of a day; ARGV: day, then grid,
-- figures and sheet each
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1])
for i = 2, #ARGV, 3 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
  redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 2])
end
return 1
