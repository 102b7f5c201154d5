// `--iam enforce` over HTTP: who signs wrongly is refused, who may not is denied, in AWS's words; and `--iam warn`.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { IoTDataPlaneClient, PublishCommand } from "@aws-sdk/client-iot-data-plane";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

import { account, clientConfig, stack } from "./support/aws.js";
import { becomeGuest } from "./support/guests.js";
import { startServer, temporaryDirectory } from "./support/server.js";
import { totals, vote } from "./support/votes.js";

const enforce = { args: ["--iam", "enforce"] };
const template = fileURLToPath(new URL("../../fixtures/voting-app/template.yaml", import.meta.url));

let server;
before(async () => (server = await startServer(enforce)));
after(() => server.stop());

function client(Client, options = {}) {
  return new Client({ ...clientConfig(server), ...options });
}

test("the account's own credentials may do everything, and votes are counted", async () => {
  const { TableNames } = await client(DynamoDBClient).send(new ListTablesCommand({}));
  assert.deepEqual(TableNames, [stack.table]);
  for (const pet of ["dog", "dog", "cat"]) assert.equal((await vote(server, pet)).status, 200);
  assert.deepEqual(await totals(server), { dog: 2, cat: 1 });
});

test("an access key that nobody has is unknown", async () => {
  const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "test" };
  const message = "The security token included in the request is invalid.";
  await assert.rejects(client(DynamoDBClient, { credentials }).send(new ListTablesCommand({})), {
    name: "UnrecognizedClientException",
    message,
  });
  await assert.rejects(client(STSClient, { credentials }).send(new GetCallerIdentityCommand({})), {
    name: "InvalidClientTokenId",
    message,
  });
  await assert.rejects(client(S3Client, { credentials }).send(new ListBucketsCommand({})), {
    name: "InvalidAccessKeyId",
  });
});

test("a wrong secret makes a wrong signature", async () => {
  const credentials = { accessKeyId: "test", secretAccessKey: "guessed" };
  const message = /^The request signature we calculated does not match the signature you provided\./;
  await assert.rejects(client(DynamoDBClient, { credentials }).send(new ListTablesCommand({})), {
    name: "InvalidSignatureException",
    message,
  });
  await assert.rejects(client(STSClient, { credentials }).send(new GetCallerIdentityCommand({})), {
    name: "SignatureDoesNotMatch",
    message,
  });
  await assert.rejects(client(S3Client, { credentials }).send(new ListBucketsCommand({})), {
    name: "SignatureDoesNotMatch",
    message,
  });
});

test("a signature of twenty minutes ago has expired", async () => {
  const late = client(DynamoDBClient, { systemClockOffset: -20 * 60_000 });
  await assert.rejects(late.send(new ListTablesCommand({})), {
    name: "InvalidSignatureException",
    message: /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z/,
  });
});

test("who does not sign at all is told so", async () => {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "DynamoDB_20120810.ListTables" },
    body: "{}",
  });
  assert.equal(response.status, 400);
  assert.match((await response.json()).__type, /#?MissingAuthenticationTokenException$/);
});

test("a guest's credentials with another session token are refused", async () => {
  const guest = await becomeGuest(server);
  const other = await becomeGuest(server);
  const credentials = { ...guest, sessionToken: other.sessionToken };
  await assert.rejects(client(DynamoDBClient, { credentials }).send(new ListTablesCommand({})), {
    name: "UnrecognizedClientException",
  });
});

test("a guest may neither read the table nor publish", async () => {
  const credentials = await becomeGuest(server);
  const caller = await client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
  await assert.rejects(client(DynamoDBClient, { credentials }).send(new ScanCommand({ TableName: stack.table })), (error) => {
    assert.equal(error.name, "AccessDeniedException");
    assert.ok(error.message.startsWith(`User: ${caller.Arn} is not authorized to perform: dynamodb:Scan on resource: `));
    return true;
  });
  const publish = new PublishCommand({ topic: "votes", payload: "[]" });
  await assert.rejects(client(IoTDataPlaneClient, { credentials }).send(publish), ({ $metadata }) => {
    assert.equal($metadata.httpStatusCode, 403);
    return true;
  });
});

test("a role may what its policies allow, from the moment that they say so", async () => {
  const iam = client(IAMClient);
  const trust = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" };
  const document = (Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument: document([trust]) }),
  );
  const { Credentials } = await client(STSClient).send(
    new AssumeRoleCommand({ RoleArn: Role.Arn, RoleSessionName: "me" }),
  );
  const credentials = {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  };
  const tables = client(DynamoDBClient, { credentials });
  const scan = new ScanCommand({ TableName: stack.table });
  await assert.rejects(tables.send(scan), { name: "AccessDeniedException" });
  const Resource = `arn:aws:dynamodb:us-east-1:${account}:table/${stack.table}`;
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: "reader",
      PolicyName: "read",
      PolicyDocument: document([{ Effect: "Allow", Action: "dynamodb:Scan", Resource }]),
    }),
  );
  await tables.send(scan);
  await assert.rejects(client(SQSClient, { credentials }).send(new ListQueuesCommand({})), {
    name: "AccessDenied",
    message:
      `User: arn:aws:sts::${account}:assumed-role/reader/me is not authorized to perform: sqs:listqueues on resource: ` +
      `arn:aws:sqs:us-east-1:${account}: because no identity-based policy allows the sqs:listqueues action`,
  });
});

// The voting application whose function lost the policy that lets it send to the queue.
function withoutSendMessage() {
  const text = readFileSync(template, "utf8");
  const policy = "      Policies:\n        - SQSSendMessagePolicy:\n            QueueName: !GetAtt SqsQueue.QueueName\n";
  assert.ok(text.includes(policy));
  const file = join(temporaryDirectory(), "template.yaml");
  writeFileSync(file, text.replace(policy, ""));
  return file;
}

test("a function whose role lacks a permission is denied it, and its log says what", async (t) => {
  const other = await startServer({ args: [...enforce.args, "--template", withoutSendMessage()] });
  t.after(() => other.stop());
  const response = await vote(other, "dog");
  assert.equal(response.status, 500);
  assert.deepEqual(await response.json(), { message: "The vote could not be queued" });
  assert.deepEqual(await totals(other), {});
  const { events } = await new CloudWatchLogsClient(clientConfig(other)).send(
    new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${stack.publish}` }),
  );
  const log = events.map(({ message }) => message).join("");
  assert.match(log, /AccessDenied/);
  assert.match(
    log,
    new RegExp(
      `User: arn:aws:sts::${account}:assumed-role/[^/ ]+/${stack.publish} is not authorized to perform: ` +
        `sqs:sendmessage on resource: arn:aws:sqs:us-east-1:${account}:\\S+ because no identity-based policy allows`,
    ),
  );
});

test("--iam warn lets everything through and says what would be denied", async () => {
  const other = await startServer({ args: ["--iam", "warn"] });
  const credentials = await becomeGuest(other);
  const tables = (options) => new DynamoDBClient({ ...clientConfig(other), ...options });
  await tables({ credentials }).send(new ScanCommand({ TableName: stack.table }));
  const unknown = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "test" };
  await tables({ credentials: unknown }).send(new ListTablesCommand({}));
  await other.stop();
  assert.match(other.stderr, /is not authorized to perform: dynamodb:Scan on resource: /);
  assert.match(other.stderr, /The security token included in the request is invalid/);
});
