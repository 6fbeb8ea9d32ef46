-- The newest piece of each unit's trail in a span of slots. ARGV: what the names of slots begin with, last slot, first slot, units
-- Returns slot and piece each, '' for none.
local answer = {}
for i = 4, #ARGV do
  local slot, first, piece = tonumber(ARGV[2]), tonumber(ARGV[3]), false
  while slot >= first and not piece do
    piece = redis.call('HGET', ARGV[1] .. string.format('%.0f', slot), ARGV[i])
    slot = slot - 1
  end
  answer[#answer + 1] = piece and string.format('%.0f', slot + 1) or ''
  answer[#answer + 1] = piece or ''
end
return answer
