"""Requests that are in order and ask for more than there should be: storms, bombs, patterns, loops."""

import json
import re

from tests.abuse.clients import Http, Wire, aws, credential, http, query
from tests.abuse.harness import MIB, AbuseTest, make_large_table


class Sqs(AbuseTest):
    def create(self, name, **attributes):
        return self.aws("sqs", "CreateQueue", {"QueueName": name, "Attributes": attributes}).json()["QueueUrl"]

    def test_2000_long_polls_of_which_1000_wait(self):
        """limits::max_waiting_receives: one more is answered as a short poll is. Who leaves takes nothing along."""
        url = self.create("polled")
        poll = aws("sqs", "ReceiveMessage", {"QueueUrl": url, "WaitTimeSeconds": 20})
        waiting = [self._keep(Http(self.port)) for _ in range(1000)]
        for connection in waiting:
            connection.send(poll)
        self.bystander.vote()
        for _ in range(1000):
            late = self._keep(Http(self.port))
            late.send(poll)
            self.assertEqual(late.answer().json(), {})
        for connection in waiting:
            connection.reset()
        self.expect_descriptors_back_but(1000)
        self.aws("sqs", "SendMessage", {"QueueUrl": url, "MessageBody": "whole"})
        self.assertIn("Messages", self.aws("sqs", "ReceiveMessage", {"QueueUrl": url}).json())

    def expect_descriptors_back_but(self, more):
        self.open_before += more
        self.expect_descriptors_back()
        self.open_before -= more

    def test_120000_in_flight_is_over_limit(self):
        """AWS: OverLimit, 403."""
        self.peak_bound = 96 * MIB
        url = self.create("flying", VisibilityTimeout="43200")
        entries = [{"Id": str(i), "MessageBody": "m"} for i in range(10)]
        send = aws("sqs", "SendMessageBatch", {"QueueUrl": url, "Entries": entries}) * 100
        receive = aws("sqs", "ReceiveMessage", {"QueueUrl": url, "MaxNumberOfMessages": 10}) * 100
        with Http(self.port) as connection:
            for _ in range(120):
                for request in (send, receive):
                    connection.send(request)
                    for _ in range(100):
                        self.assertEqual(connection.answer().status, 200)
        self.aws("sqs", "SendMessage", {"QueueUrl": url, "MessageBody": "one more"})
        answer = self.aws("sqs", "ReceiveMessage", {"QueueUrl": url})
        self.assertEqual(
            (answer.status, answer.json()["message"]), (403, "The maximum number of in flight messages is reached.")
        )
        self.aws("sqs", "DeleteQueue", {"QueueUrl": url})

    def test_batches_that_are_none(self):
        url = self.create("batches")
        entry = {"Id": "a", "MessageBody": "m"}
        for entries, words in (
            ([], "EmptyBatchRequest"),
            ([entry] * 11, "TooManyEntriesInBatchRequest"),
            ([entry] * 2, "BatchEntryIdsNotDistinct"),
            ([{"Id": "a", "MessageBody": "m" * 1_048_577}], "BatchRequestTooLong"),
            ([{"Id": "x" * 81, "MessageBody": "m"}], "InvalidBatchEntryId"),
        ):
            answer = self.aws("sqs", "SendMessageBatch", {"QueueUrl": url, "Entries": entries})
            self.assertEqual(answer.status, 400)
            self.assertIn(words, answer.json()["__type"])

    def test_query_parameters_beyond_all_bounds(self):
        """Places of a list that nobody filled are not made; too many parameters are MalformedQueryString."""
        url = self.create("queried")
        for place in ("999999999", "99999999999999999999", "-1", "0"):
            entry = {f"SendMessageBatchRequestEntry.{place}.Id": "a"}
            answer = self.ask(query("sqs", "SendMessageBatch", QueueUrl=url, Version="2012-11-05", **entry))
            self.assertIn(answer.status, (200, 400), place)
            self.assertLess(len(answer.body), 1000)
        self.expect(query("sqs", "ListQueues", **{f"a{i}": "b" for i in range(20_000)}), 400, "MalformedQueryString")
        self.expect(query("sqs", "ListQueues", **{"a" + ".1" * 10_000: "b"}), 400, "MalformedQueryString")


class Loops(AbuseTest):
    """Functions that feed themselves: others are served between their turns."""

    def lambda_call(self, method, path, members):
        answer = self.ask(http(method, path, json.dumps(members).encode(), [credential("lambda")]))
        self.assertLess(answer.status, 300, answer)
        return answer.json()

    def create_function(self, name):
        """sqs-publish is for API Gateway's events: it fails on all others."""
        self.lambda_call(
            "POST",
            "/2015-03-31/functions",
            {
                "FunctionName": name,
                "Runtime": "provided.al2023",
                "Role": "arn:aws:iam::000000000000:role/loop",
                "Handler": "sqs-publish.handler",
                "Code": {"ZipFile": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="},
            },
        )

    def map(self, function, arn, **more):
        mapping = self.lambda_call(
            "POST", "/2015-03-31/event-source-mappings", {"FunctionName": function, "EventSourceArn": arn, **more}
        )
        self.addCleanup(
            self.ask,
            http("DELETE", f"/2015-03-31/event-source-mappings/{mapping['UUID']}", b"", [credential("lambda")]),
        )

    def create_queue(self, name, **attributes):
        url = self.aws("sqs", "CreateQueue", {"QueueName": name, "Attributes": attributes}).json()["QueueUrl"]
        self.addCleanup(self.aws, "sqs", "DeleteQueue", {"QueueUrl": url})
        return url, f"arn:aws:sqs:us-east-1:000000000000:{name}"

    def fill(self, url):
        with Http(self.port) as connection:
            connection.send(aws("sqs", "SendMessage", {"QueueUrl": url, "MessageBody": "x" * 100}) * 1000)
            for _ in range(1000):
                self.assertEqual(connection.answer().status, 200)

    def expect_votes_meanwhile(self):
        for _ in range(200):
            self.bystander.vote()

    def test_a_queue_whose_messages_always_come_back(self):
        url, arn = self.create_queue("back", VisibilityTimeout="0")
        self.create_function("back")
        self.map("back", arn)
        self.fill(url)
        self.expect_votes_meanwhile()

    def test_two_queues_that_are_each_others_dead_letters(self):
        policy = '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:%s","maxReceiveCount":1}'
        first, first_arn = self.create_queue("first", VisibilityTimeout="0")
        _, second_arn = self.create_queue("second", VisibilityTimeout="0", RedrivePolicy=policy % "first")
        self.aws("sqs", "SetQueueAttributes", {"QueueUrl": first, "Attributes": {"RedrivePolicy": policy % "second"}})
        self.create_function("circle")
        self.map("circle", first_arn)
        self.map("circle", second_arn)
        self.fill(first)
        self.expect_votes_meanwhile()

    def test_a_function_whose_failures_go_to_its_own_queue(self):
        url, arn = self.create_queue("own", VisibilityTimeout="0")
        self.create_function("own")
        self.lambda_call(
            "PUT",
            "/2019-09-25/functions/own/event-invoke-config",
            {"MaximumRetryAttempts": 0, "DestinationConfig": {"OnFailure": {"Destination": arn}}},
        )
        self.map("own", arn)
        for _ in range(100):
            self.ask(
                http(
                    "POST",
                    "/2015-03-31/functions/own/invocations",
                    b"{}",
                    [credential("lambda"), ("X-Amz-Invocation-Type", "Event")],
                )
            )
        self.fill(url)
        self.expect_votes_meanwhile()

    def test_a_stream_that_always_fails(self):
        table = self.aws("dynamodb", "DescribeTable", {"TableName": "voting-service-table"}).json()["Table"]
        self.create_function("stuck")
        self.map("stuck", table["LatestStreamArn"], StartingPosition="TRIM_HORIZON")
        self.expect_votes_meanwhile()


class DynamoDb(AbuseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_large_table(cls.port, "wide", 60)

    def test_a_page_is_a_megabyte_whoever_asks(self):
        for operation, more in (
            ("Scan", {}),
            ("Scan", {"Limit": 1_000_000}),
            ("Scan", {"TotalSegments": 1, "Segment": 0}),
        ):
            answer = self.aws("dynamodb", operation, {"TableName": "wide", **more})
            self.assertLess(len(answer.body), 2 * MIB)
            self.assertIn("LastEvaluatedKey", answer.json())

    def test_a_million_segments_are_read_one_by_one(self):
        answer = self.aws("dynamodb", "Scan", {"TableName": "wide", "TotalSegments": 1_000_000, "Segment": 999_999})
        self.assertEqual(answer.status, 200)

    def test_16_MB_at_once_and_no_more(self):
        self.peak_bound = 160 * MIB
        keys = [{"k": {"S": str(i)}} for i in range(60)]
        get = {"RequestItems": {"wide": {"Keys": keys}}}
        answer = self.aws("dynamodb", "BatchGetItem", get)
        self.assertEqual(answer.status, 200)
        self.assertLess(len(answer.body), 17 * MIB)
        self.assertTrue(answer.json()["UnprocessedKeys"])
        # Asked for a hundred times on one connection, they are made as they are read.
        connection = self._keep(Http(self.port, receive_buffer=4096))
        connection.send(aws("dynamodb", "BatchGetItem", get) * 100)
        self.expect_others_served()
        self.assertEqual(connection.answer().status, 200)

    def test_items_and_keys_over_their_bounds(self):
        for item, words in (
            ({"k": {"S": "a"}, "v": {"S": "x" * 409_600}}, "Item size has exceeded the maximum allowed size"),
            ({"k": {"S": "x" * 2049}}, "Size of hashkey has exceeded the maximum size limit of2048 bytes"),
        ):
            answer = self.aws("dynamodb", "PutItem", {"TableName": "wide", "Item": item})
            self.assertEqual(answer.status, 400)
            self.assertIn(words, answer.json()["message"])


class CloudFormation(AbuseTest):
    """In CloudFormation's words; and no template makes more of itself than 16 MiB."""

    def create(self, body, name="bomb"):
        answer = self.ask(
            query("cloudformation", "CreateStack", StackName=name, TemplateBody=body, Version="2010-05-15")
        )
        found = re.search(rb"<Message>(.*?)</Message>", answer.body, re.S)
        return answer.status, found[1].decode() if found else ""

    def expect_refusal(self, body, words):
        status, message = self.create(body)
        self.assertEqual(status, 400, message)
        self.assertIn(words, message)

    def test_aliases(self):
        """A billion laughs, and an anchor in itself."""
        laughs = "a: &a [x,x]\n" + "".join(
            f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi")
        )
        for body in (laughs, "Resources: &a\n  Q: *a\n"):
            self.expect_refusal(body, "YAML aliases are not allowed in CloudFormation templates")

    def test_depth(self):
        too_deep = "Template format error: the template is nested too deeply."
        for body in (
            "- " * 25_000 + "x",
            "".join(" " * i + "a:\n" for i in range(300)),
            '{"a":' * 8000 + "1" + "}" * 8000,
            "[" * 25_000 + "]" * 25_000,
        ):
            self.expect_refusal(body, too_deep)
        for body in (
            "{a: " * 10_000,
            "? " * 25_000 + "x",
            "!Sub " * 10_000,
            "!" * 50_000,
            "\0" * 50_000,
            "&" * 50_000,
            "|" * 50_000,
        ):
            self.expect_refusal(body, "Template format error: ")

    def test_functions_that_make_more_of_themselves(self):
        for value, times, per in (("x" * 100, 8, 10), ("x" * 100, 25, 2)):
            nested = json.dumps(value)
            for _ in range(times):
                nested = '{"Fn::Sub":["' + "${v}" * per + '",{"v":' + nested + "}]}"
            self.create(
                '{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":' + nested + "}}}}",
                f"sub-{times}",
            )
        encoded = '{"Fn::Base64":' * 40 + json.dumps("x" * 40_000) + "}" * 40
        self.create(
            '{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":' + encoded + "}}}}", "base64"
        )
        for name in ("sub-8", "sub-25", "base64"):
            answer = self.ask(query("cloudformation", "DescribeStacks", StackName=name, Version="2010-05-15"))
            self.assertNotIn(b"CREATE_COMPLETE", answer.body)

    def test_circles(self):
        resources = {f"Q{i}": {"Type": "AWS::SQS::Queue", "DependsOn": f"Q{(i + 1) % 400}"} for i in range(400)}
        self.expect_refusal(json.dumps({"Resources": resources}), "Circular dependency between resources")
        conditions = {f"C{i}": {"Fn::And": [{"Condition": f"C{(i + 1) % 60}"}] * 2} for i in range(60)}
        self.expect_refusal(
            json.dumps({"Conditions": conditions, "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}),
            "circular condition dependency",
        )

    def test_conditions_that_double(self):
        """2^60 ways to one value are one evaluation."""
        conditions = {f"C{i}": {"Fn::And": [{"Condition": f"C{i + 1}"}] * 2} for i in range(60)}
        conditions["C60"] = {"Fn::Equals": ["a", "b"]}
        self.assertEqual(
            self.create(
                json.dumps(
                    {
                        "Conditions": conditions,
                        "Resources": {
                            "Q": {"Type": "AWS::SQS::Queue", "Condition": "C0"},
                            "R": {"Type": "AWS::SQS::Queue"},
                        },
                    }
                ),
                "doubling",
            )[0],
            200,
        )

    def test_patterns_that_try_everything(self):
        for pattern, value in (
            ("(a+)+$", "a" * 2000 + "b"),
            ("(a|a)*b", "a" * 4000),
            ("(.*)*(.*)*(.*)*x", "a" * 4000),
            ("(((((a*)*)*)*)*)*b", "a" * 1000),
            (r"(a*)\1\1b", "a" * 3000),
            ("((a{1000}){1000}){1000}", "a"),
            ("a{999999999}", "a"),
            ("[[:alpha:]" * 100, "a"),
            ("\\", "a"),
        ):
            status, message = self.create(
                json.dumps(
                    {
                        "Parameters": {"P": {"Type": "String", "AllowedPattern": pattern, "Default": value}},
                        "Resources": {"Q": {"Type": "AWS::SQS::Queue"}},
                    }
                )
            )
            self.assertEqual(status, 400, pattern)
            self.assertRegex(message, "must match pattern|not a valid regular expression")

    def test_too_many(self):
        self.expect_refusal(
            json.dumps({"Resources": {f"Q{i}": {"Type": "AWS::SQS::Queue"} for i in range(501)}}),
            "Number of resources, 501, is greater than maximum allowed, 500",
        )


class Logs(AbuseTest):
    def test_filter_patterns(self):
        """Those that are none are refused; those that are cost no more than the events that they look at."""
        group = "/aws/lambda/voting-service-sqs-publish-function"
        for _ in range(100):
            self.bystander.vote()
        for pattern in (
            "(" * 1000,
            "?" * 1000,
            "{ $.a" + ".b" * 500 + " = 1 }",
            "{ $.a = *" + "*a" * 450 + " }",
            "\xff" * 500,
            "{ $.a = 1e999 }",
        ):
            answer = self.aws("logs", "FilterLogEvents", {"logGroupName": group, "filterPattern": pattern})
            self.assertEqual((answer.status, answer.json().get("events")), (200, []), pattern[:20])
        for pattern in (
            "{" + "(" * 400 + "$.a = 1" + ")" * 400 + "}",
            '"' * 999,
            "%" + "(a+)+" * 150 + "%",
            "[" + "," * 900 + "]",
            "{ $.a[99999999999999999999] = 1 }",
            "x" * 1025,
        ):
            answer = self.aws("logs", "FilterLogEvents", {"logGroupName": group, "filterPattern": pattern})
            self.assertEqual(answer.status, 400, pattern[:20])


class S3(AbuseTest):
    def request(self, method, target, body=b"", headers=()):
        return http(method, target, body, [credential("s3"), ("x-amz-date", "20260101T000000Z"), *headers])

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with Http(cls.port) as connection:
            connection.send(cls.request(cls, "PUT", "/bombs"))
            assert connection.answer().status == 200

    def test_xml_that_makes_more_of_itself(self):
        entities = b'<!ENTITY a "xxxxxxxxxx">' + b"".join(
            b'<!ENTITY %c "%s">' % (letter + 1, b"&%c;" % letter * 10) for letter in b"abcdefgh"
        )
        for body in (
            b"<!DOCTYPE a [" + entities + b"]><Delete><Object><Key>&i;</Key></Object></Delete>",
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Delete><Object><Key>&x;</Key></Object></Delete>',
            b"<a>" * 100_000,
            b"<Delete " + b" ".join(b'a%d="b"' % i for i in range(100_000)) + b"/>",
            b"<Delete><Object><Key>\xff\xfe</Key></Object></Delete>",
            b"<Delete>" + b"<Object><Key>a</Key></Object>" * 1001 + b"</Delete>",
            b"\0" * 1000,
        ):
            self.expect(self.request("POST", "/bombs?delete", body), 400, "MalformedXML")

    def test_uploads_that_are_never_finished(self):
        """1,000 a bucket: then SlowDown, until one is aborted."""
        ids = []
        with Http(self.port) as connection:
            for i in range(1000):
                connection.send(self.request("POST", f"/bombs/{i}?uploads"))
                answer = connection.answer()
                self.assertEqual(answer.status, 200)
                ids.append(re.search(rb"<UploadId>(.*?)<", answer.body)[1].decode())
        self.expect(self.request("POST", "/bombs/more?uploads"), 503, "SlowDown")
        self.expect(self.request("PUT", f"/bombs/0?partNumber=10001&uploadId={ids[0]}", b"x"), 400, "InvalidArgument")
        self.expect(self.request("DELETE", f"/bombs/0?uploadId={ids[0]}"), 204)
        self.expect(self.request("POST", "/bombs/more?uploads"), 200)

    def test_a_large_object_is_sent_as_it_is_read(self):
        self.peak_bound = 160 * MIB
        self.expect(self.request("PUT", "/bombs/large", b"x" * 16_000_000), 200)
        readers = [self._keep(Wire(self.port, receive_buffer=4096)) for _ in range(100)]
        for reader in readers:
            reader.send(self.request("GET", "/bombs/large") * 10)
        self.expect_others_served()
        for ranges in ("bytes=99999999999999999999-", "bytes=16000000-"):
            self.expect(self.request("GET", "/bombs/large", b"", [("Range", ranges)]), 416, "InvalidRange")

    def test_keys_that_are_no_text(self):
        """AWS: InvalidURI."""
        for method in ("GET", "PUT", "DELETE"):
            self.expect(self.request(method, "/bombs/%ff%fe", b""), 400, "InvalidURI")
        self.expect(self.request("GET", "/bombs?list-type=2&prefix=%ff"), 400, "MalformedQueryString")

    def test_chunks_that_lie(self):
        headers = [("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("Content-Encoding", "aws-chunked")]
        for length, body in (
            ("18446744073709551615", b"ffffffffffffffff\r\nx\r\n"),
            ("1", b"2\r\nx\r\n0\r\n\r\n"),
            ("5", b"-5\r\nhello\r\n0\r\n\r\n"),
            ("1", b"1;" + b"a" * 100_000),
        ):
            answer = self.ask(
                self.request("PUT", "/bombs/c", body, [*headers, ("x-amz-decoded-content-length", length)])
            )
            self.assertEqual(answer.status, 400, (length, answer))
