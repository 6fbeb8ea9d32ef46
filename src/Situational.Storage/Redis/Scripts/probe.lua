-- Writes as much as a report takes and takes it away again. KEYS: a key of its own
redis.call('SET', KEYS[1], string.rep('x', 16384))
redis.call('DEL', KEYS[1])
return 1
