"""What is measured: the rows of the table. Each measures once and is asked again in every round."""

import dataclasses
from typing import Callable

import loads
import aws
from servers import Ceiling, Mosquitto, Votemu

VOTES_OS, VOTES_DISK = "votes, durability os", "votes, durability disk"
VOTES_OS_256, VOTES_DISK_256 = VOTES_OS + ", 256 connections", VOTES_DISK + ", 256 connections"
CEILING = "ceiling"


@dataclasses.dataclass(frozen=True)
class Scale:
    """How long and how large."""

    seconds: float = 2.0
    latencies: int = 5_000
    items: int = 100_000
    votes: int = 1_000_000
    drained: int = 50_000
    waiting: int = 100_000
    backlogs: tuple = (0, 10_000, 1_000_000)
    candidates: tuple = (10, 1_000, 100_000)
    subscribers: tuple = (1, 10, 100, 1_000)
    fanout: tuple = (100, 1_000)


TINY = Scale(
    seconds=0.05, latencies=20, items=100, votes=200, drained=40, waiting=50, backlogs=(0, 20, 50), candidates=(2, 50),
    subscribers=(1, 3), fanout=(3,))


@dataclasses.dataclass(frozen=True)
class Row:
    measure: Callable  # -> figures by name
    most_rounds: int = 1_000
    needs: str = ""  # a program, or "npm"


def on(make, load):
    """A row's measurement: the load on a server that is made for it."""
    def measured():
        with make() as server:
            return load(server)
    return measured


def votes(build, scale):
    def row(*options, connections=32):
        return Row(on(lambda: Votemu(build, *options),
                      lambda server: loads.votes(build, server, scale.seconds, connections)))

    ceiling = on(lambda: Ceiling(build), lambda server: loads.requests(build, server, [aws.vote()], scale.seconds))
    return {
        CEILING: Row(ceiling),
        VOTES_OS: row(),
        VOTES_DISK: row("--durability", "disk"),
        VOTES_OS_256: row(connections=256),
        VOTES_DISK_256: row("--durability", "disk", connections=256),
        "votes, ephemeral": row("--ephemeral"),
        "votes, policies enforced": row("--iam", "enforce"),
    }


def latency(build, scale):
    def load(topic, one_core):
        return lambda server: loads.latency(build, server, scale.latencies, topic, one_core)

    rows = {}
    for where, one_core in (("", False), (", one core", True)):
        rows["latency of the ceiling" + where] = Row(on(lambda: Ceiling(build), load(None, one_core)))
        rows["latency, vote to browser" + where] = Row(on(lambda: Votemu(build), load("votes", one_core)))
    return rows


def fanout(build, scale):
    def load(subscribers, outstanding):
        return lambda server: loads.fanout(build, server, subscribers, outstanding, scale.seconds)

    rows = {}
    for subscribers in scale.fanout:
        for outstanding in (1, 32):
            name = f"fan-out {subscribers:,}, {outstanding} outstanding"
            rows[name] = Row(on(lambda: Votemu(build, "--ephemeral"), load(subscribers, outstanding)))
            rows[f"{name}, mosquitto"] = Row(
                on(lambda: Mosquitto(build), load(subscribers, outstanding)), needs=Mosquitto.program)
    return rows
