// TLS on the same port as plain HTTP, as clients see it that trust the local CA.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { connect } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";

import { account, clientConfig, environment } from "./support/aws.js";
import { launch, startServer, temporaryDirectory } from "./support/server.js";
import { vote } from "./support/votes.js";
import { within } from "./support/waiting.js";

const run = promisify(execFile);
const PYTHON = "/usr/bin/python3";
const BOTO3_STEPS = fileURLToPath(new URL("boto3_steps.py", import.meta.url));

const dataDir = temporaryDirectory();
const authority = join(dataDir, "ca.pem");
let server;
before(async () => (server = await startServer({ dataDir, args: ["--hostname", "votes.test"] })));
after(() => server.stop());

// {status, text, socket} of a GET that trusts `ca` only; options are node:https's.
function get(url, options = {}) {
  const answered = new Promise((resolve, reject) => {
    const call = request(url, { ca: readFileSync(authority), agent: false, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece) => (text += piece));
      response.on("end", () => resolve({ status: response.statusCode, text, socket: response.socket }));
    });
    call.on("error", reject).end();
  });
  return within(answered, `answer of ${url}`);
}

// The names that the server's certificate is for.
function certificateOf(options = {}) {
  const connected = new Promise((resolve, reject) => {
    const socket = connect({ port: server.port, host: "localhost", rejectUnauthorized: false, ...options }, () => {
      resolve(socket.getPeerX509Certificate());
      socket.destroy();
    });
    socket.on("error", reject);
  });
  return within(connected, "handshake");
}

test("the CA is in the data directory and on the port, its key for its owner alone", async () => {
  const response = await fetch(`${server.url}/_votemu/ca.pem`);
  assert.equal(response.headers.get("content-type"), "application/x-pem-file");
  assert.equal(await response.text(), readFileSync(authority, "utf8"));
  assert.equal(statSync(join(dataDir, "ca.key")).mode & 0o777, 0o600);
});

test("the start says how to trust it", () => {
  assert.match(server.stdout, new RegExp(`NODE_EXTRA_CA_CERTS=${authority}$`, "m"));
});

test("node: every name of the certificate is served, and plain HTTP beside it", async () => {
  for (const name of ["localhost", "127.0.0.1"]) {
    assert.equal((await get(`https://${name}:${server.port}/_votemu/health`)).status, 200, name);
  }
  // nodejs 18 cannot compare an IPv6 address with a certificate's, so the certificate is asked.
  const ipv6 = await get(`https://[::1]:${server.port}/_votemu/health`, { checkServerIdentity: () => undefined });
  assert.equal(ipv6.status, 200);
  assert.ok((await certificateOf({ host: "::1" })).checkIP("::1"));
  for (const servername of ["abc.execute-api.localhost", "localhost.localstack.cloud", "votes.test"]) {
    const { status } = await get(`${server.secureUrl}/_votemu/health`, { servername });
    assert.equal(status, 200, servername);
  }
  await assert.rejects(get(`${server.secureUrl}/`, { servername: "other.test" }), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
  assert.equal((await fetch(`${server.url}/_votemu/health`)).status, 200);
});

test("node: connections are kept, sessions resumed", async () => {
  const keepAlive = new Agent({ keepAlive: true, maxSockets: 1 });
  const first = await get(`${server.secureUrl}/`, { agent: keepAlive });
  const second = await get(`${server.secureUrl}/`, { agent: keepAlive });
  assert.equal(second.socket, first.socket);
  keepAlive.destroy();
  const resuming = new Agent({ keepAlive: false });
  await get(`${server.secureUrl}/`, { agent: resuming });
  assert.equal((await get(`${server.secureUrl}/`, { agent: resuming })).socket.isSessionReused(), true);
});

test("node with NODE_EXTRA_CA_CERTS: fetch needs nothing else", async () => {
  const script = `fetch("${server.secureUrl}/_votemu/config.json").then((r) => r.text()).then(console.log)`;
  const { stdout } = await run(process.execPath, ["-e", script], { env: { NODE_EXTRA_CA_CERTS: authority } });
  const config = JSON.parse(stdout);
  assert.equal(config.apiEndpoint, `${server.secureUrl}/dev`);
  assert.equal(config.iotEndpoint, server.secureMqtt);
  await assert.rejects(run(process.execPath, ["-e", script], { env: {} }), /UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
});

test("SDK v3: answers have https URLs", async () => {
  const client = new SQSClient({
    ...clientConfig(server),
    endpoint: server.secureUrl,
    requestHandler: { httpsAgent: new Agent({ ca: readFileSync(authority) }) },
  });
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "secure" }));
  assert.equal(QueueUrl, `${server.secureUrl}/${account}/secure`);
  client.destroy();
  const plain = new SQSClient(clientConfig(server));
  const found = await plain.send(new GetQueueUrlCommand({ QueueName: "secure" }));
  assert.equal(found.QueueUrl, `${server.url}/${account}/secure`);
  plain.destroy();
});

test("boto3 and awscli with AWS_CA_BUNDLE", async () => {
  const env = { ...environment(server), ENDPOINT: server.secureUrl, AWS_CA_BUNDLE: authority };
  await vote(server, "boto3");
  for (const step of ["dynamodb", "sqs", "logs"]) await run(PYTHON, [BOTO3_STEPS, step], { env });
  const { stdout } = await run("/usr/bin/aws", ["--endpoint-url", server.secureUrl, "sqs", "list-queues"], { env });
  assert.match(stdout, new RegExp(`${server.secureUrl}/${account}/`));
});

test("python with the strict checks that are 3.13's default", async () => {
  const script = `
import ssl, urllib.request
context = ssl.create_default_context(cafile="${authority}")
context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
print(urllib.request.urlopen("${server.secureUrl}/_votemu/health", context=context).status)`;
  const { stdout } = await run(PYTHON, ["-c", script]);
  assert.equal(stdout, "200\n");
});

test("curl with --cacert", async () => {
  const args = ["-sS", "--cacert", authority, "-d", '{"id":"curl"}', `${server.secureUrl}/dev/votes`];
  const { stdout } = await run("curl", args);
  assert.match(stdout, /MessageId/);
});

test("TLS 1.2 and 1.3 are spoken, older versions refused with an alert", async () => {
  for (const version of ["TLSv1.2", "TLSv1.3"]) {
    await certificateOf({ minVersion: version, maxVersion: version });
  }
  await assert.rejects(
    certificateOf({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }),
    { code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" },
  );
});

test("a later start has the same CA", async () => {
  const folder = temporaryDirectory();
  const first = await startServer({ dataDir: folder, args: ["--empty"] });
  const pem = await (await fetch(`${first.url}/_votemu/ca.pem`)).text();
  await first.stop();
  const second = await startServer({ dataDir: folder, args: ["--empty"] });
  assert.equal(await (await fetch(`${second.url}/_votemu/ca.pem`)).text(), pem);
  await second.stop();
});

test("in memory the CA is told on the port only", async () => {
  const ephemeral = await startServer({ args: ["--empty"] });
  assert.match(ephemeral.stdout, new RegExp(`curl -s ${ephemeral.url}/_votemu/ca.pem > votemu-ca.pem`));
  const ca = await (await fetch(`${ephemeral.url}/_votemu/ca.pem`)).text();
  assert.equal((await get(`${ephemeral.secureUrl}/_votemu/health`, { ca })).status, 200);
  await ephemeral.stop();
});

test("a damaged CA ends the start with its reason", async () => {
  const folder = temporaryDirectory();
  await (await startServer({ dataDir: folder, args: ["--empty"] })).stop();
  writeFileSync(join(folder, "ca.pem"), "nonsense");
  const failing = launch(["--port", "0", "--data-dir", folder, "--empty"]);
  assert.equal((await within(failing.exited, "exit")).code, 1);
  assert.match(failing.stderr, /^votemu: .*ca\.pem is damaged.*delete ca\.pem and ca\.key/);
});

// A certificate of somebody else's, with its key: {certificate, key}.
async function ownCertificate() {
  const folder = temporaryDirectory();
  const certificate = join(folder, "own.pem");
  const key = join(folder, "own.key");
  await run("openssl", [
    "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=own.test", "-addext",
    "subjectAltName=DNS:own.test", "-out", certificate, "-keyout", key,
  ]);
  return { certificate, key };
}

test("one's own certificate is served instead", async () => {
  const { certificate, key } = await ownCertificate();
  const own = await startServer({ args: ["--empty", "--tls-cert", certificate, "--tls-key", key] });
  const { status } = await get(`${own.secureUrl}/_votemu/health`, {
    ca: readFileSync(certificate),
    servername: "own.test",
    headers: { Host: "own.test" },
  });
  assert.equal(status, 200);
  const ca = await fetch(`${own.url}/_votemu/ca.pem`);
  assert.equal(ca.status, 404);
  assert.match((await ca.json()).message, /--tls-cert/);
  await own.stop();
});

test("a certificate without its key, or with another's, ends the start with its reason", async () => {
  const { certificate, key } = await ownCertificate();
  const other = await ownCertificate();
  for (const [args, reason] of [
    [["--tls-cert", certificate], /--tls-cert requires --tls-key/],
    [["--tls-key", key], /--tls-key requires --tls-cert/],
    [["--tls-cert", certificate, "--tls-key", other.key], /own\.key: is not the key of the first certificate/],
    [["--tls-cert", key, "--tls-key", key], /own\.key: holds no certificate/],
    [["--tls-cert", "nowhere", "--tls-key", key], /nowhere/],
    [["--hostname", "not a name"], /not a name is neither a host name nor an address/],
  ]) {
    const failing = launch(["--port", "0", "--ephemeral", ...args]);
    assert.equal((await within(failing.exited, "exit")).code, 1, args.join(" "));
    assert.match(failing.stderr, reason);
  }
});
