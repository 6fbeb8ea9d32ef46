-- Brings the city's keys up to date with what grids have appended: confirms idempotency keys that are still kept and writes cases to the
-- index.
-- KEYS: report keys, their order, numbers, case entries, all cases
-- ARGV: prefix of the stages' sets, prefix of the grids' sets, now, number of keys, key and record (append id, grid, case id,
--       fingerprint) each, then id, version, grid, stage, severity each case
local at = 5
for _ = 1, tonumber(ARGV[4]) do
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
for i = at, #ARGV, 5 do
  local id, version, grid, stage = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local there = redis.call('HGET', KEYS[4], id)
  local number
  local fresh = true
  if there then
    local oldVersion, oldGrid, oldStage = string.match(there, '^(%d+)\n([^\n]*)\n(%d+)\n')
    number = redis.call('ZSCORE', KEYS[5], id)
    if oldGrid == grid and tonumber(oldVersion) > tonumber(version) then
      fresh = false
    else
      if oldStage ~= stage then
        redis.call('ZREM', ARGV[1] .. oldStage, id)
      end
      if oldGrid ~= grid then
        redis.call('ZREM', ARGV[2] .. oldGrid, id)
      end
    end
  end
  if fresh then
    number = number or redis.call('HINCRBY', KEYS[3], 'case', 1)
    redis.call('HSET', KEYS[4], id, version .. '\n' .. grid .. '\n' .. stage .. '\n' .. ARGV[i + 4])
    redis.call('ZADD', KEYS[5], number, id)
    redis.call('ZADD', ARGV[1] .. stage, number, id)
    redis.call('ZADD', ARGV[2] .. grid, number, id)
  end
end
return 1
