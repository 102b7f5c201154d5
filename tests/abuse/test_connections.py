"""Connections: many, slow, half done, never read, torn."""

from tests.abuse import clients
from tests.abuse.clients import Http, Wire, aws, http, vote
from tests.abuse.harness import MIB, MOST_DESCRIPTORS, AbuseTest, make_large_table

MANY = min(5000, MOST_DESCRIPTORS - 500)
# net::limits::max_held_bytes, and an answer of 16 MB while it is made and copied.
HELD_BOUND = 448 * MIB

HEAD = b"POST /dev/votes HTTP/1.1\r\nHost: localhost\r\n"


class Waiting(AbuseTest):
    """Clients that let the other side wait. That their time ends is for tests/unit/net/server_test.cpp to show."""

    def open_many(self, first, count=MANY):
        """So many connections, each of which has sent this."""
        for _ in range(count):
            connection = self._keep(Wire(self.port))
            if first:
                connection.send(first)
        self.bystander.vote()

    def test_5000_idle_connections_cost_2_kilobytes_each(self):
        self.peak_bound = MANY * 2048
        self.open_many(b"")
        self.expect_others_served()

    def test_5000_half_headers_cost_4_kilobytes_each(self):
        self.peak_bound = MANY * 4096
        self.open_many(HEAD + b"A: ")
        self.expect_others_served()

    def test_5000_bodies_that_were_only_announced_cost_nothing_of_them(self):
        self.peak_bound = MANY * 8192
        self.open_many(HEAD + b"Content-Length: 16000000\r\n\r\n{")
        self.expect_others_served()

    def test_a_byte_at_a_time_while_others_vote(self):
        """For each byte of the slow ones somebody else is served."""
        slow = [self._keep(Http(self.port)) for _ in range(50)]
        request = vote("slow")
        for at in range(len(request)):
            for connection in slow:
                connection.send(request[at : at + 1])
            self.bystander.vote()
        for connection in slow:
            self.assertEqual(connection.answer().status, 200)

    def test_large_headers_that_do_not_end_are_bounded_together(self):
        self.peak_bound = HELD_BOUND
        self.open_many(HEAD + b"A: " + b"x" * 60000)
        self.expect_others_served()

    def test_large_bodies_that_do_not_end_are_bounded_together(self):
        """Those that have not moved for longest are closed."""
        self.peak_bound = HELD_BOUND
        body = b"x" * MIB
        first = self.http()
        first.send(HEAD + b"Content-Length: 16000000\r\n\r\n" + body)
        for _ in range(500):
            connection = self._keep(Wire(self.port))
            connection.send(HEAD + b"Content-Length: 16000000\r\n\r\n" + body)
        self.assertEqual(first.rest(), b"")
        self.expect_others_served()

    def test_1000_half_tls_handshakes_are_kept_cheaply(self):
        self.open_many(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 1000)
        self.expect_others_served()

    def test_2000_half_websocket_handshakes(self):
        self.open_many(clients.HANDSHAKE, 2000)
        self.expect_others_served()


class NotReading(AbuseTest):
    """Clients that ask and do not take the answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_large_table(cls.port, "large", 45)

    def test_1000_large_answers_asked_for_at_once_are_made_as_they_are_read(self):
        connection = self._keep(Http(self.port, receive_buffer=4096))
        connection.send(aws("dynamodb", "Scan", {"TableName": "large"}) * 1000)
        self.expect_others_served()
        for _ in range(20):
            self.assertEqual(connection.answer().status, 200)
            self.bystander.vote()

    def test_answers_that_nobody_reads_are_bounded_together(self):
        """40 of 16 MB: those who have not read for longest lose theirs."""
        self.peak_bound = HELD_BOUND
        keys = [{"k": {"S": str(i)}} for i in range(45)]
        for _ in range(40):
            connection = self._keep(Wire(self.port, receive_buffer=4096))
            connection.send(aws("dynamodb", "BatchGetItem", {"RequestItems": {"large": {"Keys": keys}}}))
        self.expect_others_served()

    def test_a_client_that_reads_a_byte_at_a_time_gets_its_answer(self):
        connection = self._keep(Http(self.port, receive_buffer=4096))
        connection.send(aws("dynamodb", "Scan", {"TableName": "large"}))
        for _ in range(200):
            connection.input += connection.socket.recv(1)
            self.bystander.vote()
        self.assertEqual(connection.answer().status, 200)

    def test_requests_ahead_of_one_that_waits_are_read_no_further_than_a_bound(self):
        """256 KiB of them: the rest waits in the sockets."""
        url = self.aws("sqs", "CreateQueue", {"QueueName": "waiting"}).json()["QueueUrl"]
        ahead = http("GET", "/dev/nowhere", headers=[("A", "x" * 8000)])
        for _ in range(50):
            connection = self._keep(Http(self.port))
            connection.send(aws("sqs", "ReceiveMessage", {"QueueUrl": url, "WaitTimeSeconds": 20}))
            connection.flood(ahead, 8 * MIB)
        self.expect_others_served()
        self.aws("sqs", "DeleteQueue", {"QueueUrl": url})
        for connection in self.opened:
            self.assertEqual(connection.answer().status, 400)
            self.assertEqual(connection.answer().status, 403)
            connection.close()


class Torn(AbuseTest):
    """Clients that go in the midst of it."""

    def test_resets_at_every_byte_of_a_vote(self):
        """A vote that came whole is counted, one that did not is not."""
        request = vote("torn")
        for at in range(len(request)):
            connection = Wire(self.port)
            connection.send(request[:at])
            connection.reset()
        self.expect_others_served()
        totals = self.ask(http("GET", "/dev/votes")).json()
        self.assertNotIn("torn", [total["PK"] for total in totals])

    def test_resets_in_a_websocket_at_every_byte(self):
        stream = clients.HANDSHAKE + b"\r\n" + clients.frame(clients.BINARY, clients.connect("torn"))
        for at in range(len(stream)):
            connection = Wire(self.port)
            connection.send(stream[:at])
            connection.reset()
        self.expect_others_served()

    def test_resets_under_a_long_poll(self):
        """Whoever is gone receives nothing: the message is there for the next."""
        url = self.aws("sqs", "CreateQueue", {"QueueName": "torn"}).json()["QueueUrl"]
        for _ in range(200):
            connection = Wire(self.port)
            connection.send(aws("sqs", "ReceiveMessage", {"QueueUrl": url, "WaitTimeSeconds": 20}))
            connection.reset()
        self.expect_others_served()
        self.expect_descriptors_back()
        self.aws("sqs", "SendMessage", {"QueueUrl": url, "MessageBody": "whole"})
        answer = self.aws("sqs", "ReceiveMessage", {"QueueUrl": url}).json()
        self.assertEqual([message["Body"] for message in answer["Messages"]], ["whole"])

    def test_30000_connections_that_come_and_go(self):
        for _ in range(30):
            for _ in range(1000):
                Wire(self.port).reset()
            self.bystander.vote()


class TooMany(AbuseTest):
    """More connections than there may be: those that rest longest give way to those that come."""

    most_descriptors = 300  # of which 150 are for connections

    def test_everyone_new_is_served(self):
        for _ in range(2000):
            self._keep(Wire(self.port))
        self.bystander.reconnect()
        self.expect_others_served()

    def test_half_requests_give_way_too(self):
        for _ in range(1000):
            self._keep(Wire(self.port)).send(HEAD)
        self.bystander.reconnect()
        self.expect_others_served()
