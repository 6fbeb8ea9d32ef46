-- Keeps a unit's duty state in the place of what was kept of it, and the audit trail's entry with it.
-- KEYS: states, squads and units, numbers, audit entries; ARGV: unit, squad, state, what the names of indexes begin with, the entry's id, the
--       entry (time, who, target, row)
-- An earlier try of the same call has left its entry; then nothing is done again, as a later call may have come between.
if redis.call('HSETNX', KEYS[4], ARGV[5], ARGV[6]) == 0 then
  return 1
end
local time, who, target = string.match(ARGV[6], '^(%-?%d+)\n([^\n]*)\n([^\n]*)\n')
local member = string.format('%016.0f:', redis.call('HINCRBY', KEYS[3], 'audit', 1)) .. ARGV[5]
redis.call('RPUSH', ARGV[4] .. 'audit-written', ARGV[5])
redis.call('ZADD', ARGV[4] .. 'audit', time, member)
redis.call('ZADD', ARGV[4] .. 'audit:who:' .. who, time, member)
redis.call('ZADD', ARGV[4] .. 'audit:target:' .. target, time, member)
local before = string.match(redis.call('HGET', KEYS[1], ARGV[1]) or '', '^([^\n]*)\n')
if before and before ~= ARGV[2] then
  redis.call('ZREM', KEYS[2], before .. '\n' .. ARGV[1])
end
redis.call('ZADD', KEYS[2], 0, ARGV[2] .. '\n' .. ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '\n' .. ARGV[3])
return 1
