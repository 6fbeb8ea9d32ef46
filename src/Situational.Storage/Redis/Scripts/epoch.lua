-- The name of this store, given to it at its first use. KEYS: epoch; ARGV: a new name
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return redis.call('GET', KEYS[1])
