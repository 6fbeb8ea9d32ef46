-- Takes past rows of a grid in; those that are there already are passed over.
-- KEYS: past rows that hold, past rows that were followed; ARGV: id, 'o' or 'e', since when, until when or '', row each
for i = 1, #ARGV, 5 do
  local id, kind, since, till, row = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  if till == '' then
    redis.call('HSETNX', KEYS[1], id, kind .. since .. row)
  else
    redis.call('ZADD', KEYS[2], string.sub(till, 1, 12), kind .. since .. till .. id .. '\n' .. row)
  end
end
return 1
