#!/usr/bin/env python3
"""Measures votemu beside a bare HTTP server (the ceiling), dynalite, fauxqs and mosquitto, in interleaved rounds.

What counts are the ratios of one run: absolute figures are this machine's on this day.
"""
import argparse
import dataclasses
import json
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys

import contenders
import footprint
import growth
import rows
import servers
import table
import targets


def all_rows(build, scale, existing):
    """{name: Row}, in the order in which they are measured."""
    return {
        **rows.votes(build, scale),
        **rows.latency(build, scale),
        **contenders.dynamodb(build, scale),
        **contenders.sqs(build, scale),
        **rows.fanout(build, scale),
        **footprint.footprint(build, scale, existing),
        **growth.growth(build, scale),
    }


def is_there(need):
    return not need or (servers.node() is not None if need == "npm" else shutil.which(need) is not None)


def run(chosen, rounds, failed):
    """[{row: figures}]; adds to `failed` what could not be measured. Interrupted, it keeps what there is."""
    measured = []
    try:
        for number in range(rounds):
            measured.append({})
            for name, row in chosen.items():
                if number >= row.most_rounds or name in failed:
                    continue
                print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr)
                try:
                    measured[-1][name] = row.measure()
                except (RuntimeError, OSError, subprocess.SubprocessError) as error:
                    print(f"FAILED: {name}: {error}", file=sys.stderr)
                    failed.append(name)
    except KeyboardInterrupt:
        failed.append("what came after the interruption")
    return measured


def parsed_arguments():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=rows.Scale.seconds, help="of each load")
    options.add_argument("--only", type=re.compile, default="", help="rows whose name has this (a regular expression)")
    options.add_argument("--list", action="store_true", help="print the rows' names, measure nothing")
    options.add_argument("--tiny", action="store_true", help="everything once and small, to see that it works")
    options.add_argument("--json", type=pathlib.Path, help="where the figures are written")
    return options.parse_args()


def report(scale, about, rounds, json_file):
    measured = table.medians(rounds)
    results = targets.results(scale, measured)
    table.print_figures(measured, about)
    table.print_targets(results)
    if json_file:
        json_file.write_text(json.dumps({"machine": about, "measured": measured, "targets": results}, indent=2))


def main():
    arguments = parsed_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that every server is ended
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    scale = rows.TINY if arguments.tiny else dataclasses.replace(rows.Scale(), seconds=arguments.seconds)
    build = arguments.build.resolve()
    with footprint.Existing(build, scale.items) as existing:
        chosen = {name: row for name, row in all_rows(build, scale, existing).items()
                  if re.search(arguments.only, name)}
        if arguments.list:
            print("\n".join(chosen))
            return
        missing = {row.needs for row in chosen.values() if not is_there(row.needs)}
        for need in sorted(missing):
            print(f"{need} is not installed: what needs it is left out", file=sys.stderr)
        about = table.machine()
        failed = []
        rounds = run({name: row for name, row in chosen.items() if row.needs not in missing},
                     1 if arguments.tiny else arguments.rounds, failed)
    report(scale, about, rounds, arguments.json)
    if failed:
        sys.exit("could not be measured: " + "; ".join(failed))


if __name__ == "__main__":
    main()
