"""boto3 against a started votemu at $ENDPOINT: runs the step that its argument names."""
import os
import sys
from decimal import Decimal

import boto3
from botocore.exceptions import ClientError

ENDPOINT = os.environ["ENDPOINT"]
TABLE = "voting-service-table"


def dynamodb():
    table = boto3.resource("dynamodb", endpoint_url=ENDPOINT).Table(TABLE)
    key = {"PK": "python", "SK": "total"}
    for _ in range(2):
        table.update_item(
            Key=key,
            UpdateExpression="SET votes = if_not_exists(votes, :zero) + :one",
            ExpressionAttributeValues={":zero": 0, ":one": 1},
        )
    assert table.get_item(Key=key)["Item"] == {**key, "votes": Decimal(2)}
    assert {"boto3", "python"} <= {item["PK"] for item in table.scan()["Items"]}
    try:
        table.put_item(Item=key, ConditionExpression="attribute_not_exists(PK)")
        raise AssertionError("the condition should have failed")
    except ClientError as error:
        assert error.response["Error"]["Code"] == "ConditionalCheckFailedException"


def sqs():
    queue = boto3.resource("sqs", endpoint_url=ENDPOINT).create_queue(QueueName="python")
    assert queue.url == f"{ENDPOINT}/000000000000/python", queue.url
    queue.send_message(
        MessageBody="hello",
        MessageAttributes={"kind": {"DataType": "String", "StringValue": "greeting"}},
    )
    (message,) = queue.receive_messages(WaitTimeSeconds=1, MessageAttributeNames=["All"])
    assert message.body == "hello"
    assert message.message_attributes["kind"]["StringValue"] == "greeting"
    message.delete()
    sent = queue.send_messages(Entries=[{"Id": str(n), "MessageBody": "x"} for n in range(3)])
    assert len(sent["Successful"]) == 3
    queue.delete()


def logs():
    client = boto3.client("logs", endpoint_url=ENDPOINT)
    groups = client.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]
    names = [group["logGroupName"] for group in groups]
    publish = "/aws/lambda/voting-service-sqs-publish-function"
    assert publish in names, names
    found = client.filter_log_events(logGroupName=publish, filterPattern='"Publish SQS Success"')
    assert found["events"]


{"dynamodb": dynamodb, "sqs": sqs, "logs": logs}[sys.argv[1]]()
