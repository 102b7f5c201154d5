"""Tables and queues that a measurement starts from."""

import aws
import loads

DYNAMODB, SQS = "DynamoDB_20120810.", "AmazonSQS."
TABLE = "bench"
VOTES_TABLE = "voting-service-table"
VOTE_MESSAGE = '{"httpMethod":"POST","body":"{\\"id\\":\\"dog\\"}"}'  # what the function that counts looks at


def create_table(server):
    aws.call(server, DYNAMODB + "CreateTable", {
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK")],
        "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}]})
    for _ in range(100):
        if aws.call(server, DYNAMODB + "DescribeTable", {"TableName": TABLE})["Table"]["TableStatus"] == "ACTIVE":
            return
    raise RuntimeError("the table did not become active")


def fill_table(build, server, names, **attributes):
    """The voting table, with an item for each name."""
    items = [{"PutRequest": {"Item": {"PK": {"S": name}, "SK": {"S": "total"}, **attributes}}} for name in names]
    blocks = [aws.request(DYNAMODB + "BatchWriteItem", {"RequestItems": {VOTES_TABLE: items[i:i + 25]}})
              for i in range(0, len(items), 25)]
    loads.requests(build, server, blocks, loads.LONGEST_S, count=len(blocks))
    loads.settle(server)


def create_queue(server):
    """Returns its URL, which votemu and fauxqs make of the request's host."""
    return aws.call(server, SQS + "CreateQueue", {"QueueName": "bench"})["QueueUrl"]


def votes_queue(server):
    """The URL of the voting stack's queue."""
    urls = aws.call(server, SQS + "ListQueues", {})["QueueUrls"]
    return next(url for url in urls if "-SqsQueue-" in url)


def send_batch(url, body='{"id":"dog"}', **members):
    return aws.request(SQS + "SendMessageBatch", {
        "QueueUrl": url, "Entries": [{"Id": str(i), "MessageBody": body, **members} for i in range(10)]})


def fill_queue(build, server, url, messages, **entry):
    """In tens."""
    if messages > 0:
        loads.requests(build, server, [send_batch(url, **entry)], loads.LONGEST_S, count=messages // 10)
        loads.settle(server)
