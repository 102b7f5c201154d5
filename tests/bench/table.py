"""The figures of all rounds as a table and as JSON."""

import os
import pathlib
import platform
import statistics

BUSY = 0.95  # of a core
UNITS = {
    "per_s": "/s", "p50_us": "us, p50", "p99_us": "us, p99", "ms": "ms", "mb": "MB", "mb_above_idle": "MB above idle",
    "mb_stripped": "MB stripped", "cpu_ms_per_s": "ms CPU/s"}


def machine():
    model = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    return {"cpu": model[0] if model else platform.machine(), "cores": os.cpu_count(),
            "load": os.getloadavg()[0], "system": platform.platform()}


def medians(rounds):
    """[{row: figures}], not every row in every round -> {row: {figure: median, least, most, rounds}}."""
    result = {}
    for name in dict.fromkeys(name for one in rounds for name in one):
        measured = [one[name] for one in rounds if name in one]
        result[name] = {
            figure: {"median": statistics.median(one[figure] for one in measured),
                     "least": min(one[figure] for one in measured), "most": max(one[figure] for one in measured),
                     "rounds": len(measured)}
            for figure in measured[0]}
    return result


def generator_is_bottleneck(figures):
    """The generator had no time left and the server had."""
    core = {who: figures.get(who, {"median": 0})["median"] for who in ("generator_core", "server_core")}
    return core["generator_core"] >= BUSY > core["server_core"]


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}"


def line(name, figure, figures):
    spread = figures[figure]
    text = f"{name:58} {UNITS[figure]:14} " + " ".join(
        f"{number(spread[which]):>10}" for which in ("median", "least", "most")) + f" {spread['rounds']:6}"
    if figure != "per_s":
        return text
    text += "".join(
        f" {figures[column]['median']:{width}.{digits}f}"
        for column, width, digits in (("cpu_us", 9, 2), ("server_core", 7, 2), ("generator_core", 9, 2)))
    return text + (" generator-bound" if generator_is_bottleneck(figures) else "")


def print_figures(measured, about):
    print(f"{about['cpu']}, {about['cores']} cores, {about['system']}, load {about['load']:.1f} at the start\n")
    print(f"{'':73} {'median':>10} {'least':>10} {'most':>10} rounds  CPU us/1  server generator")
    for name, figures in measured.items():
        for figure in figures:
            if figure in UNITS:
                print(line(name, figure, figures))
    print("\nCPU us/1: the server's CPU time for each. server, generator: shares of a core, of the server's serving")
    print("thread and of the programs that put the load on it. generator-bound: these, not the server, had none left.")


def print_targets(targets):
    if targets:
        print(f"\n{'':78} {'is':>9} {'by CPU':>9}  target")
    for target in targets:
        by_cpu = f"{target['by_cpu']:9.2f}" if "by_cpu" in target else " " * 9
        print(f"{target['name']:78} {target['is']:9.2f} {by_cpu}  {target['target']:15} {target['verdict']}".rstrip())
    if any("by_cpu" in target for target in targets):
        print("\nby CPU: the ratio of the servers' CPU time for each, which other load on the machine changes less.")
