-- Numbers of grids in trails, given now to those that have none. KEYS: numbers, names; ARGV: grids; returns the numbers
local answer = {}
for _, grid in ipairs(ARGV) do
  local number = redis.call('HGET', KEYS[1], grid)
  if not number then
    number = redis.call('HLEN', KEYS[2]) + 1
    while redis.call('HEXISTS', KEYS[2], number) == 1 do
      number = number + 1
    end
    redis.call('HSET', KEYS[1], grid, number)
    redis.call('HSET', KEYS[2], number, grid)
  end
  answer[#answer + 1] = tostring(number)
end
return answer
