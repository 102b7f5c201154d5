"""Kills a votemu that is being voted on, again and again, and counts the votes. README.md says what the options mean."""

import argparse
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.votemu import Votemu  # noqa: E402

from disk import Disk  # noqa: E402
from emulator import Api, Subscriber  # noqa: E402
from ledger import Clients, Ledger  # noqa: E402

KILLS_OF_A_DIRECTORY = 25  # then the next kills begin with an empty one
PROGRESS_EVERY = 100
SHORTEST_LOAD_S, LONGEST_LOAD_S = 0.02, 0.5
LONGEST_STOP_S = 0.03
KILLED_AS_IT_STARTS, WHILE_IT_STOPS, AT_A_CHANGE = 0.35, 0.2, 0.5  # how often, besides under load
CHANGES_OF_A_START = 70  # about how many changes of its disk a start makes
CHANGES_OF_A_LOAD = 400


class Counts:
    kills = answered = counted = 0

    def __str__(self):
        return f"{self.kills} kills, {self.answered} votes answered, {self.counted} counted, 0 lost, 0 doubled"


class Directory:
    """One data directory, on a lossy disk, and what its clients know of it."""

    def __init__(self, durability, chance):
        self.chance = chance
        self.disk = Disk()
        self.options = ("--durability", durability)
        self.lossy = durability == "disk"
        self.ledger = Ledger()

    def start(self, faulty=False):
        environment = self.disk.environment if faulty or self.lossy else None
        return Votemu(*self.options, directory=self.disk.directory / "data", environment=environment)

    def power_goes(self):
        """With durability os the machine stays up: only the process is gone."""
        if self.lossy:
            self.disk.lose_power(self.chance)

    def kill(self):
        if self.chance.random() < KILLED_AS_IT_STARTS:
            self.kill_a_start()
        else:
            self.kill_under_load()
        self.power_goes()

    def kill_a_start(self):
        self.disk.control.set("changes_until_death", self.chance.randrange(CHANGES_OF_A_START))
        try:
            self.start(faulty=True).kill()
        except RuntimeError as error:
            if "ended with -9 " not in str(error):
                raise
        self.disk.works_again()

    def kill_under_load(self):
        votemu = self.start()
        try:
            with Api(votemu.port) as api:
                self.ledger.check(api)
                api.make_bucket()
            subscriber = Subscriber(votemu.port, self.ledger.hear)
            clients = Clients(votemu.port, self.ledger, uploads=True)
            self.kill_soon(votemu)
            status = votemu.wait()
            if status not in (-9, 0):
                raise AssertionError(f"votemu ended by itself with {status}: {votemu.said()}")
            clients.end()
            subscriber.close()
        finally:
            votemu.process.kill()
            votemu.wait()
            self.disk.works_again()

    def kill_soon(self, votemu):
        """After some time, perhaps while it stops; on the lossy disk also at a change of it, where more can be lost."""
        if self.lossy and self.chance.random() < AT_A_CHANGE:
            self.disk.control.set("changes_until_death", self.chance.randrange(CHANGES_OF_A_LOAD))
            return
        after_s = self.chance.uniform(SHORTEST_LOAD_S, LONGEST_LOAD_S)
        if self.chance.random() < WHILE_IT_STOPS:
            threading.Timer(after_s, votemu.process.terminate).start()
            after_s += self.chance.uniform(0, LONGEST_STOP_S)
        threading.Timer(after_s, votemu.process.kill).start()

    def final_count(self):
        with self.start() as votemu, Api(votemu.port) as api:
            return sum(self.ledger.check(api).values())


def kill_again_and_again(durability, kills, seed):
    counts = Counts()
    for round_number in range(-(-kills // KILLS_OF_A_DIRECTORY)):
        round_seed = f"{seed}.{round_number}" if round_number else seed
        directory = Directory(durability, random.Random(round_seed))
        try:
            wanted = min(kills, (round_number + 1) * KILLS_OF_A_DIRECTORY)
            while counts.kills < wanted:
                directory.kill()
                counts.kills += 1
            counts.counted += directory.final_count()
        except BaseException:
            kept = tempfile.mkdtemp(prefix="votemu-crash-")
            shutil.copytree(directory.disk.beside, kept, dirs_exist_ok=True)
            print(f"FAILED after {counts.kills} kills: --durability {durability} --seed {round_seed}; the disk is in {kept}",
                  file=sys.stderr)
            raise
        finally:
            counts.answered += directory.ledger.answered.total()
            directory.disk.__exit__()
        if counts.kills % PROGRESS_EVERY == 0 and counts.kills < kills:
            print(f"  {counts}", flush=True)
    return counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--durability", choices=("os", "disk"), action="append")
    parser.add_argument("--seed", default=str(time.time_ns() % 10**9))
    arguments = parser.parse_args()
    for durability in arguments.durability or ("os", "disk"):
        print(f"kill -9 with --durability {durability} --seed {arguments.seed}"
              + (", each time the power goes too" if durability == "disk" else ""), flush=True)
        counts = kill_again_and_again(durability, arguments.kills, arguments.seed)
        print(counts, flush=True)


if __name__ == "__main__":
    main()
