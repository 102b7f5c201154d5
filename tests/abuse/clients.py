"""Clients that write whatever they like: bytes over a socket, WebSocket frames, MQTT packets."""

import base64
import json
import os
import socket
import struct
import time

GIVE_UP_S = 120  # which only ends a test that fails


class Closed(Exception):
    """The other side ended the connection."""


class Wire:
    """One TCP connection. What is not an answer in time fails the test that waits for it."""

    def __init__(self, port, *, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(GIVE_UP_S)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.input = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (ConnectionResetError, BrokenPipeError) as error:
            raise Closed() from error

    def flood(self, piece, at_most):
        """Sends copies of `piece` until the other side takes no more, or `at_most` bytes have left. How many."""
        sent = 0
        self.socket.settimeout(0)
        try:
            while sent < at_most:
                try:
                    sent += self.socket.send(piece[sent % len(piece) :])
                except BlockingIOError:
                    return sent
                except (ConnectionResetError, BrokenPipeError) as error:
                    raise Closed() from error
            return sent
        finally:
            self.socket.settimeout(GIVE_UP_S)

    def receive(self):
        """What has come, or comes next; Closed at the end."""
        try:
            data = self.socket.recv(1 << 16)
        except ConnectionResetError as error:
            raise Closed() from error
        if not data:
            raise Closed()
        self.input += data

    def take(self, size):
        while len(self.input) < size:
            self.receive()
        taken = bytes(self.input[:size])
        del self.input[:size]
        return taken

    def rest(self):
        """All that comes until the other side closes."""
        try:
            while True:
                self.receive()
        except Closed:
            return self.input

    def half_close(self):
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self):
        """Goes without a word, and without having read."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self):
        self.socket.close()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"

    def json(self):
        return json.loads(self.body)


class Http(Wire):
    """Requests as bytes, answers as they should be read."""

    def answer(self, head=False):
        while b"\r\n\r\n" not in self.input:
            self.receive()
        header = self.take(self.input.index(b"\r\n\r\n") + 4)
        status_line, *fields = header[:-4].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
        status = int(status_line.split(" ")[1])
        size = 0 if head or status in (100, 101, 204, 304) else int(headers["content-length"])
        return Answer(status, headers, self.take(size))

    def ask(self, *request, **more):
        self.send(http(*request, **more))
        return self.answer()


def http(method, target, body=b"", headers=()):
    """One request. `headers`: pairs; Host and Content-Length are added."""
    as_bytes = lambda text: text if isinstance(text, bytes) else text.encode()
    lines = [b"%s %s HTTP/1.1" % (as_bytes(method), as_bytes(target)), b"Host: localhost"]
    lines += [b"%s: %s" % (as_bytes(name), as_bytes(value)) for name, value in headers]
    lines += [b"Content-Length: %d" % len(body)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + as_bytes(body)


def vote(candidate):
    return http("POST", "/dev/votes", json.dumps({"id": candidate}).encode())


AWS_JSON = {
    "dynamodb": ("DynamoDB_20120810", "1.0"),
    "streams.dynamodb": ("DynamoDBStreams_20120810", "1.0"),
    "sqs": ("AmazonSQS", "1.0"),
    "logs": ("Logs_20140328", "1.1"),
    "cognito-identity": ("AWSCognitoIdentityService", "1.1"),
    "cognito-idp": ("AWSCognitoIdentityProviderService", "1.1"),
}


def credential(service):
    return (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
        + service
        + "/aws4_request, SignedHeaders=host, Signature=00",
    )


def aws(service, operation, members):
    """A call in AWS JSON. `members`: what is to be sent, or the text of it."""
    prefix, version = AWS_JSON[service]
    body = members if isinstance(members, bytes) else json.dumps(members).encode()
    return http(
        "POST",
        "/",
        body,
        [("X-Amz-Target", f"{prefix}.{operation}"), ("Content-Type", f"application/x-amz-json-{version}")],
    )


def query(service, action, **parameters):
    """A call in the Query protocol."""
    from urllib.parse import urlencode

    return http(
        "POST",
        "/",
        urlencode({"Action": action, **parameters}).encode(),
        [("Content-Type", "application/x-www-form-urlencoded"), credential(service)],
    )


# ---- WebSocket -----------------------------------------------------------------------------------

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10

HANDSHAKE = (
    b"GET /mqtt HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Protocol: mqtt\r\n"
)


def frame(opcode, payload=b"", final=True, reserved=0, masked=True, length=None):
    """One frame of a client. `length`: what the header says instead of the truth."""
    size = len(payload) if length is None else length
    head = bytes([(0x80 if final else 0) | reserved << 4 | opcode])
    mask_bit = 0x80 if masked else 0
    if size < 126:
        head += bytes([mask_bit | size])
    elif size < 1 << 16:
        head += bytes([mask_bit | 126]) + struct.pack(">H", size)
    else:
        head += bytes([mask_bit | 127]) + struct.pack(">Q", size)
    return head + (b"\0\0\0\0" if masked else b"") + payload


class WebSocket(Http):
    def __init__(self, port, handshake=HANDSHAKE, **more):
        super().__init__(port, **more)
        self.send(handshake + b"\r\n")
        self.opened = self.answer()
        if self.opened.status != 101:
            self.close()
            raise Closed(repr(self.opened))

    def next_frame(self):
        """(opcode, payload)"""
        first, size = self.take(2)
        if size == 126:
            (size,) = struct.unpack(">H", self.take(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", self.take(8))
        return first & 15, self.take(size)

    def close_code(self):
        """The code with which the other side closes, whatever comes before; None when it just ends."""
        try:
            while True:
                opcode, payload = self.next_frame()
                if opcode == CLOSE:
                    return struct.unpack(">H", payload[:2])[0]
        except Closed:
            return None


# ---- MQTT ----------------------------------------------------------------------------------------

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK = 1, 2, 3, 4, 8, 9, 10, 11
PINGREQ, PINGRESP, DISCONNECT = 12, 13, 14


def varint(number):
    out = b""
    while True:
        number, low = divmod(number, 128)
        out += bytes([low | (0x80 if number else 0)])
        if not number:
            return out


def text(value):
    value = value if isinstance(value, bytes) else value.encode()
    return struct.pack(">H", len(value)) + value


def packet(kind, body=b"", flags=0, length=None):
    return bytes([kind << 4 | flags]) + varint(len(body) if length is None else length) + body


def connect(client_id, *, clean=True, version=4, keep_alive=0, properties=b""):
    body = text("MQTT") + bytes([version, 2 if clean else 0]) + struct.pack(">H", keep_alive)
    if version == 5:
        body += varint(len(properties)) + properties
    return packet(CONNECT, body + text(client_id))


def subscribe(*filters, packet_id=1, qos=0):
    return packet(SUBSCRIBE, struct.pack(">H", packet_id) + b"".join(text(f) + bytes([qos]) for f in filters), 2)


def publish(topic, payload=b"", *, qos=0, packet_id=1, retain=False):
    identifier = struct.pack(">H", packet_id) if qos else b""
    return packet(PUBLISH, text(topic) + identifier + payload, qos << 1 | retain)


class Mqtt(WebSocket):
    """MQTT 3.1.1 over WebSocket. Connected once constructed, unless `client_id` is None."""

    def __init__(self, port, client_id="", **more):
        receive_buffer = more.pop("receive_buffer", None)
        super().__init__(port, receive_buffer=receive_buffer)
        self.stream = b""
        if client_id is not None:
            self.say(connect(client_id or "abuse-" + base64.b32encode(os.urandom(10)).decode(), **more))
            self.expect(CONNACK)

    def say(self, data):
        self.send(frame(BINARY, data))

    def _fill(self):
        opcode, payload = self.next_frame()
        if opcode == BINARY:
            self.stream += payload
        if opcode == CLOSE:
            raise Closed()

    def next_packet(self):
        """(kind, flags, body)"""
        while True:
            size, shift, at = 0, 0, 1
            while at < len(self.stream):
                byte = self.stream[at]
                size |= (byte & 127) << shift
                shift, at = shift + 7, at + 1
                if not byte & 128:
                    if len(self.stream) < at + size:
                        break
                    first, body = self.stream[0], self.stream[at : at + size]
                    self.stream = self.stream[at + size :]
                    return first >> 4, first & 15, body
            self._fill()

    def expect(self, kind):
        """The next packet of this kind; others are passed over."""
        while True:
            found, _, body = self.next_packet()
            if found == kind:
                return body

    def subscribe(self, *filters, qos=0):
        self.say(subscribe(*filters, qos=qos))
        return self.expect(SUBACK)

    def next_message(self):
        """(topic, payload) of QoS 0."""
        body = self.expect(PUBLISH)
        (size,) = struct.unpack(">H", body[:2])
        return body[2 : 2 + size].decode(), body[2 + size :]


def until(condition, what):
    """Asks again and again; the bound only ends a test that fails."""
    give_up = time.monotonic() + GIVE_UP_S
    while not condition():
        if time.monotonic() > give_up:
            raise AssertionError(f"{what} did not happen")
