// Who may talk to votemu, told by what a request says of its host and its page. Browsers' own tests are in tests/browser.
import assert from "node:assert/strict";
import { chmodSync, readdirSync, statSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { startServer, temporaryDirectory } from "./support/server.js";
import { within } from "./support/waiting.js";

const APP = "https://app.example.com:8443";

let server;
before(async () => {
  server = await startServer({ args: ["--hostname", "votemu", "--hostname", "*.votes.test", "--cors-allow-origin", APP] });
});
after(() => server.stop());

// {status, headers, text}
function ask({ method = "GET", path = "/_votemu/health", headers = {}, body = "" }) {
  const answered = new Promise((resolve, reject) => {
    const call = request({ host: "localhost", port: server.port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece) => (text += piece));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    call.on("error", reject).end(body);
  });
  return within(answered, `answer of ${path}`);
}

// The status of what is sent as it is.
function statusOf(text) {
  const answered = new Promise((resolve, reject) => {
    const socket = connect(server.port, "localhost", () => socket.write(text));
    socket.setEncoding("utf8").on("error", reject);
    socket.once("data", (piece) => {
      resolve(Number(/^HTTP\/1\.1 (\d+) /.exec(piece)[1]));
      socket.destroy();
    });
  });
  return within(answered, "answer");
}

const listQueues = (headers) =>
  ask({ method: "POST", path: "/", headers: { "X-Amz-Target": "AmazonSQS.ListQueues", ...headers }, body: "{}" });

test("its names and every address are served", async () => {
  const names = ["LOCALHOST", "app.localhost", "localhost.localstack.cloud", "votemu:4566", "www.votes.test"];
  for (const Host of [`localhost:${server.port}`, "127.0.0.1", "[::1]:4566", "10.1.2.3", ...names]) {
    assert.equal((await ask({ headers: { Host } })).status, 200, Host);
  }
});

test("another name is not, and the answer says how it would be", async () => {
  for (const Host of ["evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "localhost@evil.test", "votes.test"]) {
    assert.equal((await ask({ headers: { Host } })).status, 421, Host);
  }
  const { text } = await ask({ path: "/dev/votes", headers: { Host: "Other:4566" } });
  assert.match(JSON.parse(text).message, /start votemu with --hostname other$/);
});

test("a request names its host once", async () => {
  const line = "GET /_votemu/health HTTP/1.1\r\n";
  assert.equal(await statusOf(`${line}\r\n`), 400);
  assert.equal(await statusOf(`${line}Host: localhost\r\nHost: evil.test\r\n\r\n`), 400);
  assert.equal(await statusOf("GET /_votemu/health HTTP/1.0\r\n\r\n"), 200);
  assert.equal(await statusOf("GET http://evil.test/_votemu/health HTTP/1.1\r\nHost: localhost\r\n\r\n"), 421);
  assert.equal(await statusOf("GET http://localhost/_votemu/health HTTP/1.1\r\nHost: evil.test\r\n\r\n"), 200);
});

test("pages of this machine, of the host that is called, and of the option's origins may call", async () => {
  for (const [Origin, Host] of [
    ["http://localhost:3000", "localhost"],
    ["http://127.0.0.1:8000", "localhost"],
    ["https://app.localhost", "127.0.0.1"],
    ["http://votemu:3000", "votemu:4566"],
    ["http://10.1.2.3:3000", "10.1.2.3:4566"],
    [APP, "localhost"],
  ]) {
    const { status, headers } = await listQueues({ Origin, Host });
    assert.equal(status, 200, Origin);
    assert.equal(headers["access-control-allow-origin"], Origin);
    assert.equal(headers.vary, "Origin");
  }
});

test("pages of other origins may not, and are told nothing", async () => {
  for (const Origin of ["http://evil.test", "null", "https://app.example.com", "http://localhost.evil.test"]) {
    const { status, headers, text } = await listQueues({ Origin });
    assert.equal(status, 403, Origin);
    assert.deepEqual(Object.keys(headers).filter((name) => name.startsWith("access-control-")), []);
    assert.doesNotMatch(text, /QueueUrls/);
    const preflight = { Origin, "Access-Control-Request-Method": "POST" };
    assert.equal((await ask({ method: "OPTIONS", path: "/", headers: preflight })).status, 403, Origin);
  }
});

test("MQTT is for the same pages", async () => {
  const handshake = (more) =>
    statusOf(
      "GET /mqtt HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
        `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${more}\r\n`,
    );
  assert.equal(await handshake("Host: localhost\r\nOrigin: http://evil.test\r\n"), 403);
  assert.equal(await handshake("Host: localhost\r\nOrigin: null\r\n"), 403);
  assert.equal(await handshake("Host: evil.test\r\nOrigin: http://evil.test\r\n"), 421);
  assert.equal(await handshake(`Host: localhost\r\nOrigin: ${APP}\r\n`), 101);
  assert.equal(await handshake("Host: localhost\r\n"), 101);
});

test("what is kept is private, also in a directory that others may look into", async () => {
  const dataDir = temporaryDirectory();
  chmodSync(dataDir, 0o755);
  const own = await startServer({ dataDir });
  const open = readdirSync(dataDir).filter((name) => (statSync(join(dataDir, name)).mode & 0o077) !== 0);
  assert.deepEqual(open.sort(), ["ca.pem", "format"]);
  const inside = readdirSync(join(dataDir, "store")).map((name) => statSync(join(dataDir, "store", name)).mode & 0o777);
  assert.deepEqual([...new Set(inside)], [0o600]);
  await own.stop();
});
