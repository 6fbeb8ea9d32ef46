-- KEYS: events; ARGV: version after which, how many at most; returns id, case id and event each.
local answer = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2])) do
  answer[#answer + 1] = entry[1]
  answer[#answer + 1] = entry[2][4] or ''
  answer[#answer + 1] = entry[2][6] or ''
end
return answer
