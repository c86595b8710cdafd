-- What wrk asks for and how it reports. Where one request is asked for again and again, `request` is not defined: wrk
-- then builds it once and runs no Lua while it measures. Otherwise it costs the load a call for each batch.
local kind, count = os.getenv("LOAD_KIND"), tonumber(os.getenv("LOAD_COUNT") or "0")

if kind == "pipelined" then
  local batch
  function init()
    batch = wrk.format():rep(count)
  end
  function request()
    return batch
  end
elseif kind == "random" then
  local requests = {}
  function init()
    for index = 0, count - 1 do
      requests[index] = wrk.format("GET", wrk.path .. "/" .. index .. ".txt")
    end
  end
  function request()
    return requests[math.random(0, count - 1)]
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'report {"requests":%d,"bytes":%d,"durationUs":%d,"p99Us":%d,"badStatuses":%d,"socketErrors":%d}\n',
    summary.requests, summary.bytes, summary.duration, latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
