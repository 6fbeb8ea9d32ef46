-- A page of enrolments in the order of names. KEYS: squads, names; ARGV: name after which or '', how many; returns unit and squad each
local units = redis.call('ZRANGEBYLEX', KEYS[2], ARGV[1] == '' and '-' or '(' .. ARGV[1], '+', 'LIMIT', 0, ARGV[2])
local answer = {}
if #units > 0 then
  local squads = redis.call('HMGET', KEYS[1], unpack(units))
  for i, unit in ipairs(units) do
    answer[#answer + 1] = unit
    answer[#answer + 1] = squads[i] or ''
  end
end
return answer
