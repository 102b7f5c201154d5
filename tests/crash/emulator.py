"""What the crash tests ask of a votemu: votes, totals, queues, objects, and what a subscriber is told."""

import base64
import contextlib
import http.client
import json
import os
import socket
import struct
import threading

TOPIC = "votes"
ANSWER_WITHIN_S = 60
BUCKET = "/uploads"
PUBLISHER = "voting-service-sqs-publish-function"


def signed_for(service):
    return (f"AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{service}/aws4_request, "
            "SignedHeaders=host, Signature=0")


class Api:
    """One connection to a votemu's port."""

    def __init__(self, port):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_WITHIN_S)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.close()

    def vote(self, candidate):
        """The answer's status. Raises OSError or HTTPException when there is none."""
        self.http.request("POST", "/dev/votes", json.dumps({"id": candidate}))
        with self.http.getresponse() as response:
            response.read()
            return response.status

    def invoke(self, candidate):
        """A vote by an event that the function behind the API gets from its client; the answer's status."""
        event = {"httpMethod": "POST", "body": json.dumps({"id": candidate})}
        self.http.request("POST", f"/2015-03-31/functions/{PUBLISHER}/invocations", json.dumps(event),
                          {"X-Amz-Invocation-Type": "Event", "Authorization": signed_for("lambda")})
        with self.http.getresponse() as response:
            response.read()
            return response.status

    def call(self, target, **parameters):
        self.http.request("POST", "/", json.dumps(parameters),
                          {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.0",
                           "Authorization": signed_for("any")})
        with self.http.getresponse() as response:
            body = response.read()
        if response.status != 200:
            raise AssertionError(f"{target} was answered with {response.status}: {body.decode()}")
        return json.loads(body) if body else {}

    def make_bucket(self):
        status, _ = self._object("PUT", BUCKET)
        assert status == 200, status

    def upload(self, name, content):
        """The answer's status. Raises OSError or HTTPException when there is none."""
        return self._object("PUT", f"{BUCKET}/{name}", content)[0]

    def uploaded(self, name):
        """None when there is no such object."""
        status, content = self._object("GET", f"{BUCKET}/{name}")
        assert status in (200, 404), status
        return content if status == 200 else None

    def _object(self, method, path, content=None):
        self.http.request(method, path, content, {"Authorization": signed_for("s3")})
        with self.http.getresponse() as response:
            return response.status, response.read()

    def totals(self):
        """{candidate: votes} of the whole table."""
        table = self.call("DynamoDB_20120810.ListTables")["TableNames"][0]
        found, position = {}, {}
        while True:
            page = self.call("DynamoDB_20120810.Scan", TableName=table, **position)
            found.update({item["PK"]["S"]: int(item["votes"]["N"]) for item in page["Items"]})
            if "LastEvaluatedKey" not in page:
                return found
            position = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def queued(self):
        """How many messages are in all queues together, dead-letter queues too: waiting, received or delayed."""
        names = [f"ApproximateNumberOfMessages{state}" for state in ("", "NotVisible", "Delayed")]
        urls = self.call("AmazonSQS.ListQueues")["QueueUrls"]
        assert len(urls) == 2, urls
        return sum(int(count) for url in urls for count in
                   self.call("AmazonSQS.GetQueueAttributes", QueueUrl=url,
                             AttributeNames=names)["Attributes"].values())


class Subscriber:
    """Hears the totals that votemu publishes, over MQTT 3.1.1 in a WebSocket, until the connection ends.

    `heard(candidate, total)` is called for each, in its own thread.
    """

    def __init__(self, port, heard):
        self.heard = heard
        self.socket = socket.create_connection(("127.0.0.1", port), ANSWER_WITHIN_S)
        self.file = self.socket.makefile("rb")
        self.buffer = b""
        self._open_websocket(port)
        self._send(0x10, text(b"MQTT") + b"\x04\x02\x00\x00" + text(f"crash-{port}".encode()))
        self._expect(0x20)
        self._send(0x82, b"\x00\x01" + text(TOPIC.encode()) + b"\x00")
        self._expect(0x90)
        self.socket.settimeout(None)
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def close(self):
        """Waits until it has heard what was sent to it; the other side is gone or goes now."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
        self.thread.join(ANSWER_WITHIN_S)
        assert not self.thread.is_alive()
        self.file.close()
        self.socket.close()

    def _open_websocket(self, port):
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /mqtt HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Protocol: mqtt\r\n\r\n").encode())
        status = self.file.readline()
        assert b" 101 " in status, status
        while self.file.readline() not in (b"\r\n", b""):
            pass

    def _send(self, kind, body):
        packet = bytes([kind, len(body)]) + body
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(packet))
        self.socket.sendall(bytes([0x82, 0x80 | len(packet)]) + mask + masked)

    def _expect(self, kind):
        packet_kind, body = self._packet()
        assert packet_kind == kind, (packet_kind, body)

    def _listen(self):
        with contextlib.suppress(OSError, EOFError):
            while True:
                kind, body = self._packet()
                if kind & 0xF0 != 0x30:
                    continue
                topic_bytes = struct.unpack_from("!H", body)[0]
                for item in json.loads(body[2 + topic_bytes:]):
                    self.heard(item["id"], int(item["votes"]))

    def _packet(self):
        kind, length, shift = self._bytes(1)[0], 0, 0
        while True:
            digit = self._bytes(1)[0]
            length |= (digit & 0x7F) << shift
            shift += 7
            if digit < 0x80:
                return kind, self._bytes(length)

    def _bytes(self, count):
        while len(self.buffer) < count:
            self._frame()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def _frame(self):
        head = self._read(2)
        length = head[1] & 0x7F
        if length == 126:
            length = struct.unpack("!H", self._read(2))[0]
        elif length == 127:
            length = struct.unpack("!Q", self._read(8))[0]
        payload = self._read(length)
        if head[0] & 0x0F in (0, 1, 2):
            self.buffer += payload

    def _read(self, count):
        data = self.file.read(count)
        if len(data) < count:
            raise EOFError
        return data


def text(data):
    return struct.pack("!H", len(data)) + data
