-- KEYS: photo; ARGV: content type, content
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'type', ARGV[1], 'content', ARGV[2])
end
return 1
