"""The machine's clock is set back and forth while everything runs: what waits goes on, and nothing counts twice."""

import contextlib
import mmap
import tempfile
import time

from tests.abuse import clients
from tests.abuse.harness import BUILD, AbuseTest

YEAR_S = 365 * 86_400


class SetClock(AbuseTest):
    @classmethod
    def setUpClass(cls):
        with contextlib.ExitStack() as opened:
            file = opened.enter_context(tempfile.NamedTemporaryFile())
            file.truncate(8)
            cls.offset = opened.enter_context(mmap.mmap(file.fileno(), 8))
            cls.environment = {"LD_PRELOAD": str(BUILD / "libset_clock.so"), "VOTEMU_SET_CLOCK": file.name}
            super().setUpClass()
            cls.addClassCleanup(opened.pop_all().close)

    def set_clock(self, offset_s):
        self.offset[:] = offset_s.to_bytes(8, "little", signed=True)

    def setUp(self):
        self.set_clock(0)
        super().setUp()

    # A year forth, a year back from there and from now: far beyond every deadline.
    def each_time(self):
        for offset_s in (YEAR_S, 0, -YEAR_S, 0):
            self.set_clock(offset_s)
            yield offset_s

    def server_time(self):
        date = self.ask(clients.http("GET", "/_votemu/health")).headers["date"]
        return time.mktime(time.strptime(date, "%a, %d %b %Y %H:%M:%S GMT")) - time.timezone

    def test_the_clock_is_set(self):
        self.assertAlmostEqual(self.server_time(), time.time(), delta=60)
        self.set_clock(YEAR_S)
        self.assertAlmostEqual(self.server_time(), time.time() + YEAR_S, delta=60)

    def test_votes_are_counted_once(self):
        for _ in self.each_time():
            self.expect_others_served()

    def test_a_long_poll_and_a_session_go_on(self):
        url = self.aws("sqs", "CreateQueue", {"QueueName": "waited"}).json()["QueueUrl"]
        waiting = self.http()
        waiting.send(clients.aws("sqs", "ReceiveMessage", {"QueueUrl": url, "WaitTimeSeconds": 20}))
        socket = self.mqtt(keep_alive=30)
        for _ in self.each_time():
            socket.say(clients.packet(clients.PINGREQ))
            socket.expect(clients.PINGRESP)
        self.aws("sqs", "SendMessage", {"QueueUrl": url, "MessageBody": "came"})
        self.assertEqual([message["Body"] for message in waiting.answer().json()["Messages"]], ["came"])

    def test_a_stream_and_its_numbers_go_on(self):
        """Sequence numbers rise whatever the clock says; the triggers go on where they were."""
        arn = self.aws("dynamodb", "DescribeTable", {"TableName": "voting-service-table"}).json()["Table"][
            "LatestStreamArn"
        ]
        for _ in self.each_time():
            self.bystander.vote()
        shard = self.aws("streams.dynamodb", "DescribeStream", {"StreamArn": arn}).json()["StreamDescription"][
            "Shards"
        ][0]
        iterator = self.aws(
            "streams.dynamodb",
            "GetShardIterator",
            {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"},
        ).json()["ShardIterator"]
        records = self.aws("streams.dynamodb", "GetRecords", {"ShardIterator": iterator}).json()["Records"]
        numbers = [int(record["dynamodb"]["SequenceNumber"]) for record in records]
        self.assertGreaterEqual(len(numbers), 5)
        self.assertEqual(numbers, sorted(set(numbers)))

    def test_logs_are_told_by_time(self):
        """CloudWatch Logs orders events by their time, and those are the clock's: none is lost for that."""
        group = "/aws/lambda/voting-service-sqs-publish-function"
        before = len(self._events(group))
        votes = 0
        for offset_s in (86_400, 0, -86_400):
            self.set_clock(offset_s)
            self.bystander.vote()
            votes += 1
        events = self._events(group)
        self.assertGreaterEqual(len(events) - before, 3 * votes)
        times = [event["timestamp"] for event in events]
        self.assertEqual(times, sorted(times))

    def _events(self, group):
        events, token = [], None
        while True:
            members = {"logGroupName": group, **({"nextToken": token} if token else {})}
            page = self.aws("logs", "FilterLogEvents", members).json()
            events += page["events"]
            token = page.get("nextToken")
            if not token:
                return events

    def test_credentials_end_by_the_clock(self):
        """An hour after the machine's time, which clients compare with their own."""
        config = self.ask(clients.http("GET", "/_votemu/config.json")).json()
        pool = {"IdentityPoolId": config["identityPoolId"]}
        identity = {"IdentityId": self.aws("cognito-identity", "GetId", pool).json()["IdentityId"]}
        for offset_s in self.each_time():
            issued = self.aws("cognito-identity", "GetCredentialsForIdentity", identity).json()["Credentials"]
            self.assertAlmostEqual(issued["Expiration"], time.time() + offset_s + 3600, delta=60)
