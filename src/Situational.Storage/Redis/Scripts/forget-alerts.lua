-- Removes the oldest acknowledgements. KEYS: alerts, times; ARGV: before which as a range of names, how many; returns how many went
local names = redis.call('ZRANGEBYLEX', KEYS[2], '-', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, name in ipairs(names) do
  redis.call('HDEL', KEYS[1], string.sub(name, 21))
  redis.call('ZREM', KEYS[2], name)
end
return #names
