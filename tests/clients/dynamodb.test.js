// DynamoDB and DynamoDB Streams through the AWS SDK for JavaScript v3.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from "@aws-sdk/client-dynamodb-streams";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
  paginateQuery,
} from "@aws-sdk/lib-dynamodb";

import { clientConfig, stack, uniqueName } from "./support/aws.js";
import { startServer } from "./support/server.js";

let server;
let client;
let documents;
let streams;

before(async () => {
  server = await startServer();
  client = new DynamoDBClient(clientConfig(server));
  documents = DynamoDBDocumentClient.from(client);
  streams = new DynamoDBStreamsClient(clientConfig(server));
});
after(() => server.stop());

async function createTable(options = {}) {
  const TableName = uniqueName("table");
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        { AttributeName: "PK", AttributeType: "S" },
        { AttributeName: "SK", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "SK", KeyType: "RANGE" },
      ],
      BillingMode: "PAY_PER_REQUEST",
      ...options,
    }),
  );
  return TableName;
}

async function fill(TableName, count) {
  for (let SK = 0; SK < count; SK += 1) {
    await documents.send(new PutCommand({ TableName, Item: { PK: "row", SK, even: SK % 2 === 0 } }));
  }
}

test("the voting table is listed and described", async () => {
  const { TableNames } = await client.send(new ListTablesCommand({}));
  assert.ok(TableNames.includes(stack.table));
  const { Table } = await client.send(new DescribeTableCommand({ TableName: stack.table }));
  assert.equal(Table.TableStatus, "ACTIVE");
  assert.deepEqual(Table.StreamSpecification, { StreamEnabled: true, StreamViewType: "NEW_IMAGE" });
});

test("an item of every type comes back as it was put", async () => {
  const TableName = await createTable();
  const Item = {
    PK: "all",
    SK: 1,
    text: "käse",
    number: -12.5,
    yes: true,
    nothing: null,
    list: [1, "two", { three: 3 }],
    map: { nested: { deeper: [] } },
    texts: new Set(["a", "b"]),
    numbers: new Set([1, 2]),
    bytes: new Uint8Array([0, 255, 7]),
  };
  await documents.send(new PutCommand({ TableName, Item }));
  const found = await documents.send(new GetCommand({ TableName, Key: { PK: "all", SK: 1 } }));
  assert.deepEqual(found.Item, Item);
});

test("an item that is not there is undefined", async () => {
  const TableName = await createTable();
  const found = await documents.send(new GetCommand({ TableName, Key: { PK: "none", SK: 1 } }));
  assert.equal(found.Item, undefined);
});

test("UpdateItem counts as the workshop's function does", async () => {
  const TableName = await createTable();
  const update = new UpdateCommand({
    TableName,
    Key: { PK: "dog", SK: 0 },
    UpdateExpression: "SET votes = if_not_exists(votes, :default_votes) + :value",
    ExpressionAttributeValues: { ":default_votes": 0, ":value": 1 },
    ReturnValues: "ALL_NEW",
  });
  await documents.send(update);
  const { Attributes } = await documents.send(update);
  assert.deepEqual(Attributes, { PK: "dog", SK: 0, votes: 2 });
});

test("UpdateItem removes, appends and adds to sets", async () => {
  const TableName = await createTable();
  const Key = { PK: "x", SK: 0 };
  await documents.send(new PutCommand({ TableName, Item: { ...Key, former: 1, list: [1], tags: new Set(["a"]) } }));
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: "SET #l = list_append(#l, :more) REMOVE former ADD tags :tags",
      ExpressionAttributeNames: { "#l": "list" },
      ExpressionAttributeValues: { ":more": [2], ":tags": new Set(["b"]) },
      ReturnValues: "ALL_NEW",
    }),
  );
  assert.deepEqual(Attributes, { ...Key, list: [1, 2], tags: new Set(["a", "b"]) });
});

test("DeleteItem returns what it deleted", async () => {
  const TableName = await createTable();
  const Key = { PK: "x", SK: 0 };
  await documents.send(new PutCommand({ TableName, Item: { ...Key, was: "here" } }));
  const deleted = await documents.send(new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }));
  assert.deepEqual(deleted.Attributes, { ...Key, was: "here" });
  assert.equal((await documents.send(new GetCommand({ TableName, Key }))).Item, undefined);
});

test("a condition that fails is a ConditionalCheckFailedException and changes nothing", async () => {
  const TableName = await createTable();
  const Item = { PK: "x", SK: 0, version: 1 };
  await documents.send(new PutCommand({ TableName, Item }));
  const overwrite = new PutCommand({
    TableName,
    Item: { PK: "x", SK: 0, version: 2 },
    ConditionExpression: "attribute_not_exists(PK)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  await assert.rejects(documents.send(overwrite), (error) => {
    assert.equal(error.name, "ConditionalCheckFailedException");
    assert.equal(error.message, "The conditional request failed");
    assert.deepEqual(error.Item, { PK: { S: "x" }, SK: { N: "0" }, version: { N: "1" } });
    return true;
  });
  const found = await documents.send(new GetCommand({ TableName, Key: { PK: "x", SK: 0 } }));
  assert.deepEqual(found.Item, Item);
});

test("a table that does not exist is a ResourceNotFoundException", async () => {
  await assert.rejects(documents.send(new GetCommand({ TableName: "nowhere", Key: { PK: "x" } })), {
    name: "ResourceNotFoundException",
  });
});

test("a key that does not fit the schema is a ValidationException", async () => {
  const TableName = await createTable();
  await assert.rejects(documents.send(new GetCommand({ TableName, Key: { PK: "x" } })), {
    name: "ValidationException",
    message: "The provided key element does not match the schema",
  });
});

test("a table created twice is a ResourceInUseException", async () => {
  await assert.rejects(
    client.send(
      new CreateTableCommand({
        TableName: stack.table,
        AttributeDefinitions: [{ AttributeName: "PK", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    ),
    { name: "ResourceInUseException" },
  );
});

test("Query answers a range of the sort key in either order", async () => {
  const TableName = await createTable();
  await fill(TableName, 6);
  const range = {
    TableName,
    KeyConditionExpression: "PK = :pk AND SK BETWEEN :low AND :high",
    ExpressionAttributeValues: { ":pk": "row", ":low": 1, ":high": 3 },
  };
  const forward = await documents.send(new QueryCommand(range));
  const backward = await documents.send(new QueryCommand({ ...range, ScanIndexForward: false }));
  assert.deepEqual(
    forward.Items.map(({ SK }) => SK),
    [1, 2, 3],
  );
  assert.deepEqual(
    backward.Items.map(({ SK }) => SK),
    [3, 2, 1],
  );
});

test("the SDK's paginator walks through every page of a Query", async () => {
  const TableName = await createTable();
  await fill(TableName, 7);
  const pages = [];
  const query = {
    TableName,
    KeyConditionExpression: "PK = :pk",
    ExpressionAttributeValues: { ":pk": "row" },
  };
  for await (const page of paginateQuery({ client: documents, pageSize: 3 }, query)) {
    pages.push(page.Items.map(({ SK }) => SK));
  }
  assert.deepEqual(pages, [[0, 1, 2], [3, 4, 5], [6]]);
});

test("Scan filters after reading", async () => {
  const TableName = await createTable();
  await fill(TableName, 4);
  const scanned = await documents.send(
    new ScanCommand({ TableName, FilterExpression: "even = :yes", ExpressionAttributeValues: { ":yes": true } }),
  );
  assert.deepEqual({ count: scanned.Count, scanned: scanned.ScannedCount }, { count: 2, scanned: 4 });
});

test("BatchWrite and BatchGet move many items at once", async () => {
  const TableName = await createTable();
  const items = Array.from({ length: 25 }, (_, SK) => ({ PK: "batch", SK }));
  const written = await documents.send(
    new BatchWriteCommand({ RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) } }),
  );
  assert.deepEqual(written.UnprocessedItems, {});
  const read = await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: items } } }));
  assert.equal(read.Responses[TableName].length, 25);
});

test("a batch of 26 writes is refused", async () => {
  const requests = Array.from({ length: 26 }, (_, n) => ({
    DeleteRequest: { Key: { PK: { S: "x" }, SK: { S: String(n) } } },
  }));
  await assert.rejects(client.send(new BatchWriteItemCommand({ RequestItems: { [stack.table]: requests } })), {
    name: "ValidationException",
  });
});

test("a deleted table is gone", async () => {
  const TableName = await createTable();
  await client.send(new DeleteTableCommand({ TableName }));
  await assert.rejects(client.send(new DescribeTableCommand({ TableName })), { name: "ResourceNotFoundException" });
});

async function recordsOf(StreamArn) {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const records = [];
  for (const { ShardId } of StreamDescription.Shards) {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    records.push(...(await streams.send(new GetRecordsCommand({ ShardIterator }))).Records);
  }
  return records;
}

test("a stream tells of an item's life in order, with both images", async () => {
  const TableName = await createTable({
    StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
  });
  const Key = { PK: "life", SK: 1 };
  await documents.send(new PutCommand({ TableName, Item: { ...Key, age: 1 } }));
  await documents.send(new PutCommand({ TableName, Item: { ...Key, age: 2 } }));
  await documents.send(new DeleteCommand({ TableName, Key }));

  const { Streams } = await streams.send(new ListStreamsCommand({ TableName }));
  assert.equal(Streams.length, 1);
  const records = await recordsOf(Streams[0].StreamArn);
  assert.deepEqual(
    records.map(({ eventName }) => eventName),
    ["INSERT", "MODIFY", "REMOVE"],
  );
  const [, modified, removed] = records.map(({ dynamodb }) => dynamodb);
  assert.deepEqual([modified.OldImage.age, modified.NewImage.age], [{ N: "1" }, { N: "2" }]);
  assert.equal(removed.NewImage, undefined);
  assert.ok(modified.ApproximateCreationDateTime instanceof Date);
});

test("a write that changes nothing leaves no record", async () => {
  const TableName = await createTable({ StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" } });
  const put = new PutCommand({ TableName, Item: { PK: "same", SK: 1 } });
  await documents.send(put);
  await documents.send(put);
  const { Streams } = await streams.send(new ListStreamsCommand({ TableName }));
  assert.equal((await recordsOf(Streams[0].StreamArn)).length, 1);
});
