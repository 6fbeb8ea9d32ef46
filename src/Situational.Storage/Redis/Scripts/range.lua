-- A page of a sorted set by rank. KEYS: sorted set; ARGV: rank from which, how many
return redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[1] + ARGV[2] - 1)
