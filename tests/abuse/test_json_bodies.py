"""Bodies that nest, grow, or are no text, at every entry that reads JSON."""

import json

from tests.abuse.clients import AWS_JSON, credential, http, query
from tests.abuse.harness import AbuseTest

DEEP = 100_000
ARRAYS = b"[" * DEEP + b"]" * DEEP
OBJECTS = b'{"a":' * DEEP + b"1" + b"}" * DEEP
OPEN = b"[" * DEEP
# The members are many and the text is under the listener's bound.
MANY = b"{" + b",".join(b'"%d":1' % i for i in range(500_000)) + b"}"

NOT_JSON = "SerializationException"
OPERATIONS = {
    "dynamodb": (
        "PutItem",
        "GetItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
        "Scan",
        "BatchGetItem",
        "BatchWriteItem",
        "CreateTable",
        "ListTables",
    ),
    "streams.dynamodb": ("GetRecords", "ListStreams"),
    "sqs": ("SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch", "CreateQueue"),
    "logs": ("PutLogEvents", "FilterLogEvents"),
    "cognito-identity": ("GetId",),
    "cognito-idp": ("ListUserPools",),
}


class AwsJson(AbuseTest):
    """What cannot be read, or would make too large a tree: 400 SerializationException."""

    def expect_refusal(self, body):
        self.assertEqual(OPERATIONS.keys(), AWS_JSON.keys())
        for service, operations in OPERATIONS.items():
            for operation in operations:
                answer = self.aws(service, operation, body)
                self.assertEqual(answer.status, 400, (service, operation, answer))
                self.assertIn(NOT_JSON, answer.json()["__type"], (service, operation))

    def test_deep_arrays(self):
        self.expect_refusal(ARRAYS)

    def test_deep_objects(self):
        self.expect_refusal(OBJECTS)

    def test_deep_in_a_member(self):
        self.expect_refusal(b'{"TableName":"x","QueueUrl":"x","MessageBody":"x","Unknown":' + OBJECTS + b"}")

    def test_deep_and_never_closed(self):
        self.expect_refusal(OPEN)

    def test_half_a_million_members_are_read_and_not_kept(self):
        """What is no member of DynamoDB's is passed over by those of its operations that read the text itself."""
        self.peak_bound = 16 * len(MANY)
        for service, operations in OPERATIONS.items():
            for operation in operations:
                self.assertIn(self.aws(service, operation, MANY).status, (200, 400), operation)

    def test_invalid_utf8(self):
        for text in (
            b"\xff\xfe",
            b'{"TableName":"\xff"}',
            b'{"\xc3":1}',
            b'{"TableName":"\xed\xa0\x80"}',
            b'{"TableName":"\\ud800"}',
        ):
            for service, operation in (("dynamodb", "PutItem"), ("sqs", "SendMessage"), ("logs", "PutLogEvents")):
                self.assertEqual(self.aws(service, operation, text).status, 400, (operation, text))

    def test_numbers_beyond_all_bounds(self):
        self.expect_refusal(b'{"a":1e999999999}')
        self.expect_refusal(b'{"a":' + b"9" * 100_000 + b"}")

    def test_no_object_at_all(self):
        for text in (b"null", b"1", b'"text"', b"[]", b"{", b"}", b"\0", b"{}{}", b"{'a':1}"):
            answer = self.aws("dynamodb", "PutItem", text)
            self.assertEqual(answer.status, 400, (text, answer))

    def test_text_that_is_quoted_and_never_ends(self):
        self.expect_refusal(b'{"TableName":"' + b"x" * 15_000_000)


class Numbers(AbuseTest):
    """DynamoDB's own words for numbers and limits."""

    TABLE = "voting-service-table"

    def expect_invalid(self, operation, members, words):
        answer = self.aws("dynamodb", operation, members)
        self.assertEqual(answer.status, 400, answer)
        self.assertIn(words, answer.json()["message"])

    def put(self, value):
        return json.dumps({"TableName": self.TABLE, "Item": {"PK": {"S": "n"}, "SK": {"S": "n"}, "v": value}}).encode()

    def test_magnitudes(self):
        for number in ("1e999999999", "-1e999999999", "1e126", "9" * 100_000, "1e" + "9" * 100):
            self.expect_invalid(
                "PutItem",
                self.put({"N": number}),
                "Number overflow. Attempting to store a number with magnitude larger than supported range",
            )
        for number in ("1e-999999999", "1e-131", "0." + "0" * 100_000 + "1"):
            self.expect_invalid(
                "PutItem",
                self.put({"N": number}),
                "Number underflow. Attempting to store a number with magnitude smaller than supported range",
            )

    def test_digits(self):
        self.expect_invalid(
            "PutItem", self.put({"N": "1" * 39}), "Attempting to store more than 38 significant digits in a Number"
        )

    def test_what_is_no_number(self):
        for number in ("NaN", "Infinity", "-Infinity", "0x10", "1e", " 1", "1 ", "1_000", "\u0661", "--1", "1.1.1"):
            self.expect_invalid(
                "PutItem", self.put({"N": number}), f"The parameter cannot be converted to a numeric value: {number}"
            )

    def test_limits_that_are_none(self):
        for limit in (b"-1", b"0"):
            self.expect_invalid(
                "Scan",
                b'{"TableName":"%s","Limit":%s}' % (self.TABLE.encode(), limit),
                "Member must have value greater than or equal to 1",
            )
        answer = self.aws("dynamodb", "Scan", b'{"TableName":"%s","Limit":99999999999999999999}' % self.TABLE.encode())
        self.assertEqual(
            (answer.status, answer.json()["message"]), (400, "NUMBER_VALUE can not be converted to an Integer")
        )

    def test_a_delay_beyond_all_bounds(self):
        url = self.aws("sqs", "CreateQueue", {"QueueName": "numbers"}).json()["QueueUrl"]
        for delay in (-1, 901, 1 << 31, -(1 << 63), (1 << 64) - 1, 10**30):
            answer = self.aws("sqs", "SendMessage", {"QueueUrl": url, "MessageBody": "x", "DelaySeconds": delay})
            self.assertEqual(answer.status, 400, (delay, answer))


class Nesting(AbuseTest):
    """Attributes nest 32 levels, as AWS's do; expressions have their own bounds."""

    TABLE = "voting-service-table"
    TOO_DEEP = (
        "Nesting Levels have exceeded supported limits: "
        "Attributes in the item have nested levels beyond supported limit"
    )

    def put(self, value):
        return self.aws(
            "dynamodb",
            "PutItem",
            b'{"TableName":"%s","Item":{"PK":{"S":"d"},"SK":{"S":"d"},"v":%s}}' % (self.TABLE.encode(), value),
        )

    def test_attributes(self):
        for begin, end in ((b'{"L":[', b"]}"), (b'{"M":{"a":', b"}}")):
            self.assertEqual(self.put(begin * 32 + b'{"S":"x"}' + end * 32).status, 200)
            answer = self.put(begin * 33 + b'{"S":"x"}' + end * 33)
            self.assertEqual((answer.status, answer.json()["message"]), (400, self.TOO_DEEP))
            self.assertIn(NOT_JSON, self.put(begin * DEEP + b'{"S":"x"}' + end * DEEP).json()["__type"])

    def test_expressions(self):
        for expression, words in (
            ("(" * 2000 + "a = :a" + ")" * 2000, "The expression contains too many operators; operator count: 301"),
            (
                "(" * 100_000 + "a = :a" + ")" * 100_000,
                "Expression size has exceeded the maximum allowed size; expression size: 200006",
            ),
            ("NOT " * 1000 + "a = :a", "The expression contains too many operators; operator count: 301"),
            (
                "a IN (" + ",".join([":a"] * 1000) + ")",
                "The IN operator is provided with too many operands; number of operands: 1000",
            ),
            ("a" + ".b" * 1000 + " = :a", "The document path has too many nesting elements; nesting levels: 33"),
            ("a[99999999999999999999] = :a", "Syntax error"),
            ("(" * 4000, ""),
            ("a = " * 1000, "Syntax error"),
            ("\0", "Syntax error"),
            ("\u2028" * 1000, "Syntax error"),
        ):
            answer = self.aws(
                "dynamodb",
                "UpdateItem",
                {
                    "TableName": self.TABLE,
                    "Key": {"PK": {"S": "d"}, "SK": {"S": "d"}},
                    "UpdateExpression": "SET a = :a",
                    "ConditionExpression": expression,
                    "ExpressionAttributeValues": {":a": {"N": "1"}},
                },
            )
            self.assertEqual(answer.status, 400, expression[:40])
            self.assertIn(words, answer.json()["message"])


class Elsewhere(AbuseTest):
    def test_a_vote(self):
        """What is too long is not parsed; what is parsed and deep is no vote."""
        for body in (ARRAYS, OBJECTS, OPEN, b'{"id":' + OBJECTS + b"}"):
            self.expect(http("POST", "/dev/votes", body), 400, "The body must be at most 65536 bytes long")
        for body in (
            b"[" * 60_000,
            b'{"id":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001,
            b"\xff\xfe",
            b'{"id":1e999999999}',
            b'{"id":""}',
            b'{"id":null}',
            b"null",
            b'{"id":"\\ud800"}',
        ):
            self.expect(http("POST", "/dev/votes", body), 400, '{"message":')

    def test_a_vote_whose_bytes_are_no_text_is_text_when_it_is_counted(self):
        """API Gateway hands functions text: what is none becomes U+FFFD."""
        self.expect(http("POST", "/dev/votes", b'{"id":"\xff\xc0\x80"}'), 200)
        self.bystander.vote()
        totals = self.ask(http("GET", "/dev/votes")).json()
        self.assertTrue(any("\ufffd" in total["PK"] for total in totals))

    def test_an_invocation(self):
        def invoke(payload):
            return http(
                "POST",
                "/2015-03-31/functions/voting-service-sqs-publish-function/invocations",
                payload,
                [credential("lambda")],
            )

        for payload in (OPEN, b"\xff\xfe", b"1e999999999", b'{"a":', b"{}{}", b'"\xed\xa0\x80"'):
            self.expect(invoke(payload), 400, "Could not parse request body into json")
        for payload in (ARRAYS, OBJECTS):
            self.expect(invoke(payload), 200, "errorType")
        self.expect(
            invoke(b'"' + b"x" * 6_291_455 + b'"'),
            413,
            "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)",
        )

    def test_policy_documents(self):
        for document in (
            "[" * DEEP,
            '{"Version":"2012-10-17","Statement":' + "[" * 5000 + "]" * 5000 + "}",
            "\0",
            "\ud7ff",
        ):
            answer = self.ask(
                query("iam", "CreateRole", RoleName="deep", AssumeRolePolicyDocument=document, Version="2010-05-08")
            )
            self.assertEqual(answer.status, 400, answer)
            self.assertIn(b"MalformedPolicyDocument" if document.isprintable() else b"ValidationError", answer.body)

    def test_event_filters(self):
        for pattern in (
            "[" * 4000,
            '{"a":' * 1000 + "[1]" + "}" * 1000,
            '{"a":[{"prefix":' + "[" * 1000 + "]" * 1000 + "}]}",
            "x",
        ):
            answer = self.ask(
                http(
                    "POST",
                    "/2015-03-31/event-source-mappings",
                    json.dumps(
                        {
                            "FunctionName": "voting-service-sqs-publish-function",
                            "EventSourceArn": "arn:aws:sqs:us-east-1:000000000000:voting-service-queue",
                            "FilterCriteria": {"Filters": [{"Pattern": pattern}]},
                        }
                    ).encode(),
                    [credential("lambda")],
                )
            )
            self.assertEqual(answer.status, 400, (pattern[:20], answer))

    def test_rest_json(self):
        self.peak_bound = 16 * len(MANY)
        for body in (ARRAYS, OBJECTS, OPEN, MANY, b"\xff"):
            for target, service in (("/2015-03-31/functions", "lambda"), ("/restapis", "apigateway")):
                self.assertEqual(self.ask(http("POST", target, body, [credential(service)])).status, 400, target)
