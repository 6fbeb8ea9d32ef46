-- Walks the facts of cases by when they end, the last first and open ones before all, a bounded way at a time.
-- KEYS: cases by their end, entries, facts; ARGV: score and member of where to go on or '', how many to look at, since, reported before
-- Returns score and member of where it stopped ('' at the end), then number, id and fact each.
local index = KEYS[1]
local size = redis.call('ZCARD', index)
local before = size
if ARGV[1] ~= '' then
  local low, high = redis.call('ZCOUNT', index, '-inf', '(' .. ARGV[1]), redis.call('ZCOUNT', index, '-inf', ARGV[1])
  while low < high do
    local middle = math.floor((low + high) / 2)
    if redis.call('ZRANGE', index, middle, middle)[1] < ARGV[2] then
      low = middle + 1
    else
      high = middle
    end
  end
  before = low
end
local first = redis.call('ZCOUNT', index, '-inf', '(' .. ARGV[4])
local count = math.min(before - first, tonumber(ARGV[3]))
if count <= 0 then
  return {'', ''}
end
local seen = redis.call('ZREVRANGE', index, size - before, size - before + count - 1, 'WITHSCORES')
local answer = {seen[#seen], seen[#seen - 1]}
local numbers = {}
for i = 1, #seen, 2 do
  numbers[#numbers + 1] = seen[i]
end
local entries = redis.call('HMGET', KEYS[2], unpack(numbers))
local facts = redis.call('HMGET', KEYS[3], unpack(numbers))
local limit = tonumber(ARGV[5])
for i = 1, #numbers do
  local id, reported = string.match(entries[i] or '', '^%d+\n%d+\n[^\n]*\n([^\n]*)\n%d+\n%d+\n[^\n]*\n%d+\n%d*\n(%-?%d+)\n')
  if id and tonumber(reported) <= limit then
    answer[#answer + 1] = numbers[i]
    answer[#answer + 1] = id
    answer[#answer + 1] = facts[i] or ''
  end
end
return answer
