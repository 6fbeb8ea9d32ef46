-- Keeps acknowledgements of alerts that have none, and the audit trail's entry with them.
-- KEYS: alerts, times, numbers, audit entries; ARGV: what the names of indexes begin with, the entry's id, the entry (time, who, target, row)
--       or '', then alert, time and acknowledgement each
-- Returns how each alert stands.
local fresh, answer = false, {}
for i = 4, #ARGV, 3 do
  if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 0 then
    fresh = true
  end
end
-- the entry is first: what fails after it leaves an entry without an acknowledgement, never one without its entry
if fresh and ARGV[3] ~= '' and redis.call('HSETNX', KEYS[4], ARGV[2], ARGV[3]) == 1 then
  local time, who, target = string.match(ARGV[3], '^(%-?%d+)\n([^\n]*)\n([^\n]*)\n')
  local member = string.format('%016.0f:', redis.call('HINCRBY', KEYS[3], 'audit', 1)) .. ARGV[2]
  redis.call('RPUSH', ARGV[1] .. 'audit-written', ARGV[2])
  redis.call('ZADD', ARGV[1] .. 'audit', time, member)
  redis.call('ZADD', ARGV[1] .. 'audit:who:' .. who, time, member)
  redis.call('ZADD', ARGV[1] .. 'audit:target:' .. target, time, member)
end
for i = 4, #ARGV, 3 do
  if redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 2]) == 1 then
    redis.call('ZADD', KEYS[2], 0, ARGV[i + 1] .. '\n' .. ARGV[i])
  end
  answer[#answer + 1] = redis.call('HGET', KEYS[1], ARGV[i])
end
return answer
