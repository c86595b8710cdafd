-- Only `done` is defined: wrk then builds its request once and runs no Lua while it measures.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'report {"requests":%d,"bytes":%d,"durationUs":%d,"p99Us":%d,"badStatuses":%d,"socketErrors":%d}\n',
    summary.requests, summary.bytes, summary.duration, latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
