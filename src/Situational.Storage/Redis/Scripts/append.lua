-- Appends events to a grid if it has the version expected. What can fail by itself comes first, so a script that fails has written nothing.
-- KEYS: head, events, cases, trails, outbox, fenced
-- ARGV: expected version, append id, idempotency key or '', its record, snapshot or '', audit entry or '', number of events, of cases, of
--       cases that went; then case id and event each, case id, row and outbox item each, case id and grid each
-- Returns 'appended' | 'conflict' | 'fenced' and the grid's version.
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
local expected = tonumber(ARGV[1])
local events, cases, gone = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
if version > expected then
  local first = string.format('%.0f-0', expected + 1)
  local there = redis.call('XRANGE', KEYS[2], first, first)
  if there[1] and there[1][2][2] == ARGV[2] then
    return {'appended', expected + events}
  end
end
if version ~= expected then
  return {'conflict', version}
end
if redis.call('ZSCORE', KEYS[6], ARGV[2]) then
  return {'fenced', version}
end
local at = 10
for i = 1, events do
  redis.call('XADD', KEYS[2], string.format('%.0f-0', expected + i), 'a', ARGV[2], 'c', ARGV[at], 'e', ARGV[at + 1])
  at = at + 2
end
at = 10
for i = 1, events do
  local trail = redis.call('HGET', KEYS[4], ARGV[at])
  redis.call('HSET', KEYS[4], ARGV[at], (trail and trail .. ',' or '') .. string.format('%.0f', expected + i))
  at = at + 2
end
version = expected + events
local stamp = string.format('%.0f\n', version)
for _ = 1, cases do
  redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
  redis.call('HSET', KEYS[5], 'c:' .. ARGV[at], stamp .. ARGV[at + 2])
  at = at + 3
end
for _ = 1, gone do
  redis.call('HSET', KEYS[3], ARGV[at], '>' .. ARGV[at + 1])
  at = at + 2
end
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[5], 'k:' .. ARGV[3], stamp .. ARGV[4])
end
if ARGV[6] ~= '' then
  redis.call('HSET', KEYS[5], 'a:' .. ARGV[2], stamp .. ARGV[6])
end
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'snapshot', ARGV[5], 'snapshot-version', string.format('%.0f', version))
end
redis.call('HSET', KEYS[1], 'version', string.format('%.0f', version))
return {'appended', version}
