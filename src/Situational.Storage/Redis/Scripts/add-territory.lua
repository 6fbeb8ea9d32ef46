-- Keeps a version of the territory unless one of that number is there. KEYS: heads, texts; ARGV: version, head, text
-- Returns 1 when it is this one that is kept, also when an earlier try of the same call kept it.
local kept = redis.call('HGET', KEYS[1], ARGV[1])
if kept then
  return kept == ARGV[2] and 1 or 0
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
