// The AWS SDK for JavaScript v2, called as the voting workshop's own functions call it.
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { credentials, region, stack } from "./support/aws.js";
import { connect } from "./support/mqtt.js";
import { startServer } from "./support/server.js";
import { totals } from "./support/votes.js";

const AWS = createRequire(import.meta.url)("aws-sdk");

let server;
let options;
before(async () => {
  server = await startServer();
  options = { ...credentials, region, endpoint: server.url, maxRetries: 0 };
});
after(() => server.stop());

test("DocumentClient.update counts and DocumentClient.scan reads the totals", async () => {
  const documents = new AWS.DynamoDB.DocumentClient(options);
  const update = {
    TableName: stack.table,
    Key: { PK: "v2", SK: "total" },
    UpdateExpression: "SET votes = if_not_exists(votes, :default_votes) + :value",
    ExpressionAttributeValues: { ":default_votes": 0, ":value": 1 },
  };
  await documents.update(update).promise();
  await documents.update(update).promise();
  const { Items } = await documents.scan({ TableName: stack.table }).promise();
  assert.deepEqual(
    Items.filter(({ PK }) => PK === "v2"),
    [{ PK: "v2", SK: "total", votes: 2 }],
  );
});

test("sendMessage and receiveMessage on a queue's URL", async () => {
  const sqs = new AWS.SQS(options);
  const { QueueUrl } = await sqs.createQueue({ QueueName: "v2" }).promise();
  const sent = await sqs.sendMessage({ QueueUrl, MessageBody: "hello" }).promise();
  const { Messages } = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 1 }).promise();
  assert.deepEqual([Messages[0].MessageId, Messages[0].Body], [sent.MessageId, "hello"]);
  await sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle }).promise();
});

test("a vote that is sent to the stack's own queue is counted", async () => {
  const sqs = new AWS.SQS(options);
  const { QueueUrls } = await sqs.listQueues().promise();
  const QueueUrl = QueueUrls.find((url) => /SqsQueue/.test(url));
  const event = { httpMethod: "POST", body: '{"id":"by-queue"}' };
  await sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify(event) }).promise();
  assert.equal((await totals(server))["by-queue"], 1);
});

test("IotData.publish reaches a subscriber", async () => {
  const subscriber = await connect(server);
  await subscriber.subscribe("v2");
  const iot = new AWS.IotData(options);
  const payload = JSON.stringify([{ id: "dog", votes: "1" }]);
  await iot.publish({ topic: "v2", payload }).promise();
  assert.equal((await subscriber.message()).text, payload);
  await subscriber.end();
});

test("IotData.publish to an endpoint that is a host and a port, as a stack's IotEndpoint, goes over TLS", async () => {
  const subscriber = await connect(server);
  await subscriber.subscribe("v2/secure");
  const publish = (env) => {
    const script = fileURLToPath(new URL("support/publish_v2.cjs", import.meta.url));
    const args = [script, `localhost:${server.port}`, "v2/secure", "hello"];
    return promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  };
  await assert.rejects(publish({}), { stderr: /certificate/ });
  await publish({ NODE_EXTRA_CA_CERTS: await server.authority() });
  assert.equal((await subscriber.message()).text, "hello");
  await subscriber.end();
});

test("errors carry AWS's codes", async () => {
  const sqs = new AWS.SQS(options);
  await assert.rejects(sqs.getQueueUrl({ QueueName: "nowhere" }).promise(), {
    code: "AWS.SimpleQueueService.NonExistentQueue",
  });
  const documents = new AWS.DynamoDB.DocumentClient(options);
  await assert.rejects(documents.scan({ TableName: "nowhere" }).promise(), { code: "ResourceNotFoundException" });
});
