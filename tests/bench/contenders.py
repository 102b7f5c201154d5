"""DynamoDB beside dynalite, SQS beside fauxqs, and the ceiling with the same requests."""

import aws
import loads
from fills import DYNAMODB, SQS, TABLE, create_queue, create_table, fill_queue, send_batch
from rows import Row, on
from servers import Ceiling, Dynalite, Fauxqs, Votemu


def key(number):
    return {"PK": {"S": f"pet{number}"}, "SK": {"S": "total"}}


def update_item(number):
    """The workshop's."""
    return aws.request(DYNAMODB + "UpdateItem", {
        "TableName": TABLE, "Key": key(number),
        "UpdateExpression": "SET votes = if_not_exists(votes, :default_votes) + :value",
        "ExpressionAttributeValues": {":default_votes": {"N": "0"}, ":value": {"N": "1"}}})


def put_item(item):
    return aws.request(DYNAMODB + "PutItem", {"TableName": TABLE, "Item": item})


# Ten candidates, as in a vote; a hundred items of one partition to query.
UPDATE_ITEM = [update_item(i) for i in range(10)]
PUT_ITEM = [put_item({**key(i), "votes": {"N": "1"}}) for i in range(100)]
GET_ITEM = [aws.request(DYNAMODB + "GetItem", {"TableName": TABLE, "Key": key(i)}) for i in range(100)]
QUERIED = [put_item({"PK": {"S": "all"}, "SK": {"S": f"pet{i:03}"}, "votes": {"N": "1"}}) for i in range(100)]
QUERY = [aws.request(DYNAMODB + "Query", {
    "TableName": TABLE, "KeyConditionExpression": "PK = :pk", "ExpressionAttributeValues": {":pk": {"S": "all"}}})]


WARM_UP = 20_000  # requests: node compiles what it finds to be hot


def warmed(build, server, blocks, scale, each=1):
    loads.requests(build, server, blocks, scale.seconds, count=WARM_UP)
    return loads.requests(build, server, blocks, scale.seconds, each=each)


def dynamodb(build, scale):
    def load(blocks, prepared):
        def measured(server):
            create_table(server)
            if prepared:
                loads.requests(build, server, prepared, loads.LONGEST_S, count=len(prepared))
            return warmed(build, server, blocks, scale)
        return measured

    rows = {"ceiling, UpdateItem's requests": Row(on(
        lambda: Ceiling(build), lambda server: loads.requests(build, server, UPDATE_ITEM, scale.seconds)))}
    for name, blocks, prepared in (
            ("UpdateItem", UPDATE_ITEM, []), ("PutItem", PUT_ITEM, []), ("GetItem", GET_ITEM, PUT_ITEM),
            ("Query of 100", QUERY, QUERIED)):
        rows[name] = Row(on(lambda: Votemu(build), load(blocks, prepared)))
        rows[f"{name}, dynalite"] = Row(on(lambda: Dynalite(build), load(blocks, prepared)), needs="npm")
    return rows


def send_message(url):
    return aws.request(SQS + "SendMessage", {"QueueUrl": url, "MessageBody": '{"id":"dog"}'})


def sqs(build, scale):
    def sends(request, each):
        return lambda server: warmed(build, server, [request(create_queue(server))], scale, each)

    def drains(waiting):
        def load(server):
            url = create_queue(server)
            warm_up = scale.drained // 5
            fill_queue(build, server, url, warm_up + scale.drained + waiting)
            loads.drain(build, server, url, scale.seconds, warm_up)
            return loads.drain(build, server, url, 2 * scale.seconds, scale.drained)
        return load

    rows = {"ceiling, SendMessage's requests": Row(on(
        lambda: Ceiling(build),
        lambda server: loads.requests(
            build, server, [send_message("http://127.0.0.1:45660/000000000000/bench")], scale.seconds)))}
    for name, load in (
            ("SendMessage", sends(send_message, 1)), ("SendMessageBatch of 10", sends(send_batch, 10)),
            ("Receive + DeleteBatch", drains(0)),
            (f"Receive + DeleteBatch, {scale.waiting:,} waiting", drains(scale.waiting))):
        rows[name] = Row(on(lambda: Votemu(build), load))
        rows[f"{name}, fauxqs in memory"] = Row(on(lambda: Fauxqs(build), load), needs="npm")
        rows[f"{name}, fauxqs without log"] = Row(on(lambda: Fauxqs(build, log=False), load), needs="npm")
        if name.startswith("Send"):
            rows[f"{name}, fauxqs on SQLite"] = Row(on(lambda: Fauxqs(build, sqlite=True), load), needs="npm")
    return rows
