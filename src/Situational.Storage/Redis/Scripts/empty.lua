-- Takes away some of the keys that begin with a prefix. No slot is kept, so it is for one server, and while no other program uses it.
-- ARGV: pattern, where to go on; returns where to go on, '0' at the end
local found = redis.call('SCAN', ARGV[2], 'MATCH', ARGV[1], 'COUNT', 1000)
for _, key in ipairs(found[2]) do
  redis.call('UNLINK', key)
end
return found[1]
