"""Loads that are put on a server, each bounded in time or count, and what they measure."""

import json
import pathlib
import subprocess
import time

HERE = pathlib.Path(__file__).parent
VOTE = '{"id":"dog"}'
COUNTED_WITHIN_S = 60


def last_json(arguments, timeout_s=120):
    answer = subprocess.run(
        [str(argument) for argument in arguments],
        capture_output=True, text=True, timeout=timeout_s, check=True)
    return json.loads(answer.stdout.strip().splitlines()[-1])


def requests_per_second(server, path, body, seconds, connections=32, headers=()):
    """wrk, one thread: requests/s, latencies and the server's CPU time for each request."""
    before = server.cpu_seconds()
    report = last_json(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", HERE / "request.lua",
         server.url + path, "--", "POST", body, "Content-Type", "application/json", *headers])
    if report["failed"]:
        raise RuntimeError(f"{report['failed']} requests of {report['requests']} failed")
    return {
        "per_s": report["requests"] / report["seconds"],
        "p50_us": report["p50_us"],
        "cpu_us": 1e6 * (server.cpu_seconds() - before) / report["requests"],
        "requests": report["requests"],
    }


def votes_counted(server):
    answer = subprocess.run(
        ["curl", "-s", server.url + "/dev/votes"], capture_output=True, text=True, check=True).stdout
    return sum(item["votes"] for item in json.loads(answer))


def votes_per_second(server, seconds, connections=32):
    """Votes through the whole pipeline, until the last one is counted."""
    counted_before = votes_counted(server)
    began = time.monotonic()
    report = requests_per_second(server, "/dev/votes", VOTE, seconds, connections)
    while votes_counted(server) - counted_before < report["requests"]:
        if time.monotonic() - began > seconds + COUNTED_WITHIN_S:
            raise RuntimeError("votes were answered that are not counted")
    report["per_s"] = report["requests"] / (time.monotonic() - began)
    return report


def latency(build, server, count, topic=None):
    return last_json(
        [build / "bench_latency", "127.0.0.1", server.port, "/dev/votes", VOTE, count, *([topic] if topic else [])])


def fanout(build, server, transport, subscribers, outstanding, seconds):
    report = last_json([build / "bench_fanout", transport, "127.0.0.1", server.port, subscribers, outstanding, seconds])
    return {"per_s": report["delivered_per_s"], "generator_cpu": report["generator_cpu"]}
