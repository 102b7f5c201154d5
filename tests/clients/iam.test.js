// IAM with the SDK v3 and Debian's awscli: roles, their policies and AWS's own.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRoleTagsCommand,
  paginateListRoles,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";

import { account, clientConfig, environment, stack, uniqueName } from "./support/aws.js";
import { startServer } from "./support/server.js";

const AWS = "/usr/bin/aws";
const BASIC_EXECUTION = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const trust = (Principal) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] });
const lambdaTrust = trust({ Service: "lambda.amazonaws.com" });
const allow = (Action, Resource = "*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });

let server;
let iam;
before(async () => {
  server = await startServer();
  iam = new IAMClient(clientConfig(server));
});
after(() => {
  iam.destroy();
  return server.stop();
});

async function awsJson(...args) {
  const command = ["--endpoint-url", server.url, "iam", ...args, "--output", "json"];
  const { stdout } = await promisify(execFile)(AWS, command, { env: environment(server) });
  return JSON.parse(stdout || "null");
}

function createRole(RoleName, more = {}) {
  return iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: lambdaTrust, ...more }));
}

test("a role is created, read, changed and deleted", async () => {
  const RoleName = uniqueName("role");
  const { Role: made } = await createRole(RoleName, {
    Path: "/team/",
    Description: "a <b> & c",
    Tags: [{ Key: "team", Value: "red" }],
  });
  assert.equal(made.Arn, `arn:aws:iam::${account}:role/team/${RoleName}`);
  assert.match(made.RoleId, /^AROA[A-Z0-9]{17}$/);
  assert.ok(made.CreateDate instanceof Date);

  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust({ AWS: `arn:aws:iam::${account}:root` }) }),
  );
  const { Role: role } = await iam.send(new GetRoleCommand({ RoleName }));
  assert.equal(role.Description, "a <b> & c");
  assert.equal(role.MaxSessionDuration, 3600);
  assert.equal(
    JSON.parse(decodeURIComponent(role.AssumeRolePolicyDocument)).Statement[0].Principal.AWS,
    `arn:aws:iam::${account}:root`,
  );
  const { Tags } = await iam.send(new ListRoleTagsCommand({ RoleName }));
  assert.deepEqual(Tags, [{ Key: "team", Value: "red" }]);

  await iam.send(new DeleteRoleCommand({ RoleName }));
  await assert.rejects(iam.send(new GetRoleCommand({ RoleName })), {
    name: "NoSuchEntityException",
    message: `The role with name ${RoleName} cannot be found.`,
  });
});

test("a role's policies are put, attached, listed and taken away", async () => {
  const RoleName = uniqueName("role");
  await createRole(RoleName);
  const inline = { RoleName, PolicyName: "logs" };
  await iam.send(new PutRolePolicyCommand({ ...inline, PolicyDocument: allow("logs:*") }));
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand(inline));
  assert.equal(decodeURIComponent(PolicyDocument), allow("logs:*"));

  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: BASIC_EXECUTION }));
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  assert.deepEqual(AttachedPolicies, [{ PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: BASIC_EXECUTION }]);

  await assert.rejects(iam.send(new DeleteRoleCommand({ RoleName })), {
    name: "DeleteConflictException",
    message: "Cannot delete entity, must detach all policies first.",
  });
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: BASIC_EXECUTION }));
  await iam.send(new DeleteRolePolicyCommand(inline));
  await iam.send(new DeleteRoleCommand({ RoleName }));
});

test("a managed policy has versions", async () => {
  const PolicyName = uniqueName("policy");
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: allow("sqs:*") }));
  const PolicyArn = Policy.Arn;
  await iam.send(
    new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allow(["sqs:SendMessage"]), SetAsDefault: true }),
  );
  const { Policy: now } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  assert.equal(now.DefaultVersionId, "v2");
  assert.equal(now.IsAttachable, true);
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
  assert.equal(decodeURIComponent(PolicyVersion.Document), allow("sqs:*"));
  assert.equal(PolicyVersion.IsDefaultVersion, false);
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
});

test("what a policy must not say is told in AWS's words", async () => {
  const RoleName = uniqueName("role");
  await assert.rejects(createRole(RoleName, { AssumeRolePolicyDocument: "{" }), {
    name: "MalformedPolicyDocumentException",
    message: "This policy contains invalid Json",
  });
  await assert.rejects(
    iam.send(new CreatePolicyCommand({ PolicyName: "p", PolicyDocument: allow("sqs:*", "votes") })),
    { name: "MalformedPolicyDocumentException", message: 'Resource votes must be in ARN format or "*".' },
  );
  await assert.rejects(createRole("a b"), { name: "ValidationError" });
});

test("roles are listed page by page, the stack's among them", async () => {
  const names = [];
  for await (const page of paginateListRoles({ client: iam, pageSize: 2 }, {})) {
    names.push(...page.Roles.map((role) => role.RoleName));
  }
  assert.ok(names.some((name) => name.startsWith("voting-app-")), names.join());
});

test("the caller is the account's root user", async () => {
  const { User } = await iam.send(new GetUserCommand({}));
  assert.equal(User.Arn, `arn:aws:iam::${account}:root`);
});

test("awscli: a stack's function has the role that its template says", async () => {
  const command = ["--endpoint-url", server.url, "lambda", "get-function-configuration"];
  const { stdout } = await promisify(execFile)(
    AWS, [...command, "--function-name", stack.update, "--query", "Role", "--output", "text"],
    { env: environment(server) },
  );
  const name = stdout.trim().split("/").pop();
  const { Role } = await awsJson("get-role", "--role-name", name);
  assert.equal(Role.Arn, stdout.trim());
  assert.deepEqual(Role.AssumeRolePolicyDocument.Statement[0].Principal, { Service: ["lambda.amazonaws.com"] });
  const { AttachedPolicies } = await awsJson("list-attached-role-policies", "--role-name", name);
  assert.ok(AttachedPolicies.some(({ PolicyArn }) => PolicyArn === BASIC_EXECUTION));
  const { PolicyNames } = await awsJson("list-role-policies", "--role-name", name);
  const policy = await awsJson("get-role-policy", "--role-name", name, "--policy-name", PolicyNames[0]);
  assert.ok(policy.PolicyDocument.Statement[0].Action.length > 0);
});

test("awscli: AWS's own policies are listed and read", async () => {
  const { Policies } = await awsJson("list-policies", "--scope", "AWS", "--path-prefix", "/service-role/");
  assert.ok(Policies.some(({ PolicyName }) => PolicyName === "AWSLambdaSQSQueueExecutionRole"));
  const version = await awsJson("get-policy-version", "--policy-arn", BASIC_EXECUTION, "--version-id", "v1");
  assert.deepEqual(version.PolicyVersion.Document.Statement[0].Action, [
    "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
  ]);
});
