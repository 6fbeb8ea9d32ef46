-- Appends events to a grid if it has the version expected. What can fail by itself comes first, so a script that fails has written nothing.
-- KEYS: head, events, cases, trails, outbox, fenced, past rows that hold, past rows that were followed, where cases leave for,
--       since when cases that came are here
-- ARGV: expected version, append id, idempotency key or '', its record, snapshot or '', audit entry or '', number of events, of cases, of
--       cases that went, of those whose past goes on elsewhere; then case id and event each, case id, row, outbox item, 'o' while it is open
--       or 'e', past row, since when, not before when or '', after how many moves it
--       came or '', where it leaves for or '' each, case id and grid each, case id and since when each. Times are ticks in 19
--       digits: more than a number of Lua holds, and ordered as texts
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
local at = 11
for i = 1, events do
  redis.call('XADD', KEYS[2], string.format('%.0f-0', expected + i), 'a', ARGV[2], 'c', ARGV[at], 'e', ARGV[at + 1])
  at = at + 2
end
at = 11
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
  at = at + 9
end
for _ = 1, gone do
  redis.call('HSET', KEYS[3], ARGV[at], '>' .. ARGV[at + 1])
  at = at + 2
end
-- the past: a row that holds is its kind, since when, and what a screen shows; one that was followed stands in order of when, to the second
local function followed(id, now, till)
  local kind, since, row = string.sub(now, 1, 1), string.sub(now, 2, 20), string.sub(now, 21)
  if since < till then
    local last = kind == 'o' and till or since
    redis.call('ZADD', KEYS[8], string.sub(last, 1, 12), kind .. since .. last .. id .. '\n' .. row)
  end
end
for _ = 1, tonumber(ARGV[10]) do
  local now = redis.call('HGET', KEYS[7], ARGV[at])
  if now and string.sub(now, 1, 1) == 'o' then
    followed(ARGV[at], now, ARGV[at + 1])
    redis.call('HDEL', KEYS[7], ARGV[at])
    redis.call('HDEL', KEYS[9], ARGV[at])
  end
  at = at + 2
end
at = 11 + 2 * events
for _ = 1, cases do
  local id, kind, row, since = ARGV[at], ARGV[at + 3], ARGV[at + 4], ARGV[at + 5]
  local now = redis.call('HGET', KEYS[7], id)
  local was = now and string.sub(now, 1, 1)
  if since < ARGV[at + 6] then
    since = ARGV[at + 6]
  end
  if now and since < string.sub(now, 2, 20) then
    since = string.sub(now, 2, 20)
  end
  -- what no screen shows makes no row, and what has ended does not end again
  if not (kind == 'e' and was ~= 'o') and not (kind == 'o' and was == 'o' and string.sub(now, 21) == row) then
    if now then
      followed(id, now, since)
    end
    redis.call('HSET', KEYS[7], id, kind .. since .. row)
  end
  if ARGV[at + 7] ~= '' then
    redis.call('HSET', KEYS[10], id .. ':' .. ARGV[at + 7], since)
  end
  if ARGV[at + 8] ~= '' then
    redis.call('HSET', KEYS[9], id, ARGV[at + 8])
  else
    redis.call('HDEL', KEYS[9], id)
  end
  at = at + 9
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
