"""What the figures should come to: ratios of one run, and a few bounds."""

from rows import CEILING, VOTES_DISK, VOTES_DISK_256, VOTES_OS, VOTES_OS_256

NOISE = 1.15  # what may differ between two measurements of the same


class Target:
    """One row's figure, or its ratio to another row's: at least, or under, a bound; or without one, only told."""

    def __init__(self, name, row, other=None, figure="per_s", at_least=None, under=None):
        self.name, self.row, self.other, self.figure = name, row, other, figure
        self.at_least, self.under = at_least, under

    def result(self, measured):
        """None when a row is not there."""
        if any(row is not None and row not in measured for row in (self.row, self.other)):
            return None
        def median(row, figure):
            return measured[row][figure]["median"]

        value = median(self.row, self.figure)
        told = {"name": self.name, "is": value}
        if self.other:
            told["is"] = value = value / median(self.other, self.figure)
            if self.figure == "per_s":
                told["by_cpu"] = median(self.other, "cpu_us") / median(self.row, "cpu_us")
        return told | self.judged(value)

    def judged(self, value):
        if self.at_least is not None:
            return {"target": f"at least {self.at_least:g}", "verdict": "met" if value >= self.at_least else "MISSED"}
        if self.under is not None:
            return {"target": f"under {self.under:g}", "verdict": "met" if value < self.under else "MISSED"}
        return {"target": "", "verdict": ""}


def targets(scale):
    drain = "Receive + DeleteBatch"
    drain_waiting = f"{drain}, {scale.waiting:,} waiting"
    return [
        Target("votes/s, durability os, to the ceiling", VOTES_OS, CEILING, at_least=0.40),
        Target("votes/s, policies enforced, to os", "votes, policies enforced", VOTES_OS),
        Target("votes/s, durability disk, to os", VOTES_DISK, VOTES_OS, at_least=0.50),
        Target("votes/s, durability disk, to os, 256 connections", VOTES_DISK_256, VOTES_OS_256, at_least=0.70),
        Target("vote to browser, p50, to the ceiling's", "latency, vote to browser", "latency of the ceiling", "p50_us",
               under=3),
        Target("UpdateItem/s to the ceiling", "UpdateItem", "ceiling, UpdateItem's requests", at_least=0.55),
        Target("UpdateItem/s to dynalite", "UpdateItem", "UpdateItem, dynalite", at_least=12),
        Target("SendMessage/s to the ceiling", "SendMessage", "ceiling, SendMessage's requests", at_least=0.55),
        Target("SendMessage/s to fauxqs in memory", "SendMessage", "SendMessage, fauxqs in memory", at_least=6),
        Target("SendMessage/s to fauxqs without its log", "SendMessage", "SendMessage, fauxqs without log"),
        Target("SendMessage/s to fauxqs on SQLite", "SendMessage", "SendMessage, fauxqs on SQLite", at_least=25),
        *(Target(f"{row}, messages/s, to fauxqs{log}", row, f"{row}, fauxqs {variant}", at_least=bound)
          for row in (drain, drain_waiting)
          for log, variant, bound in (("", "in memory", 12), (" without its log", "without log", None))),
        *(Target(f"{fanout}, messages/s, to mosquitto", fanout, f"{fanout}, mosquitto", at_least=ratio)
          for n in scale.fanout for outstanding, ratio in ((1, 1.2), (32, 8))
          for fanout in [f"fan-out {n:,}, {outstanding} outstanding"]),
        Target("start to Ready, new directory, ms", "start-up, new directory", figure="ms", under=30),
        Target(f"start to Ready, {scale.items:,} items, ms", f"start-up, {scale.items:,} items", figure="ms", under=60),
        Target("the same after kill -9, ms", f"start-up, {scale.items:,} items, after kill -9", figure="ms", under=200),
        Target("idle memory, MB", "idle", figure="mb", under=20),
        Target(f"memory after {scale.votes:,} votes, MB above idle", f"memory after {scale.votes:,} votes",
               figure="mb_above_idle", under=20),
        *flat("candidates", "votes, {:,} candidates", scale.candidates),
        *flat("delayed messages", "votes, {:,} delayed in their queue", scale.backlogs),
        *flat("waiting messages", "votes taken, {:,} waiting", scale.backlogs),
        *flat("a backlog's size", "backlog of {:,} votes, worked off", [n for n in scale.backlogs if n > 0]),
    ]


def flat(what, row, numbers):
    """The CPU time for each vote of every larger number, to that of the smallest."""
    least = numbers[0]
    return [Target(f"CPU per vote with {what}, {number:,} to {least:,}", row.format(number), row.format(least),
                   "cpu_us", under=NOISE) for number in numbers[1:]]


def results(scale, measured):
    return [result for target in targets(scale) if (result := target.result(measured))]
