"""Out of descriptors: who is connected is served, who comes waits or takes the place of one that rests, and the store's
files are never short of any."""

from tests.abuse import clients
from tests.abuse.clients import Wire, aws, http
from tests.abuse.harness import AbuseTest


class FewDescriptors(AbuseTest):
    most_descriptors = 256  # of which the server takes half for connections

    def test_sockets_take_no_descriptor_of_the_stores(self):
        """With all connections there can be, a thousand rows of 100 KB: files are written, opened and merged."""
        table = {
            "TableName": "files",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "k", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "k", "KeyType": "HASH"}],
        }
        for _ in range(500):
            self._keep(Wire(self.port))
        self.bystander.reconnect()
        writer = self.http()
        writer.send(aws("dynamodb", "CreateTable", table))
        self.assertEqual(writer.answer().status, 200)
        for i in range(1000):
            writer.send(
                aws(
                    "dynamodb",
                    "PutItem",
                    {"TableName": "files", "Item": {"k": {"S": f"{i}"}, "v": {"S": f"{i}" * (100_000 // len(f"{i}"))}}},
                )
            )
            self.assertEqual(writer.answer().status, 200, i)
        self.assertLessEqual(self.server.open_descriptors(), 256)
        writer.send(aws("dynamodb", "GetItem", {"TableName": "files", "Key": {"k": {"S": "1"}}}))
        self.assertEqual(writer.answer().status, 200)

    def test_websockets_that_are_all_there_can_be_keep_their_places(self):
        """They do not give way; who comes then is closed at once, until one goes."""
        sockets = []
        try:
            for _ in range(300):
                sockets.append(self.mqtt())
        except clients.Closed:
            pass
        self.assertGreater(len(sockets), 50)
        self.assertLess(len(sockets), 128)
        for socket in sockets:
            socket.say(clients.packet(clients.PINGREQ))
            socket.expect(clients.PINGRESP)
        with clients.Http(self.port) as late:
            late.send(http("GET", "/dev/votes"))
            self.assertEqual(late.rest(), b"")
        for socket in sockets[:3]:
            socket.close()
        clients.until(self._is_served, "being served again")
        self.bystander.reconnect()

    def _is_served(self):
        try:
            self.ask(http("GET", "/dev/votes"))
            return True
        except clients.Closed:
            return False
