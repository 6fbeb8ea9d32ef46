-- Takes duty states in. KEYS: states, squads and units; ARGV: unit, squad and state each
for i = 1, #ARGV, 3 do
  redis.call('ZADD', KEYS[2], 0, ARGV[i + 1] .. '\n' .. ARGV[i])
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. '\n' .. ARGV[i + 2])
end
return 1
