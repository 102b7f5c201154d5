"""Loads that are put on a server, each bounded in time and count, and what they measure."""

import json
import os
import subprocess
import time

import aws
from servers import ENDING_WITH_US, end_within

UNBOUNDED = 10**12
LONGEST_S = 300
SETTLED_WITHIN_S = 20


def last_json(arguments, blocks=(), timeout_s=LONGEST_S):
    given = "".join(f"{len(block)}\n{block}" for block in blocks)
    answer = subprocess.run(
        ENDING_WITH_US + [str(argument) for argument in arguments], input=given, capture_output=True, text=True,
        timeout=timeout_s)
    if answer.returncode != 0:
        raise RuntimeError(f"{arguments[0]}: {answer.stderr.strip()[:2000]}")
    return json.loads(answer.stdout.strip().splitlines()[-1])


class Usage:
    """What a server's CPU did since this was made."""

    def __init__(self, server):
        self.server = server
        self.cpu, self.main_thread = server.cpu_seconds(), server.main_thread_seconds()

    def figures(self, count, seconds, generator_core):
        """count: of whatever `per_s` counts."""
        return {
            "per_s": count / seconds,
            "cpu_us": 1e6 * (self.server.cpu_seconds() - self.cpu) / max(count, 1),
            "server_core": (self.server.main_thread_seconds() - self.main_thread) / seconds,
            "generator_core": generator_core,
        }


def requests(build, server, blocks, seconds, connections=32, count=UNBOUNDED, each=1):
    """The blocks over and over; `each` is how many of what `per_s` counts are in one of them."""
    usage = Usage(server)
    report = last_json([build / "bench_requests", server.port, connections, seconds, count], blocks)
    return usage.figures(report["count"] * each, report["seconds"], report["generator_core"])


def drain(build, server, queue_url, seconds, count, connections=32):
    """Messages received and deleted, ten at a time, till so many are."""
    blocks = [
        aws.request("AmazonSQS.ReceiveMessage", {"QueueUrl": queue_url, "MaxNumberOfMessages": 10}),
        aws.head("AmazonSQS.DeleteMessageBatch"),
        aws.text({"QueueUrl": queue_url})[:-1] + ',"Entries":[',
    ]
    usage = Usage(server)
    report = last_json([build / "bench_drain", server.port, connections, seconds, count], blocks)
    if report["count"] == 0:
        raise RuntimeError("nothing was received")
    return usage.figures(report["count"], report["seconds"], report["generator_core"])


class Subscribers:
    """Browsers that watch the totals."""

    def __init__(self, build, server, number):
        self.process = subprocess.Popen(
            ENDING_WITH_US + [str(build / "bench_subscribers"), str(server.port), str(number), "votes",
                              aws.signed_mqtt_path()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.timer = end_within(self.process, 2 * LONGEST_S)
        self.cpu = 0.0
        self.report()

    def report(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the subscribers ended")
        return json.loads(line)

    def await_votes(self, votes):
        """Returns the total seen, at least `votes`, once every subscriber has been told it."""
        self.process.stdin.write(f"{votes}\n")
        self.process.stdin.flush()
        report = self.report()
        self.cpu = report["cpu_seconds"]
        return report["total"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.timer.cancel()
        self.process.kill()
        self.process.communicate()


def settle(server):
    """Until what a preparation left to the server's background threads is done, or for a while."""
    deadline = time.monotonic() + SETTLED_WITHIN_S
    while time.monotonic() < deadline:
        before = server.cpu_seconds()
        time.sleep(0.1)
        if server.cpu_seconds() - before < 0.001:
            return


def candidates(number):
    return ["dog"] if number == 1 else [f"pet{i:06}" for i in range(number)]


def votes(build, server, seconds, connections=32, subscribers=1, names=("dog",), count=UNBOUNDED):
    """Votes through the whole pipeline, until the last one is pushed to every subscriber."""
    with Subscribers(build, server, subscribers) as watching:
        watched_before = watching.await_votes(0)
        cpu_before = watching.cpu
        usage = Usage(server)
        report = last_json(
            [build / "bench_requests", server.port, connections, seconds, count], [aws.vote(name) for name in names])
        answered = time.monotonic()
        seen = watching.await_votes(watched_before + report["count"])
        took = report["seconds"] + time.monotonic() - answered
        generators = report["generator_core"] * report["seconds"] + watching.cpu - cpu_before
        figures = usage.figures(report["count"], took, generators / took)
    if len(names) == 1 and (counted := aws.counted_votes(server)) != report["count"]:
        raise RuntimeError(f"{report['count']} votes were answered, but {counted} counted")
    if seen != report["count"]:
        raise RuntimeError(f"{report['count']} votes were answered, but {seen} pushed")
    return figures


def pushed(build, server, count, begin):
    """So many votes that wait already, from begin() until the last one is pushed."""
    with Subscribers(build, server, 1) as watching:
        watching.await_votes(0)
        cpu_before = watching.cpu
        usage = Usage(server)
        began = time.monotonic()
        begin()
        watching.await_votes(count)
        took = time.monotonic() - began
        return usage.figures(count, took, (watching.cpu - cpu_before) / took)


def latency(build, server, count, topic=None, one_core=False):
    """On the first and the last core, or both on the first: left alone they would be now so, now so, and eight times as
    fast in one way as in the other, since a core that sleeps has to wake up."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(server.process.pid, {cores[0]})
    return last_json(
        ["taskset", "-c", cores[0 if one_core else -1], build / "bench_latency", "127.0.0.1", server.port,
         "/dev/votes", '{"id":"dog"}', count, *([topic] if topic else [])])


def fanout(build, server, subscribers, outstanding, seconds):
    """Messages delivered; the server's CPU time includes that of taking the subscribers."""
    usage = Usage(server)
    report = last_json(
        [build / "bench_fanout", server.mqtt, "127.0.0.1", server.port, subscribers, outstanding, seconds])
    return usage.figures(report["delivered_per_s"] * seconds, seconds, report["generator_cpu"])
