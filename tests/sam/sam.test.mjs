// The workshop's own commands: sam deploy --guided with the answers piped, sam deploy, sam list, sam logs, sam delete.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { credentials, region } from "../clients/support/aws.js";
import { iterations, layOut, usesWorkshop } from "../clients/support/iterations.js";
import { startServer, temporaryDirectory } from "../clients/support/server.js";
import { totals, vote } from "../clients/support/votes.js";
import { eventually } from "../clients/support/waiting.js";

const SAM = process.env.SAM_BIN;
const workplace = temporaryDirectory();
const folder = join(workplace, "sam-app");

let server;
before(async () => {
  server = await startServer({ args: ["--empty"] });
});
after(() => server.stop());

// Runs sam in an application's folder; rejects with what it printed when it fails.
async function sam(args, answers = [], cwd = folder) {
  const child = spawn(SAM, args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: workplace,
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: "true",
      SAM_CLI_TELEMETRY: "0",
      COLUMNS: "200", // else its tables wrap names
      SAM_CLI_POLL_DELAY: "0.1",
    },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (printed += text));
  }
  child.stdin.end(answers.map((answer) => `${answer}\n`).join(""));
  const [code] = await once(child, "close");
  assert.equal(code, 0, `sam ${args.join(" ")} ended with ${code}:\n${printed}`);
  return printed;
}

// The answers that the guided deployment asks for, in its order; "" takes what it proposes.
function guidedAnswers(iteration, known, openFunctions) {
  const asked = { ...known, ...iteration.parameters(server) };
  const parameters = parameterNames().map((name) => (name in known ? "" : asked[name]));
  const okays = Array(openFunctions).fill("y");
  const [confirm, roles, disableRollback] = ["n", "y", "n"];
  return ["", "", ...parameters, confirm, roles, disableRollback, ...okays, "y", "", ""];
}

// In the template's order, which is that of the questions.
function parameterNames() {
  const [, section] = /^Parameters:\n((?:[ #].*\n|\n)*)/m.exec(readFileSync(join(folder, "template.yaml"), "utf8"));
  return [...section.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name);
}

async function votesForDogs(expected) {
  await eventually(async () => (await totals(server)).dog === expected, `${expected} votes`);
}

const last = iterations.length - 1;
let votes = 0;

test("sam deploy --guided, twice, each time growing the application", async () => {
  let known = {};
  for (const iteration of usesWorkshop ? iterations.slice(0, last) : iterations) {
    layOut(iteration, folder);
    const printed = await sam(["deploy", "--guided"], guidedAnswers(iteration, known, 2));
    assert.match(printed, /Successfully created\/updated stack - sam-app in us-east-1/);
    known = { ...known, ...iteration.parameters(server) };
    assert.equal((await vote(server, "dog")).status, 200);
    votes += 1;
    await votesForDogs(votes);
  }
  assert.match(readFileSync(join(folder, "samconfig.toml"), "utf8"), /stack_name = "sam-app"/);
});

test("sam deploy takes its answers from samconfig.toml", async () => {
  layOut(iterations[last], folder);
  const template = join(folder, "template.yaml");
  const changed = readFileSync(template, "utf8").replace(/^( +)Timeout: 3$/m, "$1Timeout: 5");
  writeFileSync(template, changed);
  const printed = await sam(["deploy"]);
  assert.match(printed, /UPDATE_COMPLETE +AWS::CloudFormation::Stack/);
  assert.match(printed, /Successfully created\/updated stack/);
  await vote(server, "dog");
  votes += 1;
  await votesForDogs(votes);
});

test("sam deploy again has nothing to do", async () => {
  const printed = await sam(["deploy", "--no-fail-on-empty-changeset"]);
  assert.match(printed, /No changes to deploy. Stack sam-app is up to date/);
});

test("sam list stack-outputs tells where the application is", async () => {
  const outputs = JSON.parse(await sam(["list", "stack-outputs", "--stack-name", "sam-app", "--output", "json"]));
  const byKey = Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  assert.match(byKey.ApiEndpoint, /^https:\/\/\w+\.execute-api\.us-east-1\.amazonaws\.com\/dev$/);
  assert.equal(byKey.IotEndpoint, `localhost:${server.port}`);
  assert.match(byKey.CognitoIdentityPoolId, /^us-east-1:[0-9a-f-]{36}$/);
});

test("sam list resources names what was made", async () => {
  const resources = JSON.parse(await sam(["list", "resources", "--stack-name", "sam-app", "--output", "json"]));
  const table = resources.find(({ LogicalResourceId }) => LogicalResourceId === "VotesTable");
  assert.equal(table.PhysicalResourceId, "voting-service-table");
});

test("sam logs shows a function's invocations", async () => {
  const printed = await sam(["logs", "--stack-name", "sam-app", "--name", "ScanDynamoDBFunction"]);
  assert.match(printed, /START RequestId: [0-9a-f-]{36}/);
  assert.match(printed, /REPORT RequestId: /);
});

test("sam delete leaves nothing of the application", async () => {
  const printed = await sam(["delete", "--stack-name", "sam-app"], ["y", "y", "y"]);
  assert.match(printed, /Deleted successfully/);
  const functions = await fetch(`${server.url}/2015-03-31/functions`);
  assert.deepEqual((await functions.json()).Functions, []);
  const apis = await fetch(`${server.url}/restapis`);
  assert.deepEqual((await apis.json()).item ?? [], []);
});

const SAM_INIT_CONFIG = `
version = 0.1

[default.global.parameters]
stack_name = "hello"

[default.deploy.parameters]
capabilities = "CAPABILITY_IAM"
confirm_changeset = true
resolve_s3 = true
`;

// With an API that only the event names, and a table that SAM writes out.
const SAM_INIT_TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 3
Resources:
  HelloTable:
    Type: AWS::Serverless::SimpleTable
  HelloWorldFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: hello-world/
      Handler: scan-dynamodb.handler
      Runtime: nodejs18.x
      Architectures:
        - x86_64
      Environment:
        Variables:
          DDB_TABLE_NAME: !Ref HelloTable
      Policies:
        - DynamoDBReadPolicy:
            TableName: !Ref HelloTable
      Events:
        HelloWorld:
          Type: Api
          Properties:
            Path: /hello
            Method: get
Outputs:
  HelloWorldApi:
    Value: !Sub "https://\${ServerlessRestApi}.execute-api.\${AWS::Region}.amazonaws.com/Prod/hello/"
  HelloWorldFunctionIamRole:
    Value: !GetAtt HelloWorldFunctionRole.Arn
`;

test("a folder as sam init makes it deploys, with the change set confirmed", async () => {
  const hello = join(workplace, "hello");
  mkdirSync(join(hello, "hello-world"), { recursive: true });
  writeFileSync(join(hello, "hello-world/app.mjs"), "export const lambdaHandler = async () => ({});\n");
  writeFileSync(join(hello, "template.yaml"), SAM_INIT_TEMPLATE);
  writeFileSync(join(hello, "samconfig.toml"), SAM_INIT_CONFIG);
  const printed = await sam(["deploy"], ["y"], hello);
  assert.match(printed, /\+ Add +HelloWorldFunctionRole +AWS::IAM::Role/);
  assert.match(printed, /Successfully created\/updated stack - hello/);
  const answer = await fetch(`${server.url}/Prod/hello`);
  assert.deepEqual([answer.status, await answer.json()], [200, []]);
  assert.match(await sam(["delete", "--no-prompts"], [], hello), /Deleted successfully/);
});
