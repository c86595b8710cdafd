import { createHash } from "node:crypto";

/**
 * The algorithm of gcra.ts as Redis runs it: one key, one round trip, nothing in between. The clock is that of Redis,
 * so the clocks of the machines need not agree. Times are whole ticks, which a Lua number holds exactly; they are
 * written with `%.0f` since Lua would write 14 digits of the 16.
 *
 * `KEYS[1]` holds the time at which the debt will be paid. `ARGV`: the cost, the largest debt, 1 to take or 0 to look,
 * and the ticks of a millisecond: 1 or 1000. Answers whether it is allowed and what was owed before. A debt above the
 * largest comes of a clock that was set back: it is made the largest, which is paid in the time of a burst.
 */
export const GCRA_SCRIPT = `
local time = redis.call('TIME')
local cost, most, perMs = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[4])
local now = time[1] * 1000 * perMs + math.floor(time[2] * perMs / 1000)
local function owe(debt)
  redis.call('SET', KEYS[1], string.format('%.0f', now + debt), 'PX', string.format('%.0f', debt / perMs + 1))
end
local debt = math.max(0, (tonumber(redis.call('GET', KEYS[1])) or now) - now)
if debt > most then
  debt = most
  owe(debt)
end
if debt + cost > most then return {0, debt} end
if ARGV[3] == '1' then owe(debt + cost) end
return {1, debt}
`;

/** By which Redis knows the script once it has run. */
export const GCRA_SCRIPT_SHA1: string = createHash("sha1").update(GCRA_SCRIPT).digest("hex");
