// Debian's awscli (2.9, which speaks SQS's Query protocol).
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { account, apiEvent, environment, region, stack } from "./support/aws.js";
import { startServer, temporaryDirectory } from "./support/server.js";
import { vote } from "./support/votes.js";

const AWS = "/usr/bin/aws";
const run = promisify(execFile);

let server;
before(async () => (server = await startServer()));
after(() => server.stop());

// The text that the command prints; rejects when it does not exit with 0.
async function aws(...args) {
  const { stdout } = await run(AWS, ["--endpoint-url", server.url, ...args], { env: environment(server) });
  return stdout;
}

async function awsJson(...args) {
  return JSON.parse((await aws(...args, "--output", "json")) || "null");
}

test("sqs: a queue is created, a message sent, received and deleted", async () => {
  const { QueueUrl } = await awsJson("sqs", "create-queue", "--queue-name", "cli");
  assert.equal(QueueUrl, `${server.url}/${account}/cli`);
  const sent = await awsJson("sqs", "send-message", "--queue-url", QueueUrl, "--message-body", "a <b> & c");
  const { Messages } = await awsJson("sqs", "receive-message", "--queue-url", QueueUrl);
  assert.equal(Messages[0].MessageId, sent.MessageId);
  assert.equal(Messages[0].Body, "a <b> & c");
  await aws("sqs", "delete-message", "--queue-url", QueueUrl, "--receipt-handle", Messages[0].ReceiptHandle);
  const { Attributes } = await awsJson(
    "sqs", "get-queue-attributes", "--queue-url", QueueUrl, "--attribute-names", "All",
  );
  assert.equal(Attributes.ApproximateNumberOfMessagesNotVisible, "0");
  assert.equal(Attributes.QueueArn, `arn:aws:sqs:${region}:${account}:cli`);
});

test("sqs: an unknown queue is told with AWS's code", async () => {
  await assert.rejects(aws("sqs", "get-queue-url", "--queue-name", "nowhere"), {
    code: 254,
    stderr: /\(AWS\.SimpleQueueService\.NonExistentQueue\).*The specified queue does not exist/,
  });
});

test("dynamodb: an item is put, read and scanned", async () => {
  const item = { PK: { S: "cli" }, SK: { S: "total" }, votes: { N: "3" } };
  const key = { PK: item.PK, SK: item.SK };
  await aws("dynamodb", "put-item", "--table-name", stack.table, "--item", JSON.stringify(item));
  const found = await awsJson("dynamodb", "get-item", "--table-name", stack.table, "--key", JSON.stringify(key));
  assert.deepEqual(found.Item, item);
  const scan = await awsJson("dynamodb", "scan", "--table-name", stack.table);
  assert.deepEqual(
    scan.Items.filter(({ PK }) => PK.S === "cli"),
    [item],
  );
});

test("lambda invoke writes the answer to its file", async () => {
  const file = join(temporaryDirectory(), "out.json");
  const answer = await awsJson(
    "lambda", "invoke", "--function-name", stack.scan, "--payload", JSON.stringify(apiEvent("GET")),
    "--cli-binary-format", "raw-in-base64-out", file,
  );
  assert.deepEqual(answer, { StatusCode: 200, ExecutedVersion: "$LATEST" });
  assert.equal(JSON.parse(readFileSync(file, "utf8")).statusCode, 200);
});

test("logs tail shows what a function wrote", async () => {
  await vote(server, "tailed");
  const text = await aws("logs", "tail", `/aws/lambda/${stack.publish}`, "--since", "5m");
  assert.match(text, /START RequestId/);
  assert.match(text, /Publish SQS Success/);
});

test("iot describe-endpoint answers with this process", async () => {
  const answer = await awsJson("iot", "describe-endpoint", "--endpoint-type", "iot:Data-ATS");
  assert.deepEqual(answer, { endpointAddress: `localhost:${server.port}` });
});
