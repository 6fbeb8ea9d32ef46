-- KEYS: head, outbox; returns version, snapshot's version, snapshot or '', then the outbox, each field followed by its value.
local found = redis.call('HMGET', KEYS[1], 'version', 'snapshot-version', 'snapshot')
local answer = {found[1] or '0', found[2] or '0', found[3] or ''}
for _, value in ipairs(redis.call('HGETALL', KEYS[2])) do
  answer[#answer + 1] = value
end
return answer
