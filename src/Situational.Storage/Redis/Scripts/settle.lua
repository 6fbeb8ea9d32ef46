-- Brings the city's keys up to date with what grids have appended: confirms idempotency keys that are still kept, indexes cases and writes
-- the audit trail. Doing it twice changes nothing.
-- KEYS: report keys, numbers, numbers of cases, entries of cases, facts of cases, audit entries
-- ARGV: what the names of indexes begin with; number of keys, of audit entries, of cases; key and record (append id, grid, case id,
--       fingerprint) each; id and entry (time, who, target, row) each; id, version, time due or '', time until, fact and entry (revision,
--       grid, id, stage, ...) each
local keys, audits, cases = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local at = 5
for _ = 1, keys do
  local key, record = ARGV[at], ARGV[at + 1]
  at = at + 2
  local there = redis.call('HGET', KEYS[1], key)
  if there then
    local state, time, append = string.match(there, '^(%a)\n(%-?%d+)\n([^\n]*)\n')
    if state == 'r' and append == string.match(record, '^[^\n]*') then
      redis.call('HSET', KEYS[1], key, 'c\n' .. time .. '\n' .. record)
    end
  end
end
for _ = 1, audits do
  local id, entry = ARGV[at], ARGV[at + 1]
  at = at + 2
  if redis.call('HSETNX', KEYS[6], id, entry) == 1 then
    local time, who, target = string.match(entry, '^(%-?%d+)\n([^\n]*)\n([^\n]*)\n')
    local member = string.format('%016.0f:', redis.call('HINCRBY', KEYS[2], 'audit', 1)) .. id
    redis.call('RPUSH', ARGV[1] .. 'audit-written', id)
    redis.call('ZADD', ARGV[1] .. 'audit', time, member)
    redis.call('ZADD', ARGV[1] .. 'audit:who:' .. who, time, member)
    redis.call('ZADD', ARGV[1] .. 'audit:target:' .. target, time, member)
  end
end
local function put(index, score, member)
  if score ~= '' then
    redis.call('ZADD', ARGV[1] .. index, score, member)
  else
    redis.call('ZREM', ARGV[1] .. index, member)
  end
end
for _ = 1, cases do
  local id, version, due, ending, fact, entry = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4], ARGV[at + 5]
  at = at + 6
  local revision, grid, stage = string.match(entry, '^(%d+)\n([^\n]*)\n[^\n]*\n(%d+)\n')
  local number = redis.call('HGET', KEYS[3], id)
  local fresh = true
  if number then
    local oldVersion, oldRevision, oldGrid, oldStage =
      string.match(redis.call('HGET', KEYS[4], number) or '', '^(%d+)\n(%d+)\n([^\n]*)\n[^\n]*\n(%d+)\n')
    if oldVersion then
      local older = tonumber(revision) - tonumber(oldRevision)
      if older < 0 or (older == 0 and oldGrid == grid and tonumber(version) < tonumber(oldVersion)) then
        fresh = false
      else
        if oldStage ~= stage then
          put('cases:stage:' .. oldStage, '', number)
        end
        if oldGrid ~= grid then
          put('cases:grid:' .. oldGrid, '', number)
        end
      end
    end
  else
    number = string.format('%016.0f', redis.call('HINCRBY', KEYS[2], 'case', 1))
    redis.call('HSET', KEYS[3], id, number)
  end
  if fresh then
    local open = due ~= '' and number or ''
    redis.call('HSET', KEYS[4], number, version .. '\n' .. entry)
    redis.call('HSET', KEYS[5], number, fact)
    put('cases', number, number)
    put('cases:open', open, number)
    put('cases:due', due, number)
    put('cases:until', ending, number)
    put('cases:stage:' .. stage, number, number)
    put('cases:grid:' .. grid, number, number)
  end
end
return 1
