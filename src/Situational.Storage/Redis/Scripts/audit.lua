-- Walks the audit trail from its newest entry or a place downwards, a bounded way at a time.
-- KEYS: index, entries; ARGV: score and member of the place or '', how many matches at most, how many to look at, since or '', until or '',
--       who or '', target or ''
-- Returns score and member of where it stopped ('' at the end), then score, member and entry each match.
local index = KEYS[1]
local size = redis.call('ZCARD', index)
local before = size
if ARGV[1] ~= '' then
  local low, high = redis.call('ZCOUNT', index, '-inf', '(' .. ARGV[1]), redis.call('ZCOUNT', index, '-inf', ARGV[1])
  while low < high do
    local middle = math.floor((low + high) / 2)
    if string.sub(redis.call('ZRANGE', index, middle, middle)[1], 1, 16) < ARGV[2] then
      low = middle + 1
    else
      high = middle
    end
  end
  before = low
end
if ARGV[6] ~= '' then
  before = math.min(before, redis.call('ZCOUNT', index, '-inf', ARGV[6]))
end
local first = ARGV[5] == '' and 0 or redis.call('ZCOUNT', index, '-inf', '(' .. ARGV[5])
local count = math.min(before - first, tonumber(ARGV[4]))
if count <= 0 then
  return {'', ''}
end
local seen = redis.call('ZREVRANGE', index, size - before, size - before + count - 1, 'WITHSCORES')
local ids = {}
for i = 1, #seen, 2 do
  ids[#ids + 1] = string.sub(seen[i], 18)
end
local entries = redis.call('HMGET', KEYS[2], unpack(ids))
local answer = {seen[#seen], string.sub(seen[#seen - 1], 1, 16)}
local most = tonumber(ARGV[3])
for i = 1, #ids do
  local who, target = string.match(entries[i] or '', '^%-?%d+\n([^\n]*)\n([^\n]*)\n')
  if (ARGV[7] == '' or ARGV[7] == who) and (ARGV[8] == '' or ARGV[8] == target) then
    answer[#answer + 1] = seen[2 * i]
    answer[#answer + 1] = string.sub(seen[2 * i - 1], 1, 16)
    answer[#answer + 1] = entries[i] or ''
    most = most - 1
    if most == 0 then
      answer[1] = seen[2 * i]
      answer[2] = string.sub(seen[2 * i - 1], 1, 16)
      return answer
    end
  end
end
return answer
