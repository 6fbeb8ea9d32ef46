-- Since when the past is known. KEYS: numbers; ARGV: a time from which on nothing will be missing, ticks in 19 digits, or ''
-- Returns ticks or '' before the first row.
local first, kept = unpack(redis.call('HMGET', KEYS[1], 'past-first', 'past-kept'))
kept = kept or first or ''
if first and ARGV[1] > kept then
  kept = ARGV[1]
  redis.call('HSET', KEYS[1], 'past-kept', kept)
end
return kept
