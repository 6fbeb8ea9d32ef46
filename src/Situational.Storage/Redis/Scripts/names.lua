-- A page of names in their order. KEYS: names; ARGV: name after which or '', how many
return redis.call('ZRANGEBYLEX', KEYS[1], ARGV[1] == '' and '-' or '(' .. ARGV[1], '+', 'LIMIT', 0, ARGV[2])
