"""What every abuse is held to: the decided answer, bounded memory, everyone else served, nothing left behind."""

import json
import os
import pathlib
import re
import resource
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.abuse import clients  # noqa: E402
from tests.support.votemu import Votemu  # noqa: E402

BUILD = pathlib.Path(os.environ.get("VOTEMU_BUILD", ROOT / "build"))
MIB = 1 << 20
# The abuse's side of thousands of connections.
MOST_DESCRIPTORS = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_DESCRIPTORS, MOST_DESCRIPTORS))
# With sanitizers, which keep what was freed, what is resident says nothing.
SANITIZED = "sanitize" in BUILD.name
# What any abuse may cost for a while: one request at the listener's bound, its tree and its answer.
USUAL_BOUND = 64 * MIB


class Bystander:
    """Someone who votes, and someone who watches the totals, each on a connection from before the abuse."""

    def __init__(self, server, candidate):
        self.server, self.candidate, self.votes = server, candidate, 0
        self.voter = clients.Http(server.port)
        self.watcher = clients.Mqtt(server.port)
        self.watcher.subscribe("votes")

    def vote(self, connection=None):
        """A vote that is answered, counted and told to the watcher. `connection`: another than the voter's own."""
        connection = connection or self.voter
        connection.send(clients.vote(self.candidate))
        answer = connection.answer()
        assert answer.status == 200, answer
        self.votes += 1
        while True:
            _, payload = self.watcher.next_message()
            for total in json.loads(payload):
                if total["id"] != self.candidate:
                    continue
                assert int(total["votes"]) <= self.votes, f"{payload} after {self.votes} votes"
                if int(total["votes"]) == self.votes:
                    return

    def reconnect(self):
        """The voter's connection may have given way, as any that rests may; the watcher's may not."""
        self.voter.close()
        self.voter = clients.Http(self.server.port)

    def close(self):
        self.voter.close()
        self.watcher.close()


class AbuseTest(unittest.TestCase):
    """One votemu for the tests of a class; after each of them it is as it was before."""

    options = ()
    most_descriptors = None
    environment = None

    @classmethod
    def setUpClass(cls):
        cls.server = Votemu(
            "--log-level", "error", *cls.options, most_descriptors=cls.most_descriptors, environment=cls.environment
        )
        cls.addClassCleanup(cls.server.__exit__)
        cls.port = cls.server.port

    def setUp(self):
        self.bystander = Bystander(self.server, self.id().rsplit(".", 1)[1])
        self.addCleanup(self.bystander.close)
        self.bystander.vote()
        self.open_before = self.open_sockets()
        self.opened = []
        self.peak_bound = USUAL_BOUND
        self.before = self.server.resident_bytes()
        reset_peak(self.server.process.pid)

    def tearDown(self):
        for connection in self.opened:
            connection.close()
        self.expect_others_served()
        grown = peak_bytes(self.server.process.pid) - self.before
        if not SANITIZED:
            self.assertLess(grown, self.peak_bound, f"grew by {grown / MIB:.1f} MiB")
        if "-v" in sys.argv or "--verbose" in sys.argv:
            print(f"[{grown / MIB:.1f} MiB] ", end="", file=sys.stderr, flush=True)
        self.expect_descriptors_back()
        self.assertIsNone(self.server.process.poll(), self.server.said())

    def expect_others_served(self):
        """A vote from a connection of old, and one from a new one: answered, counted, told to who watches."""
        self.bystander.vote()
        with clients.Http(self.port) as stranger:
            self.bystander.vote(stranger)

    # Where each look is a request, nobody waits by sleeping.
    def expect_descriptors_back(self):
        def are_back():
            self.bystander.voter.ask("GET", "/_votemu/health")
            return self.open_sockets() <= self.open_before

        clients.until(are_back, f"having {self.open_before} sockets again")

    def open_sockets(self):
        """Of the server. Its files are the store's to open and close."""
        descriptors = pathlib.Path(f"/proc/{self.server.process.pid}/fd")
        return sum(is_socket(descriptor) for descriptor in descriptors.iterdir())

    def http(self, **more):
        return self._keep(clients.Http(self.port, **more))

    def websocket(self, *arguments, **more):
        return self._keep(clients.WebSocket(self.port, *arguments, **more))

    def mqtt(self, *arguments, **more):
        return self._keep(clients.Mqtt(self.port, *arguments, **more))

    def _keep(self, connection):
        self.opened.append(connection)
        return connection

    def ask(self, request):
        """The answer to these bytes on a connection of their own."""
        with clients.Http(self.port) as connection:
            connection.send(request)
            return connection.answer()

    def aws(self, service, operation, members):
        return self.ask(clients.aws(service, operation, members))

    def expect(self, request, status, *texts):
        """The answer to these bytes, which has this status and says all of the texts."""
        answer = self.ask(request)
        self.assertEqual(answer.status, status, answer)
        for text in texts:
            self.assertIn(text if isinstance(text, bytes) else text.encode(), answer.body)
        return answer


def make_large_table(port, name, items):
    """Of items with 390 KB each, by their key k from "0" on."""
    table = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "k", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "k", "KeyType": "HASH"}],
    }
    with clients.Http(port) as connection:
        connection.send(clients.aws("dynamodb", "CreateTable", table))
        assert connection.answer().status == 200
        for i in range(items):
            item = {"k": {"S": str(i)}, "v": {"S": "x" * 390_000}}
            connection.send(clients.aws("dynamodb", "PutItem", {"TableName": name, "Item": item}))
            assert connection.answer().status == 200


# VmHWM, the most that was ever resident, begins anew (proc(5), clear_refs).
def reset_peak(pid):
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_bytes(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024


def is_socket(descriptor):
    try:
        return str(descriptor.readlink()).startswith("socket:")
    except FileNotFoundError:
        return False  # closed meanwhile
