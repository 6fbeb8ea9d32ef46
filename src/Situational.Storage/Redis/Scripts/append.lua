-- Appends events to a grid if it has the version expected. What can fail by itself comes first, so a script that fails has written nothing.
-- KEYS: head, events, cases, outbox, fenced
-- ARGV: expected version, append id, idempotency key or '', its record, snapshot or '', number of events, events, then id, row, entry a case
-- Returns 'appended' | 'conflict' | 'fenced' and the grid's version.
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
local expected = tonumber(ARGV[1])
local count = tonumber(ARGV[6])
if version > expected then
  local first = string.format('%.0f-0', expected + 1)
  local there = redis.call('XRANGE', KEYS[2], first, first)
  if there[1] and there[1][2][2] == ARGV[2] then
    return {'appended', expected + count}
  end
end
if version ~= expected then
  return {'conflict', version}
end
if redis.call('ZSCORE', KEYS[5], ARGV[2]) then
  return {'fenced', version}
end
for i = 1, count do
  redis.call('XADD', KEYS[2], string.format('%.0f-0', expected + i), 'a', ARGV[2], 'e', ARGV[6 + i])
end
version = expected + count
local stamp = string.format('%.0f\n', version)
for i = 7 + count, #ARGV, 3 do
  redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
  redis.call('HSET', KEYS[4], 'c:' .. ARGV[i], stamp .. ARGV[i + 2])
end
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[4], 'k:' .. ARGV[3], stamp .. ARGV[4])
end
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'snapshot', ARGV[5], 'snapshot-version', string.format('%.0f', version))
end
redis.call('HSET', KEYS[1], 'version', string.format('%.0f', version))
return {'appended', version}
