-- Pieces of a unit's trail, oldest first. ARGV: what the names of slots begin with, unit, first slot, last slot; returns slot and piece each
local answer = {}
for slot = tonumber(ARGV[3]), tonumber(ARGV[4]) do
  local piece = redis.call('HGET', ARGV[1] .. string.format('%.0f', slot), ARGV[2])
  if piece then
    answer[#answer + 1] = string.format('%.0f', slot)
    answer[#answer + 1] = piece
  end
end
return answer
