// Templates that are wrong get CloudFormation's own words, and leave what was there as it was.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import {
  CloudFormationClient, CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";

import { clientConfig } from "./support/aws.js";
import { startServer } from "./support/server.js";
import { totals, vote } from "./support/votes.js";
import { eventually } from "./support/waiting.js";

const voting = readFileSync(new URL("../../fixtures/voting-app/template.yaml", import.meta.url), "utf8");
const ALL = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"];

let server;
let cloudformation;
before(async () => {
  server = await startServer({ args: ["--empty"] });
  cloudformation = new CloudFormationClient(clientConfig(server));
});
after(() => server.stop());

function create(template, { name = "app", parameters = {}, capabilities = ALL } = {}) {
  const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  return cloudformation.send(
    new CreateStackCommand({ StackName: name, TemplateBody: template, Parameters, Capabilities: capabilities }),
  );
}

async function stack(name = "app") {
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: name }));
  return Stacks[0];
}

// Why resources failed, as the events tell it.
async function failures(name = "app") {
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.filter(({ ResourceStatus }) => /^(CREATE|UPDATE)_FAILED$/.test(ResourceStatus)).map(
    ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
  );
}

const remove = (name = "app") => cloudformation.send(new DeleteStackCommand({ StackName: name }));

const ask = async (path, options) => (await fetch(`${server.url}${path}`, options)).json();
const askQuery = (service, body) =>
  fetch(server.url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, Signature=0`,
    },
    body,
  }).then((answer) => answer.text());
const askTarget = (target, body = {}) =>
  ask("/", { method: "POST", headers: { "X-Amz-Target": target }, body: JSON.stringify(body) });

// Whatever a voting stack makes, as its services list it.
async function whatThereIs() {
  const roles = await askQuery("iam", "Action=ListRoles&Version=2010-05-08");
  return {
    functions: (await ask("/2015-03-31/functions")).Functions.map(({ FunctionName }) => FunctionName),
    mappings: (await ask("/2015-03-31/event-source-mappings")).EventSourceMappings.map(({ UUID, State }) => [UUID, State]),
    apis: ((await ask("/restapis")).item ?? []).map(({ id }) => id),
    tables: (await askTarget("DynamoDB_20120810.ListTables")).TableNames,
    queues: (await askTarget("AmazonSQS.ListQueues")).QueueUrls ?? [],
    pools: (await askTarget("AWSCognitoIdentityService.ListIdentityPools", { MaxResults: 60 })).IdentityPools,
    userPools: (await askTarget("AWSCognitoIdentityProviderService.ListUserPools", { MaxResults: 60 })).UserPools,
    roles: [...roles.matchAll(/<RoleName>(.*?)</g)].map(([, name]) => name).sort(),
  };
}

const NOTHING = { functions: [], mappings: [], apis: [], tables: [], queues: [], pools: [], userPools: [], roles: [] };

async function isRefused(template, name, message, options) {
  await assert.rejects(create(template, options), { name, message });
  await assert.rejects(stack(), { message: "Stack with id app does not exist" });
}

test("a circular dependency names its members", () =>
  isRefused(
    `Resources:
       A: {Type: "AWS::SQS::Queue", Properties: {QueueName: !GetAtt B.QueueName}}
       B: {Type: "AWS::SQS::Queue", Properties: {QueueName: !GetAtt A.QueueName}}`,
    "ValidationError",
    "Circular dependency between resources: [A, B]",
  ));

test("a Ref to nothing names it", () =>
  isRefused(
    "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref Nowhere}}}",
    "ValidationError",
    "Template format error: Unresolved resource dependencies [Nowhere] in the Resources block of the template",
  ));

test("a parameter that does not fit its pattern is refused", () =>
  isRefused(voting, "ValidationError", /^Parameter AppName failed to satisfy constraint: must be letters/, {
    parameters: { AppName: "1 2" },
  }));

test("a parameter that the template does not have is refused", () =>
  isRefused(voting, "ValidationError", "Parameters: [Nope] do not exist in the template", { parameters: { Nope: "x" } }));

test("roles need the user's consent", () =>
  isRefused(
    `Resources:
       Role:
         Type: AWS::IAM::Role
         Properties:
           AssumeRolePolicyDocument:
             Version: "2012-10-17"
             Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}`,
    "InsufficientCapabilitiesException",
    "Requires capabilities : [CAPABILITY_IAM]",
    { capabilities: [] },
  ));

test("an unknown type is named", () =>
  isRefused(
    "Resources: {A: {Type: 'AWS::Nothing::Here'}}",
    "ValidationError",
    /Unrecognized resource types: \[AWS::Nothing::Here\]/,
  ));

test("a name is taken once", async () => {
  await create("Resources: {A: {Type: 'AWS::SQS::Queue'}}");
  await assert.rejects(create("Resources: {A: {Type: 'AWS::SQS::Queue'}}"), {
    name: "AlreadyExistsException",
    message: "Stack [app] already exists",
  });
  await remove();
});

const GET_VOTES = "Path: /votes\n            Method: GET";
const GET_TOTALS = "Path: /totals\n            Method: GET";

// [what is wrong, what the template says, what it is made to say, how the events tell it]
const breakings = [
  ["an unknown handler", "sqs-publish.handler", "nobody.handler", /^SqsPublishFunction: .*nobody/],
  ["a mapping that cannot be", "StartingPosition: TRIM_HORIZON", "StartingPosition: NOWHERE", /^StreamFunctionStream: /],
  ["a queue that cannot be", "Period: 1209600", "Period: 1", /^SqsDeadLetterQueue: .*MessageRetentionPeriod/],
  ["a policy that cannot be", "Allow\n                Action: iot:R", "Perhaps\n                Action: iot:R", /^CognitoUnauthRole: /],
];

for (const [what, right, wrong, reason] of breakings) {
  const broken = voting.replace(right, wrong);

  test(`a new stack with ${what} is rolled back and leaves nothing`, async () => {
    assert.notEqual(broken, voting);
    await create(broken);
    assert.equal((await stack()).StackStatus, "ROLLBACK_COMPLETE");
    assert.match((await failures())[0], reason);
    assert.deepEqual(await whatThereIs(), NOTHING);
    await remove();
  });
}

test("a stack works on after updates that fail", async () => {
  await create(voting);
  const before = await whatThereIs();
  let votes = 0;
  for (const [, right, wrong, reason] of breakings) {
    // With changes that work before the one that does not: another timeout for all, another path for one.
    const broken = voting.replace(right, wrong).replace("Timeout: 3", "Timeout: 9").replace(GET_VOTES, GET_TOTALS);
    await cloudformation.send(new UpdateStackCommand({ StackName: "app", TemplateBody: broken, Capabilities: ALL }));
    assert.equal((await stack()).StackStatus, "UPDATE_ROLLBACK_COMPLETE");
    assert.match((await failures())[0], reason);
    assert.deepEqual(await whatThereIs(), before);
    assert.equal((await vote(server, "dog")).status, 200);
    votes += 1;
    await eventually(async () => (await totals(server)).dog === votes, `${votes} votes`);
  }
  await remove();
  assert.deepEqual(await whatThereIs(), NOTHING);
});
