-- Walks an index of cases from a number downwards, a bounded way at a time.
-- KEYS: index, case entries; ARGV: number below which, how many matches at most, how many to look at, stages as ',1,,4,' or '', severity or ''
-- Returns the number down to which it looked ('' when it came to the end), then number, id, grid each match.
local found = {''}
local seen = redis.call('ZREVRANGEBYSCORE', KEYS[1], ARGV[1] == '' and '+inf' or '(' .. ARGV[1], '-inf', 'WITHSCORES', 'LIMIT', 0, ARGV[3])
if #seen == 0 then
  return found
end
local ids = {}
for i = 1, #seen, 2 do
  ids[#ids + 1] = seen[i]
end
local entries = redis.call('HMGET', KEYS[2], unpack(ids))
local most = tonumber(ARGV[2])
for i = 1, #ids do
  local grid, stage, severity = string.match(entries[i] or '', '^%d+\n([^\n]*)\n(%d+)\n(%d+)')
  if grid and (ARGV[4] == '' or string.find(ARGV[4], ',' .. stage .. ',', 1, true)) and (ARGV[5] == '' or ARGV[5] == severity) then
    found[#found + 1] = seen[2 * i]
    found[#found + 1] = ids[i]
    found[#found + 1] = grid
    most = most - 1
    if most == 0 then
      found[1] = seen[2 * i]
      return found
    end
  end
end
if #ids == tonumber(ARGV[3]) then
  found[1] = seen[#seen]
end
return found
