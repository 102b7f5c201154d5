// Guests and their credentials, user pools, and who one is: Cognito and STS through the SDK v3 and awscli.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  DescribeIdentityCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  ListIdentitiesCommand,
  ListIdentityPoolsCommand,
  SetIdentityPoolRolesCommand,
} from "@aws-sdk/client-cognito-identity";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { fromCognitoIdentityPool, fromTemporaryCredentials } from "@aws-sdk/credential-providers";

import { account, clientConfig, environment, region } from "./support/aws.js";
import { startServer, temporaryDirectory } from "./support/server.js";

const run = promisify(execFile);
const guestRole = `arn:aws:iam::${account}:role/guest`;

let server, identity, userPools, sts;
before(async () => {
  server = await startServer();
  identity = new CognitoIdentityClient(clientConfig(server));
  userPools = new CognitoIdentityProviderClient(clientConfig(server));
  sts = new STSClient(clientConfig(server));
});
after(() => server.stop());

async function aws(...args) {
  const { stdout } = await run("/usr/bin/aws", ["--endpoint-url", server.url, ...args, "--output", "json"], {
    env: environment(server),
  });
  return JSON.parse(stdout);
}

// A pool whose guests have a role.
async function createPool(client = identity, options = {}) {
  const { IdentityPoolId } = await client.send(
    new CreateIdentityPoolCommand({ IdentityPoolName: "guests", AllowUnauthenticatedIdentities: true, ...options }),
  );
  await client.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { unauthenticated: guestRole } }));
  return IdentityPoolId;
}

test("a browser's credential provider gets a guest's credentials of the deployed stack", async () => {
  const { IdentityPools } = await identity.send(new ListIdentityPoolsCommand({ MaxResults: 10 }));
  const pool = IdentityPools.find(({ IdentityPoolName }) => IdentityPoolName === "voting-service-identity-pool");
  const provider = fromCognitoIdentityPool({
    identityPoolId: pool.IdentityPoolId,
    clientConfig: { endpoint: server.url, region },
  });
  const credentials = await provider();
  assert.match(credentials.accessKeyId, /^ASIA[A-Z0-9]{16}$/);
  assert.ok(credentials.expiration > new Date(Date.now() + 3_500_000));

  const guest = new STSClient({ endpoint: server.url, region, credentials });
  const caller = await guest.send(new GetCallerIdentityCommand({}));
  assert.equal(caller.Account, account);
  assert.match(caller.Arn, new RegExp(`^arn:aws:sts::${account}:assumed-role/.+/CognitoIdentityCredentials$`));
  assert.match(caller.UserId, /^AROA[A-Z0-9]+:CognitoIdentityCredentials$/);
});

test("a guest keeps its identity and its credentials across a restart", async () => {
  const dataDir = temporaryDirectory();
  const first = await startServer({ dataDir });
  const IdentityPoolId = await createPool(new CognitoIdentityClient(clientConfig(first)));
  const guests = new CognitoIdentityClient({ endpoint: first.url, region });
  const { IdentityId } = await guests.send(new GetIdCommand({ IdentityPoolId }));
  const { Credentials } = await guests.send(new GetCredentialsForIdentityCommand({ IdentityId }));
  await first.kill();

  const second = await startServer({ dataDir });
  const again = new CognitoIdentityClient({ endpoint: second.url, region });
  const answer = await again.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins: {} }));
  assert.equal(answer.IdentityId, IdentityId);
  const credentials = {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretKey,
    sessionToken: Credentials.SessionToken,
  };
  const guest = new STSClient({ endpoint: second.url, region, credentials });
  const { Arn } = await guest.send(new GetCallerIdentityCommand({}));
  assert.equal(Arn, `arn:aws:sts::${account}:assumed-role/guest/CognitoIdentityCredentials`);
  await second.stop();
});

test("a guest finds a pool of another account and region by its id alone", async () => {
  const elsewhere = { ...clientConfig(server), region: "eu-west-1" };
  elsewhere.credentials = { accessKeyId: "111122223333", secretAccessKey: "x" };
  const IdentityPoolId = await createPool(new CognitoIdentityClient(elsewhere));
  assert.match(IdentityPoolId, /^eu-west-1:/);
  const guests = new CognitoIdentityClient({ endpoint: server.url, region: "eu-west-1" });
  const { IdentityId } = await guests.send(new GetIdCommand({ IdentityPoolId }));
  const { Credentials } = await guests.send(new GetCredentialsForIdentityCommand({ IdentityId }));
  assert.ok(Credentials.SecretKey);
  await assert.rejects(identity.send(new DescribeIdentityCommand({ IdentityId })), { name: "NotAuthorizedException" });
});

test("the classic flow goes through STS", async () => {
  const IdentityPoolId = await createPool();
  const guests = new CognitoIdentityClient({ endpoint: server.url, region });
  const { IdentityId } = await guests.send(new GetIdCommand({ IdentityPoolId }));
  const { Token } = await guests.send(new GetOpenIdTokenCommand({ IdentityId }));
  const unsigned = new STSClient({ endpoint: server.url, region });
  const request = { RoleArn: guestRole, RoleSessionName: "web", WebIdentityToken: Token };
  const assumed = await unsigned.send(new AssumeRoleWithWebIdentityCommand(request));
  assert.equal(assumed.SubjectFromWebIdentityToken, IdentityId);
  assert.equal(assumed.Audience, IdentityPoolId);
  assert.equal(assumed.AssumedRoleUser.Arn, `arn:aws:sts::${account}:assumed-role/guest/web`);
  assert.ok(assumed.Credentials.Expiration > new Date());

  const foreign = { ...request, WebIdentityToken: "a.b.c" };
  await assert.rejects(unsigned.send(new AssumeRoleWithWebIdentityCommand(foreign)), {
    name: "InvalidIdentityTokenException",
  });
});

test("errors have AWS's names and texts", async () => {
  const unknown = "us-east-1:00000000-0000-0000-0000-000000000000";
  await assert.rejects(identity.send(new GetIdCommand({ IdentityPoolId: unknown })), {
    name: "ResourceNotFoundException",
    message: `IdentityPool '${unknown}' not found.`,
  });
  const closed = await createPool(identity, { AllowUnauthenticatedIdentities: false });
  await assert.rejects(identity.send(new GetIdCommand({ IdentityPoolId: closed })), {
    name: "NotAuthorizedException",
    message: "Unauthenticated access is not supported for this identity pool.",
  });
  const { IdentityPoolId } = await identity.send(
    new CreateIdentityPoolCommand({ IdentityPoolName: "no roles", AllowUnauthenticatedIdentities: true }),
  );
  const { IdentityId } = await identity.send(new GetIdCommand({ IdentityPoolId }));
  await assert.rejects(identity.send(new GetCredentialsForIdentityCommand({ IdentityId })), {
    name: "InvalidIdentityPoolConfigurationException",
    message: "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
  });
});

test("identities are listed", async () => {
  const IdentityPoolId = await createPool();
  const { IdentityId } = await identity.send(new GetIdCommand({ IdentityPoolId }));
  const { Identities } = await identity.send(new ListIdentitiesCommand({ IdentityPoolId, MaxResults: 10 }));
  assert.deepEqual(Identities.map((one) => one.IdentityId), [IdentityId]);
  assert.ok(Identities[0].CreationDate instanceof Date);
});

test("a browser of another origin may call Cognito", async () => {
  const response = await fetch(server.url, {
    method: "OPTIONS",
    headers: {
      Origin: "http://localhost:8080",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers":
        "amz-sdk-invocation-id,amz-sdk-request,cache-control,content-type,x-amz-target,x-amz-user-agent",
    },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("access-control-allow-origin"), "http://localhost:8080");
  const allowed = response.headers.get("access-control-allow-headers").split(/, */);
  for (const header of ["amz-sdk-invocation-id", "amz-sdk-request", "cache-control", "content-type", "x-amz-target"]) {
    assert.ok(allowed.includes(header), header);
  }
  assert.match(response.headers.get("access-control-allow-methods"), /POST/);
});

test("user pools and their clients are created, described, listed and deleted", async () => {
  const { UserPool } = await userPools.send(new CreateUserPoolCommand({ PoolName: "voters" }));
  const { UserPool: described } = await userPools.send(new DescribeUserPoolCommand({ UserPoolId: UserPool.Id }));
  assert.deepEqual(described, UserPool);
  assert.ok(UserPool.CreationDate instanceof Date);
  const { UserPoolClient } = await userPools.send(
    new CreateUserPoolClientCommand({ UserPoolId: UserPool.Id, ClientName: "web", GenerateSecret: true }),
  );
  const { UserPoolClient: client } = await userPools.send(
    new DescribeUserPoolClientCommand({ UserPoolId: UserPool.Id, ClientId: UserPoolClient.ClientId }),
  );
  assert.deepEqual(client, UserPoolClient);
  const { UserPools } = await userPools.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  assert.deepEqual(UserPools.map(({ Name }) => Name).sort(), ["voters", "voting-service-user-pool"]);
  await userPools.send(new DeleteUserPoolCommand({ UserPoolId: UserPool.Id }));
  await assert.rejects(userPools.send(new DescribeUserPoolCommand({ UserPoolId: UserPool.Id })), {
    name: "ResourceNotFoundException",
    message: `User pool ${UserPool.Id} does not exist.`,
  });
});

test("a role of another account brings its caller into that account", async () => {
  const RoleArn = "arn:aws:iam::444455556666:role/deployer";
  const there = { endpoint: server.url, region, maxAttempts: 1 };
  there.credentials = fromTemporaryCredentials({
    masterCredentials: clientConfig(server).credentials,
    params: { RoleArn, RoleSessionName: "me" },
    clientConfig: { endpoint: server.url, region },
  });
  const { Account, Arn } = await new STSClient(there).send(new GetCallerIdentityCommand({}));
  assert.equal(Account, "444455556666");
  assert.equal(Arn, "arn:aws:sts::444455556666:assumed-role/deployer/me");

  const tables = new DynamoDBClient(there);
  const key = { AttributeName: "PK" };
  await tables.send(
    new CreateTableCommand({
      TableName: "theirs",
      AttributeDefinitions: [{ ...key, AttributeType: "S" }],
      KeySchema: [{ ...key, KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  assert.deepEqual((await tables.send(new ListTablesCommand({}))).TableNames, ["theirs"]);
  const own = new DynamoDBClient(clientConfig(server));
  assert.ok(!(await own.send(new ListTablesCommand({}))).TableNames.includes("theirs"));
});

test("STS tells whose an access key is and what is wrong with a request", async () => {
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: guestRole, RoleSessionName: "me" }));
  const { Account } = await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: Credentials.AccessKeyId }));
  assert.equal(Account, account);
  await assert.rejects(sts.send(new AssumeRoleCommand({ RoleArn: guestRole, RoleSessionName: "not me" })), {
    name: "ValidationError",
    message: /Value 'not me' at 'roleSessionName' failed to satisfy constraint/,
  });
});

test("awscli: who am I, and which pools are there", async () => {
  assert.deepEqual(await aws("sts", "get-caller-identity"), {
    UserId: account,
    Account: account,
    Arn: `arn:aws:iam::${account}:root`,
  });
  const { IdentityPools } = await aws("cognito-identity", "list-identity-pools", "--max-results", "10");
  assert.ok(IdentityPools.some(({ IdentityPoolName }) => IdentityPoolName === "voting-service-identity-pool"));
  const { UserPools } = await aws("cognito-idp", "list-user-pools", "--max-results", "10");
  assert.ok(UserPools.some(({ Name }) => Name === "voting-service-user-pool"));
  const assumed = await aws("sts", "assume-role", "--role-arn", guestRole, "--role-session-name", "cli");
  assert.match(assumed.Credentials.Expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
});
