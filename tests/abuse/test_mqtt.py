"""MQTT packets that lie about their length, and more of everything than there may be."""

import struct

from tests.abuse import clients
from tests.abuse.clients import (
    BINARY,
    CONNACK,
    CONNECT,
    PUBLISH,
    Closed,
    connect,
    frame,
    packet,
    publish,
    subscribe,
    text,
)
from tests.abuse.harness import MIB, AbuseTest

NORMAL = 1000


class Packets(AbuseTest):
    """AWS IoT ends the connection at what MQTT or its limits forbid."""

    def expect_end(self, data, client_id=""):
        socket = clients.Mqtt(self.port, client_id)
        try:
            socket.say(data)
            self.assertEqual(socket.close_code(), NORMAL, data[:40])
        finally:
            socket.close()

    def test_a_length_of_five_bytes_ends_it(self):
        for first in (b"\x30", b"\x10", b"\xc0"):
            self.expect_end(first + b"\xff\xff\xff\xff\x01", None)
            self.expect_end(first + b"\xff\xff\xff\xff\x01")

    def test_a_length_of_256_MB_ends_it_before_a_byte_has_come(self):
        self.expect_end(b"\x30\xff\xff\xff\x7f")
        self.expect_end(b"\x10\xff\xff\xff\x7f", None)

    def test_less_than_there_is_ends_it(self):
        body = connect("lies")[2:]
        for length in range(len(body)):
            self.expect_end(packet(CONNECT, body, length=length), None)

    def test_more_than_there_is_waits_and_costs_what_has_come(self):
        self.peak_bound = 40 * MIB
        for _ in range(100):
            self.mqtt().say(publish("t", b"x" * 130_000)[:-1])
        self.expect_others_served()

    def test_packets_that_do_not_end_are_bounded_together(self):
        """As requests over HTTP are: those that have not moved for longest are closed."""
        self.peak_bound = 448 * MIB
        for _ in range(2500):
            self.mqtt().say(publish("t", b"x" * 130_000)[:-1])
        self.expect_others_served()

    def test_fields_that_end_behind_the_packet_end_it(self):
        self.expect_end(packet(PUBLISH, b"\xff\xffab"))
        self.expect_end(packet(PUBLISH, text("t"), 2))  # no packet identifier
        self.expect_end(packet(clients.SUBSCRIBE, b"\0\1\0\5ab", 2))
        self.expect_end(packet(CONNECT, text("MQTT") + b"\4\xee\0\0" + text("x")), None)
        self.expect_end(packet(clients.SUBSCRIBE, b"\0\1", 2))

    def test_invalid_utf8_ends_it(self):
        for name in (b"\xff\xfe", b"a\0b", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"ab\xc3"):
            self.expect_end(publish(name, b"x"))
            self.expect_end(subscribe(name))
            self.expect_end(connect(name), None)

    def test_topics_that_are_none_end_it(self):
        for name in ("", "a/#", "+/a", "x" * 257, "/" * 8, "a/" * 127 + "a"):
            self.expect_end(publish(name, b"x"))
        for name in ("", "a#", "#/a", "a+/b", "x" * 257, "+/" * 127 + "+"):
            self.expect_end(subscribe(name))

    def test_packets_out_of_place_end_it(self):
        for data in (
            connect("again"),
            packet(CONNACK, b"\0\0"),
            packet(0),
            packet(15),
            packet(PUBLISH, text("t"), 6),
            packet(clients.PINGREQ, flags=1),
        ):
            self.expect_end(data)
        for data in (publish("votes", b"x"), subscribe("votes"), packet(clients.PINGREQ), b"GET / HTTP/1.1\r\n\r\n"):
            self.expect_end(data, None)

    def test_a_payload_over_128_KiB_ends_it(self):
        self.expect_end(publish("t", b"x" * 131_073))

    def test_a_client_identifier_over_128_bytes_is_refused(self):
        socket = self.mqtt(None)
        socket.say(connect("x" * 65_535))
        self.assertEqual(socket.expect(CONNACK), b"\0\2")

    def test_user_properties_over_8_KiB_are_refused(self):
        """0x97, quota exceeded."""
        socket = self.mqtt(None)
        socket.say(connect("x", version=5, properties=b"\x26\0\1a\0\1b" * 10_000))
        self.assertEqual(socket.expect(CONNACK)[1], 0x97)

    def test_a_payload_is_only_bytes(self):
        """Deep JSON, no JSON, no text: whoever subscribed gets it as it is."""
        watcher = self.mqtt()
        watcher.subscribe("payloads")
        for payload in (b"[" * 100_000, b'{"a":' * 20_000, b"\xff\xfe\0", b"1e999999999"):
            self.mqtt().say(publish("payloads", payload))
            self.assertEqual(watcher.next_message(), ("payloads", payload))

    def test_a_payload_that_is_no_vote_is_nothing_to_the_application(self):
        self.mqtt().say(publish("elsewhere", b"[" * 100_000))


class Floods(AbuseTest):
    def test_the_51st_subscription_ends_the_connection(self):
        """AWS: 50 for each connection."""
        socket = self.mqtt()
        for i in range(6):
            socket.subscribe(*[f"t/{i}/{j}" for j in range(8)])
        socket.say(subscribe("t/x", "t/y", "t/z"))
        try:
            self.assertIn(0x80, socket.expect(clients.SUBACK)[2:])
        except Closed:
            pass

    def test_50000_wildcard_subscriptions_are_matched_at_once(self):
        sockets = []
        for i in range(1000):
            socket = self.mqtt()
            for part in range(6):
                socket.subscribe(*[f"{'+/' * (j % 5)}{i}/{part}/{j}/#" for j in range(8)])
            sockets.append(socket)
        publisher = self.mqtt()
        publisher.say(b"".join(publish("1/2/3/4/5/6/7/8", b"x") for _ in range(1000)) + packet(clients.PINGREQ))
        publisher.expect(clients.PINGRESP)
        self.expect_others_served()

    def test_2000_connections_of_one_client_leave_the_last(self):
        """AWS: the connection that was there is closed."""
        for _ in range(2000):
            last = self.mqtt("one")
        self.expect_others_served()
        last.say(packet(clients.PINGREQ))
        last.expect(clients.PINGRESP)
        self.assertEqual(self.opened[0].close_code(), NORMAL)
        self.expect_descriptors_back_but(1)

    def expect_descriptors_back_but(self, more):
        for connection in self.opened[:-more]:
            connection.close()
        self.open_before += more
        self.expect_descriptors_back()
        self.open_before -= more

    def test_3000_sessions_away_leave_the_last_1000(self):
        """limits::max_sessions_away. What waits for them is bounded too: 64 MiB, then it is dropped."""
        for i in range(3000):
            with clients.Mqtt(self.port, f"away-{i}", clean=False) as socket:
                socket.subscribe("away", qos=1)
        publisher = self.mqtt()
        for i in range(800):
            publisher.say(publish("away", b"x" * 100_000, qos=1, packet_id=1 + i))
            publisher.expect(clients.PUBACK)
        self.expect_others_served()
        with clients.Mqtt(self.port, None) as first:
            first.say(connect("away-0", clean=False))
            self.assertEqual(first.expect(CONNACK)[0], 0)
        with clients.Mqtt(self.port, None) as last:
            last.say(connect("away-2999", clean=False))
            self.assertEqual(last.expect(CONNACK)[0], 1)

    def test_20000_retained_messages_are_on_disk(self):
        publisher = self.mqtt()
        for i in range(200):
            publisher.say(b"".join(publish(f"kept/{i}/{j}", b"x" * 1000, retain=True) for j in range(100)))
        publisher.say(packet(clients.PINGREQ))
        publisher.expect(clients.PINGRESP)
        self.expect_others_served()
        reader = self.mqtt()
        reader.subscribe("kept/199/99")
        self.assertEqual(reader.next_message(), ("kept/199/99", b"x" * 1000))

    def test_subscribers_that_acknowledge_nothing_hold_up_nobody(self):
        """100 in flight each, then 8 MiB that wait, then the end."""
        sockets = [self.mqtt(f"silent-{i}", clean=False) for i in range(100)]
        for socket in sockets:
            socket.subscribe("silent", qos=1)
        publisher = self.mqtt()
        for i in range(300):
            publisher.say(publish("silent", b"x" * 100_000, qos=1, packet_id=1 + i))
            publisher.expect(clients.PUBACK)
        self.expect_others_served()

    def test_subscribers_that_do_not_read_hold_up_nobody(self):
        """One that is 8 MiB behind is disconnected; the packets are shared, whoever they are for."""
        readers = [self.mqtt(receive_buffer=4096) for _ in range(200)]
        for reader in readers:
            reader.subscribe("fan")
        watcher, publisher = self.mqtt(), self.mqtt()
        watcher.subscribe("fan")
        for _ in range(300):
            publisher.say(publish("fan", b"x" * 100_000))
            self.assertEqual(len(watcher.next_message()[1]), 100_000)
        self.expect_others_served()

    def test_a_subscriber_that_reads_a_byte_at_a_time_gets_what_it_reads(self):
        slow = self._keep(clients.Mqtt(self.port, receive_buffer=4096))
        slow.subscribe("fan")
        publisher = self.mqtt()
        publisher.say(publish("fan", b"first"))
        for _ in range(20):
            publisher.say(publish("fan", b"x" * 100_000))
        while len(slow.input) < 20:
            slow.input += slow.socket.recv(1)
            self.bystander.vote()
        self.assertEqual(slow.next_message(), ("fan", b"first"))

    def test_publishes_in_flight_beyond_receive_maximum_end_the_connection_or_are_served(self):
        """1,000 QoS 1 publishes at once from one that never reads its PUBACKs."""
        silent = self._keep(clients.Mqtt(self.port, receive_buffer=4096))
        for i in range(1000):
            try:
                silent.say(publish("flight", b"x" * 1000, qos=1, packet_id=1 + i))
            except Closed:
                break
        self.expect_others_served()

    def test_will_storms_are_messages(self):
        """1,000 connections that end without a word, each with a last will to the same topic."""
        watcher = self.mqtt()
        watcher.subscribe("wills")
        body = text("MQTT") + b"\4\6\0\0"
        for i in range(1000):
            socket = clients.Mqtt(self.port, None)
            socket.say(packet(CONNECT, body + text(f"dying-{i}") + text("wills") + struct.pack(">H", 1) + b"x"))
            socket.expect(CONNACK)
            socket.reset()
        for _ in range(1000):
            self.assertEqual(watcher.next_message(), ("wills", b"x"))

    def test_packets_cut_into_frames_of_a_byte(self):
        socket = self.mqtt()
        stream = subscribe("cut") + publish("cut", b"whole")
        socket.send(b"".join(frame(BINARY, stream[at : at + 1]) for at in range(len(stream))))
        self.assertEqual(socket.next_message(), ("cut", b"whole"))
