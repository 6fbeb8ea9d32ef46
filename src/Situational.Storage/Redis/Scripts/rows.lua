-- KEYS: a hash; ARGV: fields; returns the values, '' for what is not there.
local values = redis.call('HMGET', KEYS[1], unpack(ARGV))
for i = 1, #ARGV do
  values[i] = values[i] or ''
end
return values
