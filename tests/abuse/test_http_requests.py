"""Requests that are no requests, or two, or one without end."""

from tests.abuse.clients import Closed, Http, http, vote
from tests.abuse.harness import MIB, AbuseTest

HOST = b"Host: localhost\r\n"
AT_MOST = 200 * MIB  # 16 MiB of body in chunks of a byte are 96 MiB
VOTE = b'{"id":"smuggled"}'


def post(fields, body=VOTE, line=b"POST /dev/votes HTTP/1.1\r\n"):
    return line + HOST + fields + b"\r\n" + body


def chunked(body, fields=b"Transfer-Encoding: chunked\r\n"):
    return post(fields, body)


WHOLE = b"11\r\n" + VOTE + b"\r\n0\r\n\r\n"


class Smuggling(AbuseTest):
    """Where two readers of the same bytes could find different requests: 400, and the connection ends."""

    def expect_end(self, request, status=400):
        """Refused, and nothing that follows on the connection is taken for a request."""
        with Http(self.port) as connection:
            connection.send(request + vote("smuggled") * 2)
            self.assertEqual(connection.answer().status, status, request[:200])
            self.assertEqual(connection.rest(), b"", request[:200])

    def test_both_lengths_is_400(self):
        self.expect_end(post(b"Content-Length: 17\r\nTransfer-Encoding: chunked\r\n", WHOLE))
        self.expect_end(post(b"Transfer-Encoding: chunked\r\nContent-Length: 17\r\n", WHOLE))

    def test_two_lengths_that_differ_is_400(self):
        self.expect_end(post(b"Content-Length: 17\r\nContent-Length: 16\r\n"))
        self.expect_end(post(b"Content-Length: 17, 16\r\n"))

    def test_a_length_that_is_no_number_is_400(self):
        for length in (
            b"-1",
            b"+17",
            b"0x11",
            b"17 17",
            b"",
            b"1e1",
            b"18446744073709551616",
            b"9" * 1000,
            b"\xd9\xa1",
        ):
            self.expect_end(post(b"Content-Length: " + length + b"\r\n"))

    def test_a_coding_that_hides_is_400(self):
        for coding in (b"chunked, identity", b"identity", b"xchunked", b"\x0bchunked", b"chunked\0", b'"chunked"'):
            self.expect_end(chunked(WHOLE, b"Transfer-Encoding: " + coding + b"\r\n"))
        self.expect_end(chunked(WHOLE, b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"))
        self.expect_end(chunked(WHOLE, b"Transfer-Encoding : chunked\r\n"))

    def test_a_coding_that_is_not_known_is_400(self):
        self.expect_end(chunked(WHOLE, b"Transfer-Encoding: gzip, chunked\r\n"))
        self.expect_end(chunked(WHOLE, b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n"))

    def test_chunks_in_http_1_0_is_400(self):
        self.expect_end(post(b"Transfer-Encoding: chunked\r\n", WHOLE, b"POST /dev/votes HTTP/1.0\r\n"))

    def test_line_ends_that_are_none_is_400(self):
        for request in (
            b"GET / HTTP/1.1\nHost: localhost\n\n",
            b"GET / HTTP/1.1\r\nHost: localhost\nA: b\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: localhost\r\nA: b\rc\r\n\r\n",
            b"\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        ):
            self.expect_end(request)

    def test_field_names_that_are_none_is_400(self):
        for field in (b"A : b", b" A: b", b"A\tB: c", b"A\0B: c", b": b", b"A", b"A\xff: b", b"(A): b"):
            self.expect_end(b"GET / HTTP/1.1\r\n" + field + b"\r\n" + HOST + b"\r\n")

    def test_a_folded_field_is_one_field(self):
        """RFC 9112, 5.2: a fold is read as a space, for framing fields too."""
        with Http(self.port) as connection:
            connection.send(chunked(WHOLE, b"Transfer-Encoding:\r\n chunked\r\n") + http("GET", "/dev/votes"))
            self.assertEqual(connection.answer().status, 200)
            self.assertEqual(connection.answer().status, 200)

    def test_chunk_sizes_that_are_none_is_400(self):
        for size in (b"0x11", b"-1", b"+11", b"", b"11 11", b"1000000000000000011", b"g"):
            self.expect_end(chunked(size + b"\r\n" + VOTE + b"\r\n0\r\n\r\n"))
        self.expect_end(chunked(b"11\r\n" + VOTE + b"more\r\n0\r\n\r\n"))

    def test_a_chunk_of_all_there_is_is_413(self):
        self.expect_end(chunked(b"ffffffffffffffff\r\n" + VOTE), 413)

    def test_a_length_in_the_trailer_is_400(self):
        for field in (b"Content-Length: 999", b"Transfer-Encoding: chunked"):
            self.expect_end(chunked(WHOLE[:-2] + field + b"\r\n\r\n"))


class WithoutEnd(AbuseTest):
    """What does not end is refused at its bound."""

    def expect_refused_flood(self, begin, piece, status):
        """Refused after as many pieces as the other side takes, long before there are 200 MiB."""
        connection = self.http()
        connection.send(begin)
        connection.socket.settimeout(0)
        sent = 0
        answer = b""
        while not answer and sent < AT_MOST:
            try:
                sent += connection.socket.send(piece[sent % len(piece) :])
            except BlockingIOError:
                pass
            except (ConnectionResetError, BrokenPipeError):
                break
            try:
                answer = connection.socket.recv(1 << 16)
            except BlockingIOError:
                pass
            except ConnectionResetError:
                break
        self.assertTrue(answer.startswith(b"HTTP/1.1 %d " % status), answer[:200])
        self.assertLess(sent, AT_MOST)

    def test_a_request_line_is_431(self):
        self.expect_refused_flood(b"GET /", b"a" * 65536, 431)
        self.expect_refused_flood(b"G", b"G" * 65536, 431)

    def test_a_million_headers_is_431(self):
        self.expect_refused_flood(b"GET / HTTP/1.1\r\n" + HOST, b"A: b\r\n" * 10000, 431)

    def test_a_header_is_431(self):
        self.expect_refused_flood(b"GET / HTTP/1.1\r\n" + HOST + b"A: ", b"b" * 65536, 431)

    def test_13000_headers_are_as_good_as_one(self):
        """The most that fit in 64 KiB."""
        fields = [("A", "")] * 12900
        for request in (http("GET", "/dev/votes", headers=fields), http("GET", "/", headers=fields)):
            self.expect(request, 200)
        names = [(f"x{i}", "") for i in range(6500)]
        self.expect(http("GET", "/dev/votes", headers=names), 200)

    def test_chunks_is_413(self):
        self.expect_refused_flood(chunked(b""), (b"10000\r\n" + b"x" * 65536 + b"\r\n"), 413)

    def test_chunks_of_one_byte_is_413(self):
        self.expect_refused_flood(chunked(b""), b"1\r\nx\r\n" * 10000, 413)

    def test_a_chunk_extension_is_431(self):
        self.expect_refused_flood(chunked(b"1;"), b"a" * 65536, 431)

    def test_a_trailer_is_431(self):
        self.expect_refused_flood(chunked(b"0\r\n"), b"A: b\r\n" * 10000, 431)

    def test_a_gigabyte_is_413_before_it_comes(self):
        """With Expect: 100-continue too: the answer is no."""
        for fields in (b"Content-Length: 1073741824\r\n", b"Content-Length: 1073741824\r\nExpect: 100-continue\r\n"):
            with Http(self.port) as connection:
                connection.send(post(fields, b""))
                answer = connection.answer()
                self.assertEqual((answer.status, answer.body), (413, b"HTTP content length exceeded 10485760 bytes."))
                self.assertEqual(connection.rest(), b"")

    def test_a_body_over_api_gateways_bound_is_413(self):
        self.expect(http("POST", "/dev/votes", b"x" * 10485761), 413, "HTTP content length exceeded 10485760 bytes.")

    def test_empty_lines_is_400(self):
        self.expect_refused_flood(b"\r\n", b"\r\n" * 10000, 400)


class OtherProtocols(AbuseTest):
    def expect_400(self, request):
        with Http(self.port) as connection:
            connection.send(request)
            self.assertEqual(connection.answer().status, 400, request[:100])
            self.assertEqual(connection.rest(), b"")

    def test_http_0_9_is_400(self):
        self.expect_400(b"GET /dev/votes\r\n\r\n")

    def test_http_2_is_400(self):
        self.expect_400(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")

    def test_an_upgrade_to_http_2_is_not_taken(self):
        self.expect(
            http(
                "GET",
                "/dev/votes",
                headers=[
                    ("Connection", "Upgrade, HTTP2-Settings"),
                    ("Upgrade", "h2c"),
                    ("HTTP2-Settings", "AAMAAABkAAQAAP__"),
                ],
            ),
            200,
        )

    def test_http_1_0_is_answered_and_closed(self):
        with Http(self.port) as connection:
            connection.send(b"GET /dev/votes HTTP/1.0\r\n\r\n")
            self.assertIn(connection.answer().status, (200, 400))
            self.assertEqual(connection.rest(), b"")

    def test_other_tongues_are_400(self):
        for words in (
            b"\0" * 1000,
            b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
            b"EHLO localhost\r\n\r\n",
            b"\x80\x2e\x01\x00\x02\r\n",
            b"\x15\x03\x01\x00\x02\x01\x00\r\n",
            b"*1\r\n$4\r\nPING\r\n\r\n",
        ):
            self.expect_400(words)

    def test_tls_that_is_none_is_closed(self):
        """A record that says that it is a handshake and is not: an alert at most, and the end."""
        for record in (
            b"\x16\x03\x01\x02\x00" + b"\xff" * 600,
            b"\x16" * 100_000,
            b"\x16\x03\x01\xff\xff" + b"\0" * 70000,
        ):
            with Http(self.port) as connection:
                try:
                    connection.send(record)
                    connection.rest()
                except Closed:
                    pass
                self.assertNotIn(b"HTTP", connection.input)


class Targets(AbuseTest):
    """Paths lead nowhere but to what is served."""

    def test_dots_are_not_followed(self):
        for path in (
            "/%2e%2e/%2e%2e/etc/passwd",
            "/../../etc/passwd",
            "/dev/..%2f..%2fetc/passwd",
            "/dev/%2e%2e/_votemu/health",
            "/assets/../../../../etc/passwd",
            "/..\\..\\etc\\passwd",
        ):
            answer = self.ask(http("GET", path))
            self.assertIn(answer.status, (403, 404), (path, answer))
            self.assertNotIn(b"root:", answer.body)

    def test_bytes_that_are_no_text_are_no_path(self):
        for path in (b"/%00", b"/dev/votes%00", b"/%", b"/%zz", b"/\xff\xfe", b"/%ff%fe", b"/dev/\xc0\xaf"):
            self.assertIn(self.ask(http("GET", path)).status, (400, 403, 404), path)

    def test_a_query_of_60000_bytes_is_a_query(self):
        self.expect(http("GET", "/dev/votes?" + "a=b&" * 15000), 200)
        self.expect(http("GET", b"/dev/votes?%ff=%00&%"), 200)

    def test_an_absolute_target_is_what_follows_its_host(self):
        self.expect(http("GET", f"http://localhost:{self.port}/dev/votes"), 200)

    def test_a_tunnel_is_refused(self):
        for target in ("localhost:443", "http://169.254.169.254/latest"):
            self.assertGreaterEqual(self.ask(http("CONNECT", target)).status, 400)

    def test_methods_that_are_none_are_refused(self):
        for method in ("TRACE", "FOO", "get", "X" * 60000):
            self.assertIn(self.ask(http(method, "/dev/votes")).status, (400, 403, 404, 405), method[:10])
