-- The rows of a grid that came after a time, up to and including another.
-- KEYS: past rows that hold, past rows that were followed, where cases leave for; ARGV: the times, ticks in 19 digits
-- Returns id, since when, until when, '' while it holds or '>' while it does and the case leaves, 'o' or 'e', and row each.
local from, to, answer = ARGV[1], ARGV[2], {}
local function add(id, since, till, kind, row)
  if since > from and since <= to then
    for _, part in ipairs({id, since, till, kind, row}) do
      answer[#answer + 1] = part
    end
  end
end
local leaving = KEYS[3] and redis.call('EXISTS', KEYS[3]) == 1
local now = redis.call('HGETALL', KEYS[1])
for i = 1, #now, 2 do
  local value = now[i + 1]
  add(now[i], string.sub(value, 2, 20), leaving and redis.call('HEXISTS', KEYS[3], now[i]) == 1 and '>' or '', string.sub(value, 1, 1), string.sub(value, 21))
end
for _, value in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], string.sub(from, 1, 12), '+inf')) do
  local line = string.find(value, '\n', 40, true)
  add(string.sub(value, 40, line - 1), string.sub(value, 2, 20), string.sub(value, 21, 39), string.sub(value, 1, 1), string.sub(value, line + 1))
end
return answer
