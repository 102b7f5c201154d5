// A vote's way from the API through queue, table and stream to the subscribers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { connect, lastTotals } from "./support/mqtt.js";
import { startServer, temporaryDirectory } from "./support/server.js";
import { totals, vote, voteMany } from "./support/votes.js";
import { eventually } from "./support/waiting.js";

let server;
before(async () => (server = await startServer()));
after(() => server.stop());

const post = (body) => fetch(`${server.api}/votes`, { method: "POST", body });

function assertCorsHeaders(response, methods) {
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  assert.equal(response.headers.get("access-control-allow-headers"), "Content-Type");
  assert.equal(response.headers.get("access-control-allow-methods"), methods);
}

test("a vote reaches a subscriber and the totals", async () => {
  const subscriber = await connect(server);
  await subscriber.subscribe("votes");
  assert.equal((await vote(server, "newt")).status, 200);
  const { text } = await subscriber.message();
  assert.deepEqual(JSON.parse(text), [{ id: "newt", votes: "1" }]);
  assert.equal((await totals(server)).newt, 1);
  await subscriber.end();
});

test("POST /votes answers with the queue's receipt and CORS headers", async () => {
  const response = await vote(server, "receipt");
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type"), /^application\/json/);
  assertCorsHeaders(response, "OPTIONS,POST");
  const receipt = await response.json();
  assert.match(receipt.MessageId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.match(receipt.MD5OfMessageBody, /^[0-9a-f]{32}$/);
});

test("GET /votes answers with the table's items and CORS headers", async () => {
  await vote(server, "listed");
  const response = await fetch(`${server.api}/votes`);
  assert.equal(response.status, 200);
  assertCorsHeaders(response, "OPTIONS,GET");
  const rows = await response.json();
  assert.deepEqual(
    rows.filter(({ PK }) => PK === "listed"),
    [{ PK: "listed", SK: "total", votes: 1 }],
  );
});

test("OPTIONS /votes is the template's CORS mock", async () => {
  const response = await fetch(`${server.api}/votes`, {
    method: "OPTIONS",
    headers: { Origin: "http://example.org", "Access-Control-Request-Method": "POST" },
  });
  assert.equal(response.status, 200);
  assertCorsHeaders(response, "GET,POST,OPTIONS");
  assert.equal(response.headers.get("access-control-max-age"), "0");
  assert.equal(await response.text(), "{}\n");
});

test("an answer carries API Gateway's ids", async () => {
  const response = await vote(server, "ids");
  for (const name of ["x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id"]) {
    assert.ok(response.headers.get(name), name);
  }
});

const badBodies = {
  "text that is not JSON": "not json",
  "no body": "",
  "an object without id": "{}",
  "an empty id": '{"id":""}',
  "an id that is a number": '{"id":5}',
  "an id of 2,049 bytes": JSON.stringify({ id: "x".repeat(2049) }),
  "a list": '["dog"]',
};

for (const [name, body] of Object.entries(badBodies)) {
  test(`${name} is refused with a message and not counted`, async () => {
    const before = await totals(server);
    const response = await post(body);
    assert.equal(response.status, 400);
    assertCorsHeaders(response, "OPTIONS,POST");
    assert.equal(typeof (await response.json()).message, "string");
    assert.deepEqual(await totals(server), before);
  });
}

test("an id of 2,048 bytes is counted", async () => {
  const id = "y".repeat(2048);
  assert.equal((await vote(server, id)).status, 200);
  assert.equal((await totals(server))[id], 1);
});

test("an unknown path is refused as API Gateway refuses it", async () => {
  const response = await fetch(`${server.api}/nothing`);
  assert.equal(response.status, 403);
  assert.equal(response.headers.get("x-amzn-errortype"), "MissingAuthenticationTokenException");
  assert.deepEqual(await response.json(), { message: "Missing Authentication Token" });
});

test("an unknown method is refused in the same way", async () => {
  const response = await fetch(`${server.api}/votes`, { method: "DELETE" });
  assert.equal(response.status, 403);
  assert.deepEqual(await response.json(), { message: "Missing Authentication Token" });
});

test("1,000 votes at once: the table and three subscribers agree with the answers", async () => {
  const pets = ["ant", "bee", "cow", "duck", "emu"];
  const subscribers = [];
  for (let i = 0; i < 3; i += 1) {
    const subscriber = await connect(server, { protocolVersion: 3 + i, ...(i === 0 && { protocolId: "MQIsdp" }) });
    await subscriber.subscribe("votes");
    subscribers.push(subscriber);
  }
  const { answered, unanswered } = await voteMany(server, { pets, count: 1000, concurrency: 64 });
  assert.deepEqual(Object.values(unanswered), [0, 0, 0, 0, 0]);

  const counted = await totals(server);
  for (const pet of pets) assert.equal(counted[pet], answered[pet]);
  for (const subscriber of subscribers) {
    await subscriber.message(() => pets.every((pet) => lastTotals(subscriber)[pet] === answered[pet]));
    await subscriber.end();
  }
});

test("a restart on the same data directory keeps the totals", async () => {
  const dataDir = temporaryDirectory();
  const first = await startServer({ dataDir });
  for (const pet of ["dog", "dog", "cat"]) await vote(first, pet);
  await first.stop();
  const second = await startServer({ dataDir });
  assert.deepEqual(await totals(second), { dog: 2, cat: 1 });
  await vote(second, "dog");
  assert.deepEqual(await totals(second), { dog: 3, cat: 1 });
  await second.stop();
});

test("kill -9 under load: each answered vote is counted once, no other more than once", async () => {
  const dataDir = temporaryDirectory();
  const pets = ["dog", "cat", "fox"];
  const doomed = await startServer({ dataDir });
  let answers = 0;
  const onAnswer = () => {
    answers += 1;
    if (answers === 500) doomed.signal("SIGKILL");
  };
  const { answered, unanswered } = await voteMany(doomed, { pets, count: 3000, concurrency: 64, onAnswer });
  assert.equal((await doomed.exited()).signal, "SIGKILL");

  const revived = await startServer({ dataDir });
  const allAnswered = (counts) => pets.every((pet) => (counts[pet] ?? 0) >= answered[pet]) && counts;
  const counted = await eventually(async () => allAnswered(await totals(revived)), "count of every answered vote");
  for (const pet of pets) {
    const least = answered[pet];
    const most = least + unanswered[pet];
    const shown = counted[pet] ?? 0;
    assert.ok(shown >= least && shown <= most, `${pet}: ${least} <= ${shown} <= ${most}`);
  }
  await revived.stop();
});
