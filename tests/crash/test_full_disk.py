"""A disk without room: votemu says so and ends, nobody is told of a vote that is not kept, and it goes on with room."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.votemu import Votemu  # noqa: E402

from disk import Disk  # noqa: E402
from emulator import Api, Subscriber  # noqa: E402
from ledger import Clients, Ledger  # noqa: E402

# What there is room for: less than a record of the log, less than a table, some tables.
ROOMS = (0, 3000, 100_000, 2_000_000)
FULL_WITHIN_S = 300  # on the slowest of machines
NO_ROOM = r"no room is left on its device; votemu can be started again once there is \(.*\)\n\Z"


class FullDiskTest(unittest.TestCase):
    def start(self, *options):
        return Votemu(*options, directory=self.disk.directory / "data", environment=self.disk.environment)

    def refused_start(self):
        """What a start says that ends for lack of room."""
        with self.assertRaisesRegex(RuntimeError, "ended with 1 before it was ready: .*No space left") as refused:
            self.start().kill()
        return str(refused.exception)

    def load_until_it_ends(self, room, durability):
        ledger = Ledger()
        votemu = self.start("--durability", durability)
        with Api(votemu.port) as api:
            api.make_bucket()
        subscriber = Subscriber(votemu.port, ledger.hear)
        self.disk.control.set("room", room)
        clients = Clients(votemu.port, ledger, uploads=True)
        self.assertEqual(votemu.wait(FULL_WITHIN_S), 1)
        clients.end()
        subscriber.close()
        self.assertRegex(votemu.said(), rf"\Avotemu: data directory {self.disk.directory}/data: "
                                        rf"a commit failed, .*: {NO_ROOM}")
        return ledger

    def test_under_load_it_ends_says_why_and_goes_on_once_there_is_room(self):
        for room in ROOMS:
            for durability in ("os", "disk"):
                with self.subTest(room=room, durability=durability), Disk() as self.disk:
                    ledger = self.load_until_it_ends(room, durability)
                    for still in (0, 3000):
                        self.disk.control.set("room", still)
                        self.assertRegex(self.refused_start(), rf"data directory .*: {NO_ROOM}")
                    self.disk.works_again()
                    with self.start("--durability", durability) as votemu, Api(votemu.port) as api:
                        ledger.check(api)
                        self.assertEqual(api.vote("afterwards"), 200)

    def test_a_first_start_on_a_full_disk_says_so_and_the_next_works(self):
        for room in (0, 4096, 4200, 20_000, 60_000):
            with self.subTest(room=room), Disk() as self.disk:
                self.disk.control.set("room", room)
                said = self.refused_start()
                self.assertIn(str(self.disk.directory / "data"), said)
                self.assertEqual(said.count("\n"), 1, said)
                self.disk.works_again()
                with self.start() as votemu, Api(votemu.port) as api:
                    self.assertEqual(api.vote("dog"), 200)

    def test_reading_goes_on_while_nobody_votes(self):
        with Disk() as self.disk, self.start() as votemu, Api(votemu.port) as api:
            self.assertEqual(api.vote("dog"), 200)
            self.disk.control.set("room", 0)
            self.assertEqual(api.totals(), {"dog": 1})
            self.disk.works_again()
            self.assertEqual(api.vote("dog"), 200)

    def test_it_stops_when_it_is_told_to(self):
        with Disk() as self.disk:
            with self.start() as votemu, Api(votemu.port) as api:
                self.assertEqual(api.vote("dog"), 200)
                self.disk.control.set("room", 0)
                votemu.process.terminate()
                self.assertEqual(votemu.wait(), 0)
            self.disk.works_again()
            with self.start() as votemu, Api(votemu.port) as api:
                self.assertEqual(api.totals(), {"dog": 1})

    def test_in_memory_it_needs_no_disk(self):
        with Disk() as self.disk:
            self.disk.control.set("room", 0)
            with self.start("--ephemeral") as votemu, Api(votemu.port) as api:
                self.assertEqual(api.vote("dog"), 200)
                self.assertEqual(api.totals(), {"dog": 1})
            self.assertEqual(list(self.disk.directory.iterdir()), [])
            self.assertEqual(self.disk.failures(), [])


if __name__ == "__main__":
    unittest.main()
