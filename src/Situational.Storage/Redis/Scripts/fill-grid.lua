-- Takes a grid's events in whose rows another store kept; those that are there already are passed over.
-- KEYS: head, events, trails; ARGV: snapshot's version or '', snapshot, then version, case id and event each
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if ARGV[1] ~= '' then
  redis.call('HSET', KEYS[1], 'snapshot', ARGV[2], 'snapshot-version', ARGV[1])
end
for i = 3, #ARGV, 3 do
  if tonumber(ARGV[i]) > version then
    version = tonumber(ARGV[i])
    redis.call('XADD', KEYS[2], ARGV[i] .. '-0', 'a', 'moved', 'c', ARGV[i + 1], 'e', ARGV[i + 2])
    local trail = redis.call('HGET', KEYS[3], ARGV[i + 1])
    redis.call('HSET', KEYS[3], ARGV[i + 1], (trail and trail .. ',' or '') .. ARGV[i])
  end
end
redis.call('HSET', KEYS[1], 'version', string.format('%.0f', version))
return 1
