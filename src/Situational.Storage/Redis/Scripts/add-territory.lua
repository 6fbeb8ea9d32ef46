-- Keeps a version of the territory unless one of that number is there, and the audit trail's entry with it.
-- KEYS: heads, texts, numbers, audit entries; ARGV: version, head, text, what the names of indexes begin with, the entry's id, the entry
--       (time, who, target, row) or ''
-- Returns 1 when it is this one that is kept, also when an earlier try of the same call kept it.
local kept = redis.call('HGET', KEYS[1], ARGV[1])
if kept then
  return kept == ARGV[2] and 1 or 0
end
-- the entry is first: what fails after it leaves a version that is not in force, never one in force without it
if ARGV[6] ~= '' and redis.call('HSETNX', KEYS[4], ARGV[5], ARGV[6]) == 1 then
  local time, who, target = string.match(ARGV[6], '^(%-?%d+)\n([^\n]*)\n([^\n]*)\n')
  local member = string.format('%016.0f:', redis.call('HINCRBY', KEYS[3], 'audit', 1)) .. ARGV[5]
  redis.call('RPUSH', ARGV[4] .. 'audit-written', ARGV[5])
  redis.call('ZADD', ARGV[4] .. 'audit', time, member)
  redis.call('ZADD', ARGV[4] .. 'audit:who:' .. who, time, member)
  redis.call('ZADD', ARGV[4] .. 'audit:target:' .. target, time, member)
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
