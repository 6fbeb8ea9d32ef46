-- KEYS: a hash; returns field and value, one after the other.
return redis.call('HGETALL', KEYS[1])
