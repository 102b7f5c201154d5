"""WebSockets that are none, or never end."""

from tests.abuse import clients
from tests.abuse.clients import BINARY, CLOSE, CONTINUATION, HANDSHAKE, PING, TEXT, frame
from tests.abuse.harness import MIB, AbuseTest

NORMAL, PROTOCOL_ERROR, UNSUPPORTED_DATA, TOO_BIG = 1000, 1002, 1003, 1009


class Frames(AbuseTest):
    """What is no frame closes with the code of RFC 6455, section 7.4.1."""

    def expect_close(self, code, *frames):
        socket = clients.WebSocket(self.port)
        try:
            socket.send(b"".join(frames))
            self.assertEqual(socket.close_code(), code)
        finally:
            socket.close()

    def test_an_unmasked_frame_is_1002(self):
        self.expect_close(PROTOCOL_ERROR, frame(BINARY, b"x", masked=False))

    def test_a_reserved_bit_is_1002(self):
        for bits in range(1, 8):
            self.expect_close(PROTOCOL_ERROR, frame(BINARY, b"x", reserved=bits))

    def test_an_unknown_opcode_is_1002(self):
        for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
            self.expect_close(PROTOCOL_ERROR, frame(opcode, b"x"))

    def test_a_length_of_2_to_the_63_is_1009(self):
        """Before a byte of it has come."""
        for length in (16 * MIB + 1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1):
            self.expect_close(TOO_BIG, frame(BINARY, b"", length=length))

    def test_a_length_that_is_longer_than_it_needs_to_be_is_1002(self):
        self.expect_close(PROTOCOL_ERROR, b"\x82\xff" + b"\0" * 7 + b"\x01" + b"\0" * 4 + b"x")
        self.expect_close(PROTOCOL_ERROR, b"\x82\xfe\x00\x01" + b"\0" * 4 + b"x")

    def test_a_control_frame_over_125_bytes_is_1002(self):
        self.expect_close(PROTOCOL_ERROR, frame(PING, b"x" * 126))
        self.expect_close(PROTOCOL_ERROR, frame(CLOSE, b"\x03\xe8" + b"x" * 124))

    def test_a_control_frame_in_pieces_is_1002(self):
        self.expect_close(PROTOCOL_ERROR, frame(PING, b"x", final=False))

    def test_a_message_in_a_message_is_1002(self):
        self.expect_close(PROTOCOL_ERROR, frame(BINARY, b"\x10", final=False), frame(BINARY, b"x"))
        self.expect_close(PROTOCOL_ERROR, frame(CONTINUATION, b"x"))

    def test_text_is_1003(self):
        self.expect_close(UNSUPPORTED_DATA, frame(TEXT, b"hello"))
        self.expect_close(UNSUPPORTED_DATA, frame(TEXT, b"\xff\xfe"))

    def test_a_close_that_says_nonsense_is_1002(self):
        for payload in (b"x", b"\x03\xe7", b"\x03\xed", b"\xff", b"\x03\xe8\xff\xfe", b"\0\0"):
            self.expect_close(PROTOCOL_ERROR, frame(CLOSE, payload))

    def test_compression_is_not_taken(self):
        socket = self.websocket(HANDSHAKE + b"Sec-WebSocket-Extensions: permessage-deflate\r\n")
        self.assertNotIn("sec-websocket-extensions", socket.opened.headers)
        socket.send(frame(BINARY, b"\xca\x48\xcd\xc9\xc9\x07\x00", reserved=4))
        self.assertEqual(socket.close_code(), PROTOCOL_ERROR)


class Handshakes(AbuseTest):
    def expect_refusal(self, status, handshake):
        with clients.Http(self.port) as connection:
            connection.send(handshake + b"\r\n")
            self.assertEqual(connection.answer().status, status)
            self.assertEqual(connection.rest(), b"")

    def test_what_is_no_handshake_is_400(self):
        key = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        self.expect_refusal(400, HANDSHAKE.replace(key, b"A: b"))
        self.expect_refusal(400, HANDSHAKE.replace(key, b"Sec-WebSocket-Key: " + b"x" * 60000))
        self.expect_refusal(426, HANDSHAKE.replace(b"Version: 13", b"Version: 8"))
        self.expect_refusal(404, HANDSHAKE.replace(b"/mqtt", b"/nowhere"))

    def test_a_handshake_behind_a_request_that_waits_is_400(self):
        with clients.Http(self.port) as connection:
            connection.send(clients.http("GET", "/dev/votes") + HANDSHAKE + b"\r\n")
            self.assertEqual(connection.answer().status, 200)
            self.assertEqual(connection.answer().status, 400)


class WithoutEnd(AbuseTest):
    def test_a_million_empty_continuations_keep_nothing(self):
        """They say nothing, so nothing is answered: the socket is as it was."""
        socket = self.mqtt()
        packet = clients.packet(clients.PINGREQ)
        socket.send(frame(BINARY, packet[:1], final=False))
        piece = frame(CONTINUATION, final=False) * 10_000
        for _ in range(100):
            socket.send(piece)
        self.expect_others_served()
        socket.send(frame(CONTINUATION, packet[1:]))
        socket.expect(clients.PINGRESP)

    def test_a_million_continuations_of_a_byte_are_the_packets_that_they_carry(self):
        socket = self.mqtt()
        pings = 500_000
        stream = clients.packet(clients.PINGREQ) * pings
        socket.send(frame(BINARY, final=False))
        pieces = b"".join(frame(CONTINUATION, stream[at : at + 1], final=False) for at in range(1000))
        answered = 0
        for _ in range(2 * pings // 1000):
            socket.send(pieces)
            for _ in range(500):
                socket.expect(clients.PINGRESP)
                answered += 1
        self.assertEqual(answered, pings)

    def test_a_message_of_16_MiB_in_pieces_is_1009_at_the_next_byte(self):
        socket = self.mqtt()
        packet = clients.publish("t", b"x" * (65536 - 7))
        socket.send(frame(BINARY, final=False))
        for _ in range(16 * MIB // len(packet)):
            socket.send(frame(CONTINUATION, packet, final=False))
        self.expect_others_served()
        socket.send(frame(CONTINUATION, b"x"))
        self.assertEqual(socket.close_code(), TOO_BIG)

    def test_a_flood_of_pings_that_are_not_read_keeps_one_pong(self):
        """RFC 6455, 5.5.3: only the latest has to be answered."""
        socket = self._keep(clients.WebSocket(self.port, receive_buffer=4096))
        pings = frame(PING, b"x" * 125) * 1000
        for _ in range(200):
            socket.send(pings)
        self.expect_others_served()

    def test_a_close_that_is_never_answered_ends_after_its_grace(self):
        """2 s (tests/unit/net/websocket_session_test.cpp): here, that many such do not hold others up."""
        for _ in range(500):
            socket = self.websocket()
            socket.send(frame(TEXT, b"x"))
        self.expect_others_served()
        self.expect_descriptors_back()

    def test_silence_after_the_handshake(self):
        """10 s until the CONNECT (tests/unit/iot/connect_test.cpp): 2,000 that wait cost 8 KB each."""
        self.peak_bound = 2000 * 8192
        for _ in range(2000):
            self.websocket()
        self.expect_others_served()
