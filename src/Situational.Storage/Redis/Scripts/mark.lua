-- Marks the store as incomplete, or takes the mark away. KEYS: unfinished; ARGV: what it is filled from, or ''
if ARGV[1] == '' then
  return redis.call('DEL', KEYS[1])
end
redis.call('SET', KEYS[1], ARGV[1])
return 1
