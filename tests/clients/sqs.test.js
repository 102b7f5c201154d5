// SQS through the AWS SDK for JavaScript v3, which checks the MD5 of every message by itself.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";

import { account, clientConfig, region, uniqueName } from "./support/aws.js";
import { startServer } from "./support/server.js";

let server;
let sqs;
before(async () => {
  server = await startServer();
  sqs = new SQSClient(clientConfig(server));
});
after(() => server.stop());

async function createQueue(Attributes = {}, name = uniqueName("queue")) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return QueueUrl;
}

async function receive(QueueUrl, options = {}) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...options }));
  return Messages;
}

async function attributesOf(QueueUrl, ...names) {
  const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: names }));
  return answer.Attributes;
}

test("a queue's URL is on the host that was asked", async () => {
  const name = uniqueName("queue");
  const QueueUrl = await createQueue({}, name);
  assert.equal(QueueUrl, `${server.url}/${account}/${name}`);
  assert.equal((await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl, QueueUrl);
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: name }));
  assert.ok(QueueUrls.includes(QueueUrl));
});

test("a message comes back with its body and attributes", async () => {
  const QueueUrl = await createQueue();
  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: "grüße",
      MessageAttributes: {
        text: { DataType: "String", StringValue: "a" },
        number: { DataType: "Number.int", StringValue: "1" },
        bytes: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
      },
    }),
  );
  const [message] = await receive(QueueUrl, { MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] });
  assert.equal(message.MessageId, sent.MessageId);
  assert.equal(message.Body, "grüße");
  assert.equal(message.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
  assert.equal(message.MessageAttributes.number.StringValue, "1");
  assert.deepEqual([...message.MessageAttributes.bytes.BinaryValue], [1, 2]);
  assert.equal(message.Attributes.ApproximateReceiveCount, "1");
});

test("a received message is hidden until its visibility is given back", async () => {
  const QueueUrl = await createQueue();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "once" }));
  const [message] = await receive(QueueUrl);
  assert.deepEqual(await receive(QueueUrl), []);
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 }),
  );
  const [again] = await receive(QueueUrl, { MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
  assert.equal(again.MessageId, message.MessageId);
  assert.equal(again.Attributes.ApproximateReceiveCount, "2");
});

test("a deleted message does not come back", async () => {
  const QueueUrl = await createQueue({ VisibilityTimeout: "0" });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "bye" }));
  const [{ ReceiptHandle }] = await receive(QueueUrl);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  assert.deepEqual(await receive(QueueUrl), []);
});

test("a long poll answers as soon as a message is there", async () => {
  const QueueUrl = await createQueue();
  const quiet = receive(await createQueue(), { WaitTimeSeconds: 5 });
  const waiting = receive(QueueUrl, { WaitTimeSeconds: 20 });
  await attributesOf(QueueUrl, "QueueArn");
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "at last" }));
  const [message] = await Promise.race([waiting, quiet]);
  assert.equal(message.Body, "at last");
  assert.deepEqual(await quiet, []);
});

test("a long poll without a message waits, then ends empty", async () => {
  const QueueUrl = await createQueue();
  const ended = [];
  const long = receive(QueueUrl, { WaitTimeSeconds: 1 }).then((messages) => ended.push(["long", messages]));
  const short = receive(QueueUrl).then((messages) => ended.push(["short", messages]));
  await Promise.all([long, short]);
  assert.deepEqual(ended, [
    ["short", []],
    ["long", []],
  ]);
});

test("ten messages go and come in one batch each", async () => {
  const QueueUrl = await createQueue();
  const Entries = Array.from({ length: 10 }, (_, n) => ({ Id: `m${n}`, MessageBody: `body ${n}` }));
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  assert.equal(sent.Successful.length, 10);
  const received = await receive(QueueUrl, { MaxNumberOfMessages: 10 });
  assert.deepEqual(received.map(({ Body }) => Body).sort(), Entries.map(({ MessageBody }) => MessageBody).sort());
  const deleted = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: received.map(({ ReceiptHandle }, n) => ({ Id: `d${n}`, ReceiptHandle })),
    }),
  );
  assert.equal(deleted.Successful.length, 10);
});

test("two entries of a batch may not share an id", async () => {
  const QueueUrl = await createQueue();
  const entry = { Id: "same", MessageBody: "x" };
  await assert.rejects(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [entry, entry] })), {
    name: "BatchEntryIdsNotDistinct",
  });
});

test("a message received too often goes to the dead-letter queue", async () => {
  const dead = await createQueue();
  const { QueueArn } = await attributesOf(dead, "QueueArn");
  const QueueUrl = await createQueue({
    VisibilityTimeout: "0",
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: QueueArn, maxReceiveCount: 2 }),
  });
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "poison" }));
  assert.equal((await receive(QueueUrl)).length, 1);
  assert.equal((await receive(QueueUrl)).length, 1);
  assert.deepEqual(await receive(QueueUrl), []);
  const [message] = await receive(dead, { WaitTimeSeconds: 5 });
  assert.equal(message.MessageId, MessageId);
});

test("a queue's attributes are those that were set, and its counts are right", async () => {
  const QueueUrl = await createQueue({ VisibilityTimeout: "45" });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { MaximumMessageSize: "2048" } }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "counted" }));
  const all = await attributesOf(QueueUrl, "All");
  assert.equal(all.VisibilityTimeout, "45");
  assert.equal(all.MaximumMessageSize, "2048");
  assert.equal(all.ApproximateNumberOfMessages, "1");
  assert.equal(all.QueueArn, `arn:aws:sqs:${region}:${account}:${QueueUrl.split("/").pop()}`);
});

test("a message larger than the queue takes is refused", async () => {
  const QueueUrl = await createQueue({ MaximumMessageSize: "1024" });
  await assert.rejects(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x".repeat(1025) })), {
    name: "InvalidParameterValue",
  });
});

test("a purged queue is empty", async () => {
  const QueueUrl = await createQueue();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  assert.deepEqual(await receive(QueueUrl), []);
});

test("a queue that does not exist is a QueueDoesNotExist", async () => {
  await assert.rejects(sqs.send(new GetQueueUrlCommand({ QueueName: "nowhere" })), { name: "QueueDoesNotExist" });
  const QueueUrl = await createQueue();
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  await assert.rejects(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })), { name: "QueueDoesNotExist" });
});
