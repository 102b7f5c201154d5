#!/usr/bin/env python3
"""Measures votemu beside a bare HTTP server (the ceiling) and mosquitto, in interleaved rounds, and prints ratios.

What counts are the ratios of one run: absolute figures are this machine's on this day.
"""
import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import sys
import time

import loads
from servers import Ceiling, Mosquitto, Votemu


def start_up_ms(build):
    began = time.monotonic()
    with Votemu(build):
        return {"ms": 1e3 * (time.monotonic() - began)}


def contenders(build, seconds, count):
    """Name -> what one round measures of it. They run in this order, round after round."""
    def on(make, load):
        def measured():
            with make() as server:
                return load(server)
        return measured

    def votes(*options):
        return on(lambda: Votemu(build, *options), lambda server: loads.votes_per_second(server, seconds))

    def fanout(make, subscribers, outstanding):
        return on(make, lambda server: loads.fanout(build, server, server.mqtt, subscribers, outstanding, seconds))

    ceiling, votemu = lambda: Ceiling(build), lambda: Votemu(build, "--ephemeral")
    return {
        "ceiling": on(ceiling, lambda server: loads.requests_per_second(server, "/dev/votes", loads.VOTE, seconds)),
        "votes, durability os": votes(),
        "votes, durability disk": votes("--durability", "disk"),
        "votes, ephemeral": votes("--ephemeral"),
        "votes, policies enforced": votes("--iam", "enforce"),
        "latency of the ceiling": on(ceiling, lambda server: loads.latency(build, server, count)),
        "latency, vote to browser": on(lambda: Votemu(build), lambda server: loads.latency(build, server, count, "votes")),
        "fan-out 100, 1 outstanding": fanout(votemu, 100, 1),
        "fan-out 100, 1 outstanding, mosquitto": fanout(Mosquitto, 100, 1),
        "fan-out 100, 32 outstanding": fanout(votemu, 100, 32),
        "fan-out 100, 32 outstanding, mosquitto": fanout(Mosquitto, 100, 32),
        "fan-out 1000, 32 outstanding": fanout(votemu, 1000, 32),
        "fan-out 1000, 32 outstanding, mosquitto": fanout(Mosquitto, 1000, 32),
        "start-up, new directory": lambda: start_up_ms(build),
    }


# Ratio of a contender's figure to another's, with its target.
RATIOS = [
    ("votes/s, durability os, to the ceiling", "votes, durability os", "ceiling", "per_s", "at least 0.40"),
    ("votes/s, durability disk, to os", "votes, durability disk", "votes, durability os", "per_s", "at least 0.50"),
    ("votes/s, policies enforced, to os", "votes, policies enforced", "votes, durability os", "per_s", ""),
    ("vote to browser, p50, to the ceiling's", "latency, vote to browser", "latency of the ceiling", "p50_us", "under 3"),
    ("fan-out to 100, 1 outstanding, to mosquitto", "fan-out 100, 1 outstanding",
     "fan-out 100, 1 outstanding, mosquitto", "per_s", "at least 1.2"),
    ("fan-out to 100, 32 outstanding, to mosquitto", "fan-out 100, 32 outstanding",
     "fan-out 100, 32 outstanding, mosquitto", "per_s", "at least 8"),
    ("fan-out to 1,000, 32 outstanding, to mosquitto", "fan-out 1000, 32 outstanding",
     "fan-out 1000, 32 outstanding, mosquitto", "per_s", "at least 8"),
]


def medians(rounds):
    """Of each figure of each contender."""
    result = {}
    for name in rounds[0]:
        figures = {}
        for figure in rounds[0][name]:
            values = [one[name][figure] for one in rounds]
            figures[figure] = {"median": statistics.median(values), "least": min(values), "most": max(values)}
        result[name] = figures
    return result


def needed_by(name):
    if "mosquitto" in name:
        return Mosquitto.program
    return "wrk" if name == "ceiling" or name.startswith("votes") else "curl"


def is_installed(program):
    if shutil.which(program):
        return True
    print(f"{program} is not installed: what needs it is left out", file=sys.stderr)
    return False


def machine():
    model = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    return {"cpu": model[0] if model else platform.machine(), "cores": os.cpu_count(),
            "load": os.getloadavg()[0], "system": platform.platform()}


def print_table(measured, ratios, about):
    print(f"{about['cpu']}, {about['cores']} cores, load {about['load']:.1f} at the start\n")
    print(f"{'':42} {'median':>12} {'least':>12} {'most':>12}")
    for name, figures in measured.items():
        for figure, spread in figures.items():
            print(f"{name + ', ' + figure:42} {spread['median']:12,.1f} {spread['least']:12,.1f} {spread['most']:12,.1f}")
    print(f"\n{'ratio':50} {'':>8}  target")
    for name, ratio in ratios.items():
        print(f"{name:50} {ratio['ratio']:8.2f}  {ratio['target']}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=3, help="of each load")
    options.add_argument("--count", type=int, default=5_000, help="of each latency's requests")
    options.add_argument("--only", default="", help="contenders whose name contains this")
    options.add_argument("--json", type=pathlib.Path, help="where the figures are written")
    chosen = options.parse_args()
    about = machine()
    running = {name: measure for name, measure in contenders(chosen.build, chosen.seconds, chosen.count).items()
               if chosen.only in name and is_installed(needed_by(name))}
    rounds = []
    for number in range(chosen.rounds):
        print(f"round {number + 1} of {chosen.rounds}", file=sys.stderr)
        rounds.append({name: measure() for name, measure in running.items()})
    measured = medians(rounds)
    ratios = {
        name: {"ratio": measured[one][figure]["median"] / measured[other][figure]["median"], "target": target}
        for name, one, other, figure, target in RATIOS if one in measured and other in measured}
    print_table(measured, ratios, about)
    if chosen.json:
        chosen.json.write_text(json.dumps({"machine": about, "measured": measured, "ratios": ratios}, indent=2))


if __name__ == "__main__":
    main()
