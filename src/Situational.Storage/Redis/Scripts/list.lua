-- A page of a list. KEYS: list; ARGV: place from which, how many
return redis.call('LRANGE', KEYS[1], ARGV[1], ARGV[1] + ARGV[2] - 1)
