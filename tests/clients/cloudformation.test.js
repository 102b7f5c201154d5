// Stacks through the SDK for JavaScript v3.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListExportsCommand,
  ListStacksCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from "@aws-sdk/client-cloudformation";
import { GetQueueAttributesCommand, ListQueueTagsCommand, SQSClient } from "@aws-sdk/client-sqs";

import { clientConfig, uniqueName } from "./support/aws.js";
import { startServer, temporaryDirectory } from "./support/server.js";

const template = JSON.stringify({
  Description: "a queue",
  Parameters: { Delay: { Type: "Number", Default: "0" } },
  Resources: { Queue: { Type: "AWS::SQS::Queue", Properties: { DelaySeconds: { Ref: "Delay" } } } },
  Outputs: { Url: { Value: { Ref: "Queue" }, Export: { Name: { "Fn::Sub": "${AWS::StackName}-url" } } } },
});

let server;
let stacks;
let sqs;
before(async () => {
  server = await startServer();
  stacks = new CloudFormationClient(clientConfig(server));
  sqs = new SQSClient(clientConfig(server));
});
after(() => server.stop());

const waiting = () => ({ client: stacks, maxWaitTime: 20, minDelay: 1, maxDelay: 1 });
const delay = (value) => [{ ParameterKey: "Delay", ParameterValue: value }];

async function described(StackName) {
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName }));
  return Stacks[0];
}

test("the stack that was deployed at the start is one of the stacks", async () => {
  const stack = await described("voting-app");
  assert.equal(stack.StackStatus, "CREATE_COMPLETE");
  assert.ok(stack.CreationTime instanceof Date);
  assert.ok(stack.Outputs.some(({ OutputKey }) => OutputKey === "ApiEndpoint"));
});

test("a stack is created, updated and deleted", async () => {
  const StackName = uniqueName("life");
  const Tags = [{ Key: "team", Value: "votes" }];
  const { StackId } = await stacks.send(new CreateStackCommand({ StackName, TemplateBody: template, Tags }));
  await waitUntilStackCreateComplete(waiting(), { StackName });
  const QueueUrl = (await described(StackName)).Outputs[0].OutputValue;
  const tags = (await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags;
  assert.equal(tags.team, "votes");
  assert.equal(tags["aws:cloudformation:stack-id"], StackId);

  await stacks.send(new UpdateStackCommand({ StackName, UsePreviousTemplate: true, Parameters: delay("7") }));
  await waitUntilStackUpdateComplete(waiting(), { StackName });
  const read = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["DelaySeconds"] });
  assert.equal((await sqs.send(read)).Attributes.DelaySeconds, "7");
  const { StackResources } = await stacks.send(new DescribeStackResourcesCommand({ StackName }));
  assert.deepEqual(
    StackResources.map((one) => [one.LogicalResourceId, one.PhysicalResourceId, one.ResourceStatus]),
    [["Queue", QueueUrl, "UPDATE_COMPLETE"]],
  );

  await stacks.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete(waiting(), { StackName });
  await assert.rejects(sqs.send(read), { name: "QueueDoesNotExist" });
  assert.equal((await described(StackId)).StackStatus, "DELETE_COMPLETE");
  const { StackSummaries } = await stacks.send(new ListStacksCommand({ StackStatusFilter: ["DELETE_COMPLETE"] }));
  assert.ok(StackSummaries.some((summary) => summary.StackId === StackId));
});

test("a change set tells what it will do, then does it", async () => {
  const StackName = uniqueName("reviewed");
  const change = { StackName, ChangeSetName: "first" };
  await stacks.send(new CreateChangeSetCommand({ ...change, ChangeSetType: "CREATE", TemplateBody: template }));
  await waitUntilChangeSetCreateComplete(waiting(), change);
  const { Changes } = await stacks.send(new DescribeChangeSetCommand(change));
  assert.deepEqual(
    Changes.map(({ ResourceChange: one }) => [one.Action, one.LogicalResourceId, one.ResourceType]),
    [["Add", "Queue", "AWS::SQS::Queue"]],
  );
  assert.equal((await described(StackName)).StackStatus, "REVIEW_IN_PROGRESS");
  await stacks.send(new ExecuteChangeSetCommand(change));
  await waitUntilStackCreateComplete(waiting(), { StackName });

  const again = { StackName, ChangeSetName: "again" };
  await stacks.send(new CreateChangeSetCommand({ ...again, UsePreviousTemplate: true }));
  const unchanged = await stacks.send(new DescribeChangeSetCommand(again));
  assert.equal(unchanged.Status, "FAILED");
  assert.match(unchanged.StatusReason, /^The submitted information didn't contain changes\./);
  const { Exports } = await stacks.send(new ListExportsCommand({}));
  assert.ok(Exports.some(({ Name }) => Name === `${StackName}-url`));
});

test("what fails is rolled back, and the events say why", async () => {
  const StackName = uniqueName("failing");
  const TemplateBody = JSON.stringify({
    Resources: {
      Queue: { Type: "AWS::SQS::Queue" },
      Broken: { Type: "AWS::SQS::Queue", DependsOn: "Queue", Properties: { DelaySeconds: 5000 } },
    },
  });
  await stacks.send(new CreateStackCommand({ StackName, TemplateBody }));
  assert.equal((await described(StackName)).StackStatus, "ROLLBACK_COMPLETE");
  const { StackEvents } = await stacks.send(new DescribeStackEventsCommand({ StackName }));
  const failure = StackEvents.find(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED");
  assert.equal(failure.LogicalResourceId, "Broken");
  assert.match(failure.ResourceStatusReason, /^Resource handler returned message: ".*HandlerErrorCode: InvalidRequest\)$/);
  const times = StackEvents.map(({ Timestamp }) => Timestamp.getTime());
  assert.deepEqual(times, [...new Set(times)].sort((a, b) => b - a));
});

test("errors are those of AWS", async () => {
  const StackName = "voting-app";
  await assert.rejects(stacks.send(new CreateStackCommand({ StackName, TemplateBody: template })), {
    name: "AlreadyExistsException",
    message: "Stack [voting-app] already exists",
  });
  await assert.rejects(described("nothing"), {
    name: "ValidationError",
    message: "Stack with id nothing does not exist",
  });
  const { TemplateBody } = await stacks.send(new GetTemplateCommand({ StackName }));
  await assert.rejects(stacks.send(new UpdateStackCommand({ StackName, TemplateBody })), {
    name: "InsufficientCapabilitiesException",
  });
});

test("templates are summed up and validated", async () => {
  const summary = await stacks.send(new GetTemplateSummaryCommand({ TemplateBody: template }));
  assert.deepEqual(summary.ResourceTypes, ["AWS::SQS::Queue"]);
  assert.equal(summary.Parameters[0].DefaultValue, "0");
  const valid = await stacks.send(new ValidateTemplateCommand({ TemplateBody: template }));
  assert.equal(valid.Description, "a queue");
  await assert.rejects(stacks.send(new ValidateTemplateCommand({ TemplateBody: "Resources: {A: {Type: Nothing}}" })), {
    message: "Template format error: Unrecognized resource types: [Nothing]",
  });
  const processed = await stacks.send(new GetTemplateCommand({ StackName: "voting-app", TemplateStage: "Processed" }));
  assert.equal(JSON.parse(processed.TemplateBody).Transform, undefined);
});

test("stacks and their events survive a crash", async () => {
  const dataDir = temporaryDirectory();
  let own = await startServer({ dataDir });
  const StackName = "kept";
  const ask = async () => {
    const client = new CloudFormationClient(clientConfig(own));
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.map(({ EventId }) => EventId);
  };
  await new CloudFormationClient(clientConfig(own)).send(new CreateStackCommand({ StackName, TemplateBody: template }));
  const before = await ask();
  assert.equal(before.length, 5);
  await own.kill();
  own = await startServer({ dataDir });
  assert.deepEqual(await ask(), before);
  await own.stop();
});
