// Starting and stopping, as an operator sees it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import { test } from "node:test";

import { launch, startServer, temporaryDirectory } from "./support/server.js";
import { totals, vote } from "./support/votes.js";
import { eventually, within } from "./support/waiting.js";

async function refused(port) {
  const socket = connectSocket(port, "127.0.0.1");
  const outcome = await Promise.race([once(socket, "connect"), once(socket, "error").catch((error) => [error])]).catch(
    (error) => [error],
  );
  socket.destroy();
  return outcome[0]?.code === "ECONNREFUSED";
}

test("the start says where it listens and then Ready.", async () => {
  const server = await startServer();
  assert.match(server.stdout, /^Listening on http:\/\/localhost:\d+$/m);
  assert.match(server.stdout, /\nReady\.\n$/);
  await server.stop();
});

test("SIGTERM lets a request that is under way finish, and counts its vote", async () => {
  const dataDir = temporaryDirectory();
  const server = await startServer({ dataDir });
  const body = '{"id":"dog"}';
  const socket = connectSocket(server.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`POST /dev/votes HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n`);
  socket.write(`Expect: 100-continue\r\n\r\n`);
  const [interim] = await within(once(socket, "data"), "100 Continue");
  assert.match(interim.toString(), /^HTTP\/1\.1 100 /);
  server.signal("SIGTERM");
  await eventually(() => refused(server.port), "refusal of new connections");
  socket.write(body);
  const [answer] = await within(once(socket, "data"), "answer");
  assert.match(answer.toString(), /^HTTP\/1\.1 200 /);
  assert.deepEqual(await server.exited(), { code: 0, signal: null });

  const again = await startServer({ dataDir });
  assert.deepEqual(await totals(again), { dog: 1 });
  await again.stop();
});

test("SIGTERM answers a long poll at once, with nothing", async () => {
  const server = await startServer();
  const head = (target, body) =>
    `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.${target}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const socket = connectSocket(server.port, "127.0.0.1");
  const send = (target, members) =>
    new Promise((sent) => socket.write(head(target, JSON.stringify(members)) + JSON.stringify(members), sent));
  await send("CreateQueue", { QueueName: "slow" });
  const [created] = await within(once(socket, "data"), "the queue");
  const { QueueUrl } = JSON.parse(created.toString().split("\r\n\r\n")[1]);
  // On a connection that the server knows already, so that it is read before what comes after it on another.
  await send("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  await (await fetch(`${server.url}/_votemu/health`)).json();
  server.signal("SIGTERM");
  const [answer] = await within(once(socket, "data"), "the answer to the long poll");
  assert.match(answer.toString(), /^HTTP\/1\.1 200 [^]*\r\n\r\n\{\}$/);
  assert.deepEqual(await server.exited(), { code: 0, signal: null });
});

test("a second process on the same data directory ends with 1 and one line that says why", async () => {
  const dataDir = temporaryDirectory();
  const server = await startServer({ dataDir });
  const second = launch(["--port", "0", "--data-dir", dataDir]);
  const { code } = await within(second.exited, "exit of the second process");
  assert.equal(code, 1);
  assert.match(second.stderr, /^[^\n]+\n$/);
  assert.ok(second.stderr.includes(dataDir), second.stderr);
  assert.equal((await vote(server, "dog")).status, 200);
  await server.stop();
});

test("a port that is taken ends it with 1 and one line that says why", async () => {
  const server = await startServer();
  const second = launch(["--port", String(server.port), "--ephemeral"]);
  const { code } = await within(second.exited, "exit of the second process");
  assert.equal(code, 1);
  assert.match(second.stderr, /^[^\n]+\n$/);
  await server.stop();
});
