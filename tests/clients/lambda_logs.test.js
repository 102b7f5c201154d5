// Lambda and CloudWatch Logs through the AWS SDK for JavaScript v3.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";

import { account, apiEvent, clientConfig, region, stack } from "./support/aws.js";
import { startServer, temporaryDirectory } from "./support/server.js";
import { totals, vote } from "./support/votes.js";
import { eventually } from "./support/waiting.js";

let server;
let lambda;
let logs;
before(async () => {
  server = await startServer();
  lambda = new LambdaClient(clientConfig(server));
  logs = new CloudWatchLogsClient(clientConfig(server));
});
after(() => server.stop());

function invoke(FunctionName, payload, options = {}) {
  return lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), ...options }));
}

const parsed = ({ Payload }) => JSON.parse(Payload.transformToString());

test("the stack's functions are listed", async () => {
  const { Functions } = await lambda.send(new ListFunctionsCommand({}));
  assert.deepEqual(
    Functions.map(({ FunctionName }) => FunctionName).sort(),
    [stack.scan, stack.publish, stack.update, stack.stream].sort(),
  );
});

test("a function is described with its ARN and environment", async () => {
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: stack.scan }));
  assert.equal(Configuration.FunctionArn, `arn:aws:lambda:${region}:${account}:function:${stack.scan}`);
  assert.deepEqual(Configuration.Environment.Variables, { DDB_TABLE_NAME: stack.table });
  assert.equal(Configuration.State, "Active");
});

test("the queue and the stream are mapped to their functions", async () => {
  const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand({}));
  const sources = EventSourceMappings.map(({ EventSourceArn, FunctionArn, BatchSize }) => [
    EventSourceArn.split(":")[2],
    FunctionArn.split(":").pop(),
    BatchSize,
  ]);
  assert.deepEqual(sources.sort(), [
    ["dynamodb", stack.stream, 100],
    ["sqs", stack.update, 10],
  ]);
});

test("RequestResponse answers with the function's result", async () => {
  const answer = await invoke(stack.scan, apiEvent("GET"));
  assert.equal(answer.StatusCode, 200);
  assert.equal(answer.ExecutedVersion, "$LATEST");
  const reply = parsed(answer);
  assert.equal(reply.statusCode, 200);
  assert.ok(Array.isArray(JSON.parse(reply.body)));
});

test("LogType Tail brings the last log lines", async () => {
  const { LogResult } = await invoke(stack.scan, apiEvent("GET"), { LogType: "Tail" });
  const tail = Buffer.from(LogResult, "base64").toString();
  assert.match(tail, /^START RequestId: [0-9a-f-]{36} Version: \$LATEST\n/);
  assert.match(tail, /Scan DynamoDB Success/);
  assert.match(tail, /END RequestId: [0-9a-f-]{36}\nREPORT RequestId: /);
});

test("Event answers at once with 202, and the function runs", async () => {
  const answer = await invoke(stack.publish, apiEvent("POST", '{"id":"async"}'), { InvocationType: "Event" });
  assert.equal(answer.StatusCode, 202);
  await eventually(async () => (await totals(server)).async === 1, "vote by the Event invocation");
});

test("DryRun answers with 204 and runs nothing", async () => {
  const answer = await invoke(stack.publish, apiEvent("POST", '{"id":"dry"}'), { InvocationType: "DryRun" });
  assert.equal(answer.StatusCode, 204);
  assert.equal((await totals(server)).dry, undefined);
});

test("a function that fails says so in FunctionError", async () => {
  const answer = await invoke(stack.update, { Records: [{ messageId: "1", body: "not json" }] });
  assert.deepEqual([answer.StatusCode, answer.FunctionError], [200, "Unhandled"]);
  assert.equal(typeof parsed(answer).errorMessage, "string");
});

// An empty archive: zip's end record alone.
const emptyZip = Buffer.concat([Buffer.from("PK\x05\x06"), Buffer.alloc(18)]);

test("uploaded code comes back from where GetFunction says that it is", async () => {
  const FunctionName = "uploaded";
  const ZipFile = Buffer.concat([emptyZip, Buffer.alloc(3_000_000, "x")]);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "provided.al2023",
      Handler: "scan-dynamodb.handler",
      Role: `arn:aws:iam::${account}:role/r`,
      Code: { ZipFile: emptyZip },
    }),
  );
  const updated = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  assert.equal(updated.CodeSize, ZipFile.length);
  assert.equal(updated.CodeSha256, createHash("sha256").update(ZipFile).digest("base64"));

  const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  assert.equal(Code.RepositoryType, "S3");
  const download = await fetch(Code.Location);
  assert.equal(download.headers.get("content-type"), "application/zip");
  assert.ok(Buffer.from(await download.arrayBuffer()).equals(ZipFile));

  await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  assert.equal((await fetch(Code.Location)).status, 404);
});

test("code that is not in S3 is an InvalidParameterValueException", async () => {
  await assert.rejects(
    lambda.send(new UpdateFunctionCodeCommand({ FunctionName: stack.scan, S3Bucket: "nowhere", S3Key: "code.zip" })),
    { name: "InvalidParameterValueException", message: /^Error occurred while GetObject\. S3 Error Code: NoSuchBucket\./ },
  );
});

test("what tools read of a function besides", async () => {
  const FunctionName = stack.scan;
  const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  assert.deepEqual(Versions.map(({ Version }) => Version), ["$LATEST"]);
  assert.deepEqual((await lambda.send(new ListAliasesCommand({ FunctionName }))).Aliases, []);
  const { AccountUsage } = await lambda.send(new GetAccountSettingsCommand({}));
  assert.ok(AccountUsage.FunctionCount >= 4);
  await assert.rejects(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName })), {
    name: "ResourceNotFoundException",
  });
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }));
  const config = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
  assert.equal(config.MaximumRetryAttempts, 0);
  assert.ok(config.LastModified instanceof Date);
});

test("an unknown function is a ResourceNotFoundException", async () => {
  await assert.rejects(invoke("nobody", {}), {
    name: "ResourceNotFoundException",
    message: `Function not found: arn:aws:lambda:${region}:${account}:function:nobody`,
  });
});

test("a payload that is not JSON is an InvalidRequestContentException", async () => {
  await assert.rejects(lambda.send(new InvokeCommand({ FunctionName: stack.scan, Payload: "not json" })), {
    name: "InvalidRequestContentException",
  });
});

test("every function that ran has a log group with a stream", async () => {
  await invoke(stack.scan, apiEvent("GET"));
  const logGroupName = `/aws/lambda/${stack.scan}`;
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/voting" }));
  assert.ok(logGroups.some((group) => group.logGroupName === logGroupName));
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  assert.match(logStreams[0].logStreamName, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
});

test("FilterLogEvents finds what the functions of a vote wrote", async () => {
  await vote(server, "logged");
  for (const [name, line] of [
    [stack.publish, "Publish SQS Success"],
    [stack.update, "Update DynamoDB Success"],
  ]) {
    const { events } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, filterPattern: `"${line}"` }),
    );
    assert.ok(events.length > 0, name);
    assert.ok(events.every(({ message }) => message.includes(line)));
  }
});

test("log events that were put are read in their order", async () => {
  const place = { logGroupName: "own-group", logStreamName: "own-stream" };
  await logs.send(new CreateLogGroupCommand({ logGroupName: place.logGroupName }));
  await logs.send(new CreateLogStreamCommand(place));
  const now = Date.now();
  const logEvents = ["one", "two"].map((message, n) => ({ message, timestamp: now + n }));
  await logs.send(new PutLogEventsCommand({ ...place, logEvents }));
  const { events } = await logs.send(new GetLogEventsCommand({ ...place, startFromHead: true }));
  assert.deepEqual(
    events.map(({ message, timestamp }) => ({ message, timestamp })),
    logEvents,
  );
});

test("an unknown log group is a ResourceNotFoundException", async () => {
  await assert.rejects(logs.send(new FilterLogEventsCommand({ logGroupName: "nowhere" })), {
    name: "ResourceNotFoundException",
    message: "The specified log group does not exist.",
  });
});

test("FilterLogEvents looks into JSON", async () => {
  const place = { logGroupName: "json-group", logStreamName: "stream" };
  await logs.send(new CreateLogGroupCommand({ logGroupName: place.logGroupName }));
  await logs.send(new CreateLogStreamCommand(place));
  const timestamp = Date.now();
  const logEvents = ["INFO", "ERROR"].map((level) => ({ message: JSON.stringify({ level }), timestamp }));
  await logs.send(new PutLogEventsCommand({ ...place, logEvents }));
  const { events } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: place.logGroupName, filterPattern: '{ $.level = "ERROR" }' }),
  );
  assert.deepEqual(events.map(({ message }) => message), ['{"level":"ERROR"}']);
});

test("what was logged survives a kill", async () => {
  const dataDir = temporaryDirectory();
  const options = { logGroupName: `/aws/lambda/${stack.publish}`, filterPattern: '"Publish SQS Success"' };
  const first = await startServer({ dataDir });
  await vote(first, "kept");
  const before = await new CloudWatchLogsClient(clientConfig(first)).send(new FilterLogEventsCommand(options));
  await first.kill();

  const second = await startServer({ dataDir });
  const after = await new CloudWatchLogsClient(clientConfig(second)).send(new FilterLogEventsCommand(options));
  await second.stop();
  assert.ok(before.events.length > 0);
  assert.deepEqual(after.events, before.events);
});
