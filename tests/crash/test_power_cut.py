"""What is there after a power cut: with --durability disk all that was answered, with os what the disk had by itself."""

import itertools
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.votemu import Votemu  # noqa: E402

from disk import Disk  # noqa: E402
from emulator import Api, Subscriber  # noqa: E402
from ledger import Clients, Ledger  # noqa: E402

VOTES = 20
CUTS_UNTIL_VOTES_ARE_LOST = 20  # each loses some with a probability of over a half
CHANGES_BETWEEN_CUTS = 6  # of a first start, which makes some 60 changes


class PowerCutTest(unittest.TestCase):
    def start(self, *options):
        return Votemu(*options, directory=self.disk.directory / "data", environment=self.disk.environment)

    def vote(self, api, times=VOTES):
        for _ in range(times):
            candidate = self.ledger.ask()
            self.ledger.answer(candidate, api.vote(candidate))

    def test_right_after_the_first_ready_all_is_there(self):
        for seed in range(8):
            with self.subTest(seed=seed), Disk() as self.disk:
                self.start("--durability", "disk").kill()
                before = {path.name: path.read_bytes() for path in (self.disk.directory / "data").glob("ca.*")}
                self.assertEqual(set(before), {"ca.key", "ca.pem"})
                self.disk.lose_power(random.Random(seed))
                with self.start("--durability", "disk") as votemu, Api(votemu.port) as api:
                    self.assertEqual(api.vote("dog"), 200)
                    self.assertEqual(api.totals(), {"dog": 1})
                self.assertEqual(before, {name: (self.disk.directory / "data" / name).read_bytes() for name in before})

    def test_a_first_start_that_is_cut_off_anywhere_is_taken_up_by_the_next(self):
        offset = random.randrange(CHANGES_BETWEEN_CUTS)
        for changes in itertools.count(offset, CHANGES_BETWEEN_CUTS):
            with self.subTest(changes=changes), Disk() as self.disk:
                self.disk.control.set("changes_until_death", changes)
                try:
                    self.start("--durability", "disk").kill()
                    self.assertGreater(changes, 5 * CHANGES_BETWEEN_CUTS)
                    return
                except RuntimeError as error:
                    self.assertIn("ended with -9", str(error))
                self.disk.works_again()
                self.disk.lose_power(random.Random(changes))
                with self.start("--durability", "disk") as votemu, Api(votemu.port) as api:
                    self.assertEqual(api.vote("dog"), 200)
                    self.assertEqual(api.totals(), {"dog": 1})

    def test_what_a_killed_process_made_lasts_once_another_has_answered(self):
        for seed in range(8):
            with self.subTest(seed=seed), Disk() as self.disk:
                self.ledger = Ledger()
                for _ in range(2):
                    votemu = self.start("--durability", "disk")
                    with Api(votemu.port) as api:
                        self.vote(api)
                    votemu.kill()
                self.disk.lose_power(random.Random(seed))
                with self.start("--durability", "disk") as votemu, Api(votemu.port) as api:
                    self.ledger.check(api)

    def test_without_fsync_answered_votes_can_be_lost_and_it_starts_all_the_same(self):
        for seed in range(CUTS_UNTIL_VOTES_ARE_LOST):
            with Disk() as self.disk:
                self.ledger = Ledger()
                votemu = self.start("--durability", "os")
                with Api(votemu.port) as api:
                    self.vote(api)
                votemu.kill()
                self.disk.lose_power(random.Random(seed))
                with self.start("--durability", "os") as votemu, Api(votemu.port) as api:
                    if self.ledger.lost(self.ledger.check(api, may_lose=True)):
                        return
        self.fail("the disk loses nothing: what --durability disk survives on it says nothing")


class FailingSyncTest(unittest.TestCase):
    """The disk fails a commit's fsync, and says so once, as Linux does."""

    def test_it_ends_says_why_and_keeps_what_was_answered(self):
        for syncs in (0, 1, 40):
            with self.subTest(syncs=syncs), Disk() as disk:
                ledger = Ledger()

                def start():
                    return Votemu("--durability", "disk", directory=disk.directory / "data",
                                  environment=disk.environment)

                votemu = start()
                subscriber = Subscriber(votemu.port, ledger.hear)
                disk.fail_sync_after(syncs)
                clients = Clients(votemu.port, ledger)
                self.assertEqual(votemu.wait(), 1)
                clients.end()
                subscriber.close()
                self.assertRegex(votemu.said(), r"\Avotemu: data directory .*: a commit failed, .*Input/output error\n\Z")
                disk.lose_power(random.Random(syncs))
                with start() as votemu, Api(votemu.port) as api:
                    ledger.check(api)


if __name__ == "__main__":
    unittest.main()
