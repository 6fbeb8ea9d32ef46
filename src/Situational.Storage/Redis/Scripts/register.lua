-- KEYS: names; ARGV: a name that is to be among them
redis.call('ZADD', KEYS[1], 0, ARGV[1])
return 1
