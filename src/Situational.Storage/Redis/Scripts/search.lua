-- Walks an index of cases from a place in its order, a bounded way at a time.
-- KEYS: index, entries of cases
-- ARGV: '>' or '<' for the way, score and member of the place ('' for the end where the way begins), how many matches at most, how many to
--       look at; stages as ',1,,4,' or '', severity or '', category or '', level or '', due from or '', due before or '', text or '', grids
-- Returns score and member of where it stopped ('' at the end), then score, member, id, grid each match.
local index = KEYS[1]
local function place(score, member) -- how many stand before it
  local low, high = redis.call('ZCOUNT', index, '-inf', '(' .. score), redis.call('ZCOUNT', index, '-inf', score)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if redis.call('ZRANGE', index, middle, middle)[1] < member then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end
local look, most = tonumber(ARGV[5]), tonumber(ARGV[4])
local seen
if ARGV[1] == '>' then
  local from = 0
  if ARGV[2] ~= '' then
    from = place(ARGV[2], ARGV[3])
    if redis.call('ZRANGE', index, from, from)[1] == ARGV[3] then
      from = from + 1
    end
  end
  seen = redis.call('ZRANGE', index, from, from + look - 1, 'WITHSCORES')
else
  local size = redis.call('ZCARD', index)
  local before = ARGV[2] == '' and size or place(ARGV[2], ARGV[3])
  seen = before == 0 and {} or redis.call('ZREVRANGE', index, size - before, size - before + look - 1, 'WITHSCORES')
end
if #seen == 0 then
  return {'', ''}
end
local numbers = {}
for i = 1, #seen, 2 do
  numbers[#numbers + 1] = seen[i]
end
local grids
if #ARGV > 12 then
  grids = {}
  for i = 13, #ARGV do
    grids[ARGV[i]] = true
  end
end
local level, from, before = tonumber(ARGV[9]), ARGV[10], ARGV[11]
local function earlier(one, other) -- of times in digits, which are more than a number of Lua holds
  if #one ~= #other then
    return #one < #other
  end
  return one < other
end
local never = '9223372036854775807'
local entries = redis.call('HMGET', KEYS[2], unpack(numbers))
local found = {'', ''}
for i = 1, #numbers do
  local grid, id, stage, severity, category, reached, due, text =
    string.match(entries[i] or '', '^%d+\n%d+\n([^\n]*)\n([^\n]*)\n(%d+)\n(%d+)\n([^\n]*)\n(%d+)\n(%d*)\n%-?%d+\n%d*\n()')
  local dated = due and due ~= '' and due ~= never
  if grid
    and (not grids or grids[grid])
    and (ARGV[6] == '' or string.find(ARGV[6], ',' .. stage .. ',', 1, true))
    and (ARGV[7] == '' or ARGV[7] == severity)
    and (ARGV[8] == '' or ARGV[8] == category)
    and (not level or tonumber(reached) >= level)
    and (from == '' or (dated and not earlier(due, from)))
    and (before == '' or (dated and earlier(due, before)))
    and (ARGV[12] == '' or string.find(entries[i], ARGV[12], text, true))
  then
    found[#found + 1] = seen[2 * i]
    found[#found + 1] = numbers[i]
    found[#found + 1] = id
    found[#found + 1] = grid
    most = most - 1
    if most == 0 then
      found[1] = seen[2 * i]
      found[2] = numbers[i]
      return found
    end
  end
end
if #numbers == look then
  found[1] = seen[#seen]
  found[2] = numbers[#numbers]
end
return found
