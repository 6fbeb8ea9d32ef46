-- How much stands under keys of any kind. KEYS: the keys
local sizes = {}
for i, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  sizes[i] = kind == 'hash' and redis.call('HLEN', key) or kind == 'zset' and redis.call('ZCARD', key)
    or kind == 'list' and redis.call('LLEN', key) or kind == 'stream' and redis.call('XLEN', key) or redis.call('EXISTS', key)
end
return sizes
