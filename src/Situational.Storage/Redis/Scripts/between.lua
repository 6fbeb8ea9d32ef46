-- A page of a sorted set by score. KEYS: sorted set; ARGV: from which, to which, how many
return redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[3])
