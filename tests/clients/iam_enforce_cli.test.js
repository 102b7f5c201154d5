// `--iam enforce` as awscli and boto3 meet it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { account, environment, stack } from "./support/aws.js";
import { becomeGuest } from "./support/guests.js";
import { startServer } from "./support/server.js";

const run = promisify(execFile);

let server, guest;
before(async () => {
  server = await startServer({ args: ["--iam", "enforce"] });
  const { accessKeyId, secretAccessKey, sessionToken } = await becomeGuest(server);
  guest = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
});
after(() => server.stop());

function aws(args, credentials = {}) {
  const env = { ...environment(server), ...credentials };
  return run("/usr/bin/aws", ["--endpoint-url", server.url, ...args], { env });
}

test("awscli: the account's own credentials work, in JSON, Query and REST", async () => {
  await Promise.all([aws(["dynamodb", "list-tables"]), aws(["sqs", "list-queues"]), aws(["lambda", "list-functions"])]);
});

test("awscli: unknown keys and wrong secrets have AWS's names", async () => {
  const unknown = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" };
  const guessed = { AWS_SECRET_ACCESS_KEY: "guessed" };
  const rejects = (args, credentials, code) =>
    assert.rejects(aws(args, credentials), { stderr: new RegExp(`\\(${code}\\) when calling`) });
  await Promise.all([
    rejects(["dynamodb", "list-tables"], unknown, "UnrecognizedClientException"),
    rejects(["dynamodb", "list-tables"], guessed, "InvalidSignatureException"),
    rejects(["sts", "get-caller-identity"], unknown, "InvalidClientTokenId"),
    rejects(["sts", "get-caller-identity"], guessed, "SignatureDoesNotMatch"),
  ]);
});

test("awscli: a guest is denied with the text that names it", async () => {
  const { stdout } = await aws(["sts", "get-caller-identity", "--query", "Arn", "--output", "text"], guest);
  const denied =
    `User: ${stdout.trim()} is not authorized to perform: dynamodb:Scan on resource: ` +
    `arn:aws:dynamodb:us-east-1:${account}:table/${stack.table} because no identity-based policy allows`;
  await assert.rejects(aws(["dynamodb", "scan", "--table-name", stack.table], guest), ({ stderr }) => {
    assert.match(stderr, /\(AccessDeniedException\) when calling the Scan operation/);
    assert.ok(stderr.includes(denied), stderr);
    return true;
  });
});

const BOTO3 = `
import os, boto3
from botocore.exceptions import ClientError

def client(name, **credentials):
    return boto3.client(name, endpoint_url=os.environ["ENDPOINT"], **credentials)

def code(call, **arguments):
    try:
        call(**arguments)
        return "OK"
    except ClientError as error:
        return error.response["Error"]["Code"]

guest = dict(zip(("aws_access_key_id", "aws_secret_access_key", "aws_session_token"), os.environ["GUEST"].split(" ")))
guessed = {"aws_access_key_id": "test", "aws_secret_access_key": "guessed"}
unknown = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "test"}
publish = {"topic": "votes", "payload": b"[]"}
print(code(client("dynamodb").list_tables))
print(code(client("iot-data").publish, **publish))
print(code(client("dynamodb", **guest).list_tables))
print(code(client("iot-data", **guest).publish, **publish))
print(code(client("dynamodb", **guessed).list_tables))
print(code(client("lambda", **guessed).list_functions))
print(code(client("sqs", **unknown).list_queues))
print(code(client("s3", **unknown).list_buckets))
`;

test("boto3: each kind of caller", async () => {
  const env = { ...environment(server), GUEST: Object.values(guest).join(" ") };
  const { stdout } = await run("/usr/bin/python3", ["-c", BOTO3], { env });
  assert.deepEqual(stdout.trim().split("\n"), [
    "OK",
    "OK",
    "AccessDeniedException",
    "ForbiddenException",
    "InvalidSignatureException",
    "InvalidSignatureException",
    "InvalidClientTokenId",
    "InvalidAccessKeyId",
  ]);
});
