-- Enrols units that nobody has enrolled; returns each unit's squad. KEYS: squads, names; ARGV: unit and squad each
local answer = {}
for i = 1, #ARGV, 2 do
  if redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) == 1 then
    redis.call('ZADD', KEYS[2], 0, ARGV[i])
  end
  answer[#answer + 1] = redis.call('HGET', KEYS[1], ARGV[i])
end
return answer
