-- What an incomplete store is filled from, or ''. KEYS: unfinished
return redis.call('GET', KEYS[1]) or ''
