// The workshop as its reader does it, with Debian's awscli: the application grows on one stack, votes before, between
// and after.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, test } from "node:test";
import { promisify } from "node:util";

import { environment, region } from "./support/aws.js";
import { iterations } from "./support/iterations.js";
import { connect } from "./support/mqtt.js";
import { startServer, temporaryDirectory } from "./support/server.js";
import { totals, vote } from "./support/votes.js";
import { eventually } from "./support/waiting.js";

const run = promisify(execFile);
const STACK = "sam-app";

let server;
after(() => server.stop());

function awsOf(server) {
  const aws = async (...args) => {
    const options = { env: environment(server) };
    const { stdout } = await run("/usr/bin/aws", ["--endpoint-url", server.url, ...args], options);
    return stdout;
  };
  aws.json = async (...args) => JSON.parse((await aws(...args, "--output", "json")) || "null");
  return aws;
}

function deploy(aws, iteration, server) {
  const overrides = Object.entries(iteration.parameters(server)).map(([name, value]) => `${name}=${value}`);
  return aws(
    "cloudformation", "deploy", "--template-file", iteration.template, "--stack-name", STACK,
    "--capabilities", "CAPABILITY_IAM", ...(overrides.length ? ["--parameter-overrides", ...overrides] : []),
  );
}

async function stackOf(aws) {
  const { Stacks } = await aws.json("cloudformation", "describe-stacks", "--stack-name", STACK);
  const outputs = Object.fromEntries((Stacks[0].Outputs ?? []).map((output) => [output.OutputKey, output.OutputValue]));
  return { ...Stacks[0], outputs };
}

// The console's TEST button on POST /votes.
async function pressTest(aws, body) {
  const { items: apis } = await aws.json("apigateway", "get-rest-apis");
  const { items: resources } = await aws.json("apigateway", "get-resources", "--rest-api-id", apis[0].id);
  const votes = resources.find(({ path }) => path === "/votes");
  return aws.json(
    "apigateway", "test-invoke-method", "--rest-api-id", apis[0].id, "--resource-id", votes.id,
    "--http-method", "POST", "--path-with-query-string", "/votes", "--body", body,
  );
}

async function countedInLog(aws, name) {
  const { events } = await aws.json(
    "logs", "filter-log-events", "--log-group-name", `/aws/lambda/voting-service-${name}-function`,
  );
  return events.filter(({ message }) => message.startsWith("REPORT RequestId:")).length;
}

async function total(server, pet, expected) {
  await eventually(async () => (await totals(server))[pet] === expected, `${expected} votes for ${pet}`);
}

// What a stack could have left, by the answers of the services themselves.
async function leftovers(aws) {
  const lists = [
    [["dynamodb", "list-tables"], "TableNames"],
    [["sqs", "list-queues"], "QueueUrls"],
    [["lambda", "list-functions"], "Functions"],
    [["lambda", "list-event-source-mappings"], "EventSourceMappings"],
    [["apigateway", "get-rest-apis"], "items"],
    [["iam", "list-roles"], "Roles"],
    [["cognito-identity", "list-identity-pools", "--max-results", "10"], "IdentityPools"],
    [["cognito-idp", "list-user-pools", "--max-results", "10"], "UserPools"],
  ];
  const left = [];
  for (const [command, member] of lists) left.push(...((await aws.json(...command))?.[member] ?? []));
  return left;
}

test("the application is deployed, grows twice with its totals, and is deleted", async () => {
  const dataDir = temporaryDirectory();
  server = await startServer({ dataDir, args: ["--empty"] });
  let aws = awsOf(server);

  await deploy(aws, iterations[0], server);
  const created = await stackOf(aws);
  assert.equal(created.StackStatus, "CREATE_COMPLETE");
  assert.match(created.outputs.ApiEndpoint, new RegExp(`^https://\\w+\\.execute-api\\.${region}\\.amazonaws\\.com/dev$`));
  const pressed = await pressTest(aws, '{"id":"dog"}');
  assert.equal(pressed.status, 200, pressed.log);
  assert.match(pressed.log, /Successfully completed execution/);
  await vote(server, "dog");
  await total(server, "dog", 2);

  const endpoint = await aws.json("iot", "describe-endpoint", "--endpoint-type", "iot:Data-ATS");
  assert.equal(endpoint.endpointAddress, `localhost:${server.port}`);
  let votes = 2;
  for (const iteration of iterations.slice(1)) {
    await deploy(aws, iteration, server);
    const updated = await stackOf(aws);
    assert.equal(updated.StackStatus, "UPDATE_COMPLETE");
    assert.equal(updated.StackId, created.StackId);
    assert.equal(updated.outputs.ApiEndpoint, created.outputs.ApiEndpoint);
    assert.equal(updated.outputs.IotEndpoint, endpoint.endpointAddress);
    assert.match(updated.outputs.CognitoIdentityPoolId, new RegExp(`^${region}:[0-9a-f-]{36}$`));

    const browser = await connect(server);
    await browser.subscribe("votes");
    await vote(server, "dog");
    votes += 1;
    const told = JSON.stringify([{ id: "dog", votes: String(votes) }]);
    await browser.message(({ text }) => text === told);
    await browser.end();
    await total(server, "dog", votes);

    // Nothing that is deployed needs the process that deployed it.
    const { port } = server;
    await server.stop();
    server = await startServer({ dataDir, port, args: ["--empty"] });
    aws = awsOf(server);
    await vote(server, "dog");
    votes += 1;
    await total(server, "dog", votes);
  }
  const functions = (await aws.json("lambda", "list-functions")).Functions.map(({ FunctionName }) => FunctionName);
  assert.deepEqual(functions.sort(), [
    "voting-service-scan-dynamodb-function",
    "voting-service-sqs-publish-function",
    "voting-service-sqs-update-dynamodb-function",
    "voting-service-stream-iot-function",
  ]);
  for (const name of ["scan-dynamodb", "sqs-publish", "sqs-update-dynamodb", "stream-iot"]) {
    assert.ok((await countedInLog(aws, name)) > 0, `no invocation in the log of ${name}`);
  }
  assert.match(await deploy(aws, iterations.at(-1), server), /No changes to deploy/);

  await aws("cloudformation", "delete-stack", "--stack-name", STACK);
  await aws("cloudformation", "wait", "stack-delete-complete", "--stack-name", created.StackId);
  assert.deepEqual(await leftovers(aws), []);
  await assert.rejects(stackOf(aws), /Stack with id sam-app does not exist/);
});
