-- KEYS: events; ARGV: versions; returns the event of each, '' for one that is not there.
local answer = {}
for i, version in ipairs(ARGV) do
  local there = redis.call('XRANGE', KEYS[1], version .. '-0', version .. '-0')
  answer[i] = there[1] and there[1][2][6] or ''
end
return answer
