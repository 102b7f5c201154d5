"""Start-up, memory and size of votemu."""

import functools
import shutil
import signal
import subprocess
import time

import fills
import loads
from rows import Row
from servers import Directory, Votemu

CANDIDATES = 10


class Existing:
    """Data directories with items in them, made when they are first asked for; they end with the `with` block."""

    def __init__(self, build, items):
        self.build, self.items = build, items

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if "parent" in self.__dict__:
            self.parent.__exit__()

    @functools.cached_property
    def parent(self):
        return Directory(self.build)

    @functools.cached_property
    def killed(self):
        """As kill -9 leaves it."""
        path = self.parent.path / "killed"
        with Votemu(self.build, directory=path) as server:
            fills.fill_table(self.build, server, loads.candidates(self.items), votes={"N": "1"})
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
        return path

    @functools.cached_property
    def stopped(self):
        """As SIGTERM leaves it."""
        path = self.parent.path / "stopped"
        with Votemu(self.build, directory=path) as server:
            fills.fill_table(self.build, server, loads.candidates(self.items), votes={"N": "1"})
        return path


def start_up(build, existing=None):
    """existing: makes the directory that a copy is started with; without, a new one."""
    with Directory(build) as parent:
        path = parent / "data"
        if existing:
            shutil.copytree(existing(), path)
        with Votemu(build, directory=path) as server:
            return {"ms": server.ready_ms}


def idle(build, seconds):
    with Votemu(build) as server:
        before = server.cpu_seconds()
        time.sleep(seconds)
        return {"mb": server.memory_mb(), "cpu_ms_per_s": 1e3 * (server.cpu_seconds() - before) / seconds}


def memory_after_votes(build, count):
    with Votemu(build) as server:
        before = server.memory_mb()
        loads.votes(build, server, loads.LONGEST_S, names=loads.candidates(CANDIDATES), count=count)
        return {"mb": server.memory_mb(), "mb_above_idle": server.memory_mb() - before}


def size(build):
    binary = build / "votemu"
    with Directory(build) as parent:
        stripped = parent / "votemu"
        subprocess.run(["strip", "-o", stripped, binary], check=True)
        return {"mb": binary.stat().st_size / 1e6, "mb_stripped": stripped.stat().st_size / 1e6}


def footprint(build, scale, existing):
    return {
        "start-up, new directory": Row(lambda: start_up(build)),
        f"start-up, {scale.items:,} items": Row(lambda: start_up(build, lambda: existing.stopped)),
        f"start-up, {scale.items:,} items, after kill -9": Row(lambda: start_up(build, lambda: existing.killed)),
        "idle": Row(lambda: idle(build, scale.seconds)),
        f"memory after {scale.votes:,} votes": Row(lambda: memory_after_votes(build, scale.votes), most_rounds=1),
        "binary": Row(lambda: size(build), most_rounds=1),
    }
