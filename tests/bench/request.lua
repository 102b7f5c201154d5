-- wrk -s request.lua URL -- METHOD BODY [HEADER VALUE]...: every request is the same.
function init(arguments)
  wrk.method = arguments[1]
  wrk.body = arguments[2]
  for i = 3, #arguments, 2 do
    wrk.headers[arguments[i]] = arguments[i + 1]
  end
end

-- One line of JSON after wrk's own report.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"requests": %d, "seconds": %.3f, "failed": %d, "p50_us": %d, "p99_us": %d}\n',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
