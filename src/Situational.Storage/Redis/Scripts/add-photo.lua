-- Keeps a photo and counts its bytes, unless all photos together would take more than they may.
-- KEYS: photo, names of photos, numbers; ARGV: content type, content, id, most bytes of all, the name of a photo's key with an empty id
-- Returns 1 when it is kept, also when it was before; 0 when there is no room.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 1
end
local used = redis.call('HGET', KEYS[3], 'photo-bytes')
if not used then
  -- a store from before they were counted
  used = 0
  for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
    used = used + redis.call('HSTRLEN', (string.gsub(ARGV[5], '}$', id .. '}')), 'content')
  end
end
used = tonumber(used) + #ARGV[2]
if used > tonumber(ARGV[4]) then
  return 0
end
redis.call('ZADD', KEYS[2], 0, ARGV[3])
redis.call('HSET', KEYS[1], 'type', ARGV[1], 'content', ARGV[2])
redis.call('HSET', KEYS[3], 'photo-bytes', string.format('%.0f', used))
return 1
