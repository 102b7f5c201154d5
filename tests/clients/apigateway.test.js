// The control plane of API Gateway through the AWS SDK for JavaScript v3.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteMethodResponseCommand,
  GetAccountCommand,
  GetAuthorizersCommand,
  GetMethodCommand,
  GetModelsCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetTagsCommand,
  ImportRestApiCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  TagResourceCommand,
  TestInvokeMethodCommand,
  UntagResourceCommand,
  UpdateAccountCommand,
  UpdateDeploymentCommand,
  UpdateIntegrationCommand,
  UpdateIntegrationResponseCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  UpdateResourceCommand,
} from "@aws-sdk/client-api-gateway";
import { AddPermissionCommand, LambdaClient } from "@aws-sdk/client-lambda";

import { account, clientConfig, region, stack } from "./support/aws.js";
import { startServer } from "./support/server.js";
import { totals } from "./support/votes.js";
import { eventually } from "./support/waiting.js";

let server;
let gateway;
let votes; // the voting stack's API and its resource /votes
before(async () => {
  server = await startServer();
  gateway = new APIGatewayClient(clientConfig(server));
  const { items } = await send(new GetRestApisCommand({}));
  const restApiId = items[0].id;
  const resources = await send(new GetResourcesCommand({ restApiId }));
  votes = { restApiId, resourceId: resources.items.find(({ path }) => path === "/votes").id };
});
after(() => server.stop());

const send = (command) => gateway.send(command);

// An API of a test's own with a mock behind GET /{part}.
async function mockApi(pathPart) {
  const { id: restApiId, rootResourceId } = await send(new CreateRestApiCommand({ name: pathPart }));
  const { id: resourceId } = await send(
    new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart }),
  );
  const method = { restApiId, resourceId, httpMethod: "GET" };
  await send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
  await send(new PutMethodResponseCommand({ ...method, statusCode: "200" }));
  await send(
    new PutIntegrationCommand({ ...method, type: "MOCK", requestTemplates: { "application/json": '{"statusCode":200}' } }),
  );
  await send(
    new PutIntegrationResponseCommand({ ...method, statusCode: "200", responseTemplates: { "application/json": "one" } }),
  );
  return method;
}

const replace = (path, value) => ({ patchOperations: [{ op: "replace", path, value }] });

test("TestInvokeMethod runs the function behind a method", async () => {
  const answer = await send(
    new TestInvokeMethodCommand({
      ...votes,
      httpMethod: "POST",
      pathWithQueryString: "/votes",
      headers: { "content-type": "application/json" },
      body: '{"id":"tested"}',
    }),
  );
  assert.equal(answer.status, 200);
  assert.match(answer.log, /^Execution log for request [0-9a-f-]{36}\n\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : Starting execution/);
  assert.match(answer.log, / : HTTP Method: POST, Resource Path: \/votes\n/);
  assert.match(answer.log, / : Method request body before transformations: {"id":"tested"}\n/);
  assert.match(answer.log, / : Received response\. Status: 200, Integration latency: \d+ ms\n/);
  assert.match(answer.log, / : Successfully completed execution\n.* : Method completed with status: 200\n$/);
  await eventually(async () => (await totals(server)).tested === 1, "the vote of a test");
});

test("TestInvokeMethod answers a mock", async () => {
  const method = await mockApi("mocked");
  const { status, body, multiValueHeaders } = await send(new TestInvokeMethodCommand(method));
  assert.deepEqual([status, body], [200, "one"]);
  assert.deepEqual(multiValueHeaders["Content-Type"], ["application/json"]);
});

test("a function without a permission cannot be invoked, and the log says so", async () => {
  const method = await mockApi("denied");
  const arn = `arn:aws:lambda:${region}:${account}:function:${stack.scan}`;
  const uri = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
  await send(new PutIntegrationCommand({ ...method, type: "AWS_PROXY", integrationHttpMethod: "POST", uri }));
  const denied = await send(new TestInvokeMethodCommand(method));
  assert.equal(denied.status, 500);
  assert.match(denied.log, /configuration error: Invalid permissions on Lambda function\n/);

  await new LambdaClient(clientConfig(server)).send(
    new AddPermissionCommand({
      FunctionName: stack.scan,
      StatementId: "denied-no-more",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
      SourceArn: `arn:aws:execute-api:${region}:${account}:${method.restApiId}/*/GET/denied`,
    }),
  );
  assert.equal((await send(new TestInvokeMethodCommand(method))).status, 200);
});

test("methods and integrations are patched", async () => {
  const method = await mockApi("patched");
  await send(new UpdateMethodCommand({ ...method, ...replace("/operationName", "named") }));
  await send(new UpdateMethodResponseCommand({
    ...method,
    statusCode: "200",
    ...replace("/responseParameters/method.response.header.x-own", "true"),
  }));
  await send(new UpdateIntegrationCommand({ ...method, ...replace("/timeoutInMillis", "1000") }));
  await send(new UpdateIntegrationResponseCommand({
    ...method,
    statusCode: "200",
    ...replace("/responseTemplates/application~1json", "two"),
  }));
  const made = await send(new GetMethodCommand(method));
  assert.equal(made.operationName, "named");
  assert.deepEqual(made.methodResponses[200].responseParameters, { "method.response.header.x-own": true });
  assert.equal(made.methodIntegration.timeoutInMillis, 1000);
  assert.equal((await send(new TestInvokeMethodCommand(method))).body, "two");
});

test("a patch of what there is not is a BadRequestException", async () => {
  const method = await mockApi("refused");
  await assert.rejects(send(new UpdateMethodCommand({ ...method, ...replace("/nonsense", "x") })), {
    name: "BadRequestException",
    message: /^Invalid patch path {2}'\/nonsense' specified for op 'replace'/,
  });
});

test("a resource moves with its path", async () => {
  const { restApiId, resourceId } = await mockApi("before");
  const moved = await send(new UpdateResourceCommand({ restApiId, resourceId, ...replace("/pathPart", "after") }));
  assert.equal(moved.path, "/after");
});

test("a method's response is deleted", async () => {
  const method = await mockApi("deleted");
  await send(new DeleteMethodResponseCommand({ ...method, statusCode: "200" }));
  assert.equal((await send(new GetMethodCommand(method))).methodResponses?.[200], undefined);
});

test("a deployment's description changes", async () => {
  const { restApiId } = await mockApi("described");
  const { id: deploymentId } = await send(new CreateDeploymentCommand({ restApiId }));
  const updated = await send(new UpdateDeploymentCommand({ restApiId, deploymentId, ...replace("/description", "new") }));
  assert.equal(updated.description, "new");
});

test("an API is tagged", async () => {
  const { restApiId } = await mockApi("tagged");
  const resourceArn = `arn:aws:apigateway:${region}::/restapis/${restApiId}`;
  await send(new TagResourceCommand({ resourceArn, tags: { a: "1", b: "2" } }));
  await send(new UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
  assert.deepEqual((await send(new GetTagsCommand({ resourceArn }))).tags, { b: "2" });
});

test("the account keeps its role", async () => {
  const cloudwatchRoleArn = `arn:aws:iam::${account}:role/logs`;
  await send(new UpdateAccountCommand(replace("/cloudwatchRoleArn", cloudwatchRoleArn)));
  assert.equal((await send(new GetAccountCommand({}))).cloudwatchRoleArn, cloudwatchRoleArn);
});

test("what cannot be made is not there", async () => {
  const { restApiId } = votes;
  assert.deepEqual((await send(new GetModelsCommand({ restApiId }))).items, []);
  assert.deepEqual((await send(new GetAuthorizersCommand({ restApiId }))).items, []);
});

test("a malformed document is a BadRequestException", async () => {
  await assert.rejects(send(new ImportRestApiCommand({ body: Buffer.from("{ not json") })), {
    name: "BadRequestException",
    message: "Invalid OpenAPI input.",
  });
});
