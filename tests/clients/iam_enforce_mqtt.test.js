// `--iam enforce` over MQTT: what a guest of the stack may, what it may not and how it is told, in 3.1.1 and in 5.
import assert from "node:assert/strict";
import { get } from "node:http";
import { after, before, test } from "node:test";

import { signedUrl } from "../../emulator/web/page/signed_url.js";
import { account, region } from "./support/aws.js";
import { becomeGuest } from "./support/guests.js";
import { connect } from "./support/mqtt.js";
import { startServer } from "./support/server.js";
import { vote } from "./support/votes.js";
import { within } from "./support/waiting.js";

const NOT_AUTHORIZED = 0x87;
const root = { accessKeyId: "test", secretAccessKey: "test", sessionToken: "" };

let server, guest;
before(async () => {
  server = await startServer({ args: ["--iam", "enforce"] });
  guest = await becomeGuest(server);
});
after(() => server.stop());

const signed = (credentials, now) =>
  signedUrl(server.mqtt, region, { ...credentials, secretKey: credentials.secretAccessKey }, now);

async function connectAs(credentials, protocolVersion) {
  const connection = await connect(server, { url: signed(credentials), protocolVersion });
  connection.packets = [];
  connection.client.on("packetreceive", (packet) => connection.packets.push(packet));
  return connection;
}

const kinds = ({ packets }) => packets.map(({ cmd }) => cmd);
// The promise that mqtt.js gives is not settled when the connection ends.
const send = (connection, method, ...args) => connection.client[method](...args, () => {});

// The status that a WebSocket's handshake is answered with.
function handshake(url) {
  const headers = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "mqtt",
  };
  const answer = new Promise((resolve, reject) => {
    const request = get(url.replace(/^ws/, "http"), { headers });
    request.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    request.on("response", (response) => resolve(response.resume().statusCode));
    request.on("error", reject);
  });
  return within(answer, "answer");
}

for (const [level, version] of [["3.1.1", 4], ["5", 5]]) {
  test(`MQTT ${level}: a guest hears the stack's votes`, async () => {
    const connection = await connectAs(guest, version);
    const [granted] = await connection.subscribe("votes", 1);
    assert.equal(granted.qos, 1);
    assert.equal((await vote(server, level)).status, 200);
    assert.equal((await connection.message()).text, JSON.stringify([{ id: level, votes: "1" }]));
    await connection.end();
  });
}

test("MQTT 3.1.1: a subscription to another topic closes the connection, without SUBACK", async () => {
  const connection = await connectAs(guest, 4);
  const closed = connection.event("close");
  send(connection, "subscribe", "other");
  await closed;
  assert.deepEqual(kinds(connection), []);
});

test("MQTT 5: a subscription to another topic is refused with 0x87, and the connection stays", async () => {
  const connection = await connectAs(guest, 5);
  send(connection, "subscribe", ["other", "#"]);
  await connection.subscribe("votes", 1);
  assert.deepEqual(kinds(connection), ["suback", "suback"]);
  assert.deepEqual(connection.packets[0].granted, [NOT_AUTHORIZED, NOT_AUTHORIZED]);
  assert.equal((await vote(server, "heard")).status, 200);
  await connection.message(({ text }) => text.includes("heard"));
  await connection.end();
});

for (const qos of [0, 1]) {
  test(`MQTT 3.1.1: publishing with QoS ${qos} closes the connection`, async () => {
    const connection = await connectAs(guest, 4);
    const closed = connection.event("close");
    send(connection, "publish", "votes", "[]", { qos });
    await closed;
    assert.deepEqual(kinds(connection), []);
  });
}

test("MQTT 5: publishing with QoS 1 is refused with 0x87, and the connection stays", async () => {
  const connection = await connectAs(guest, 5);
  send(connection, "publish", "votes", "[]", { qos: 1 });
  await connection.subscribe("votes");
  assert.deepEqual(kinds(connection), ["puback", "suback"]);
  assert.equal(connection.packets[0].reasonCode, NOT_AUTHORIZED);
  await connection.end();
});

test("MQTT 5: publishing with QoS 0 is answered with DISCONNECT 0x87", async () => {
  const connection = await connectAs(guest, 5);
  const closed = connection.event("close");
  send(connection, "publish", "votes", "[]", { qos: 0 });
  await closed;
  assert.deepEqual(kinds(connection), ["disconnect"]);
  assert.equal(connection.packets[0].reasonCode, NOT_AUTHORIZED);
});

test("the account's own credentials may publish and listen anywhere", async () => {
  const connection = await connectAs(root, 5);
  await connection.subscribe("any/#", 1);
  await connection.publish("any/topic", "hello", { qos: 1 });
  assert.equal((await connection.message()).text, "hello");
  await connection.end();
});

test("a handshake is 101 for a good signature, and 403 for one that was tampered with", async () => {
  assert.equal(await handshake(signed(guest)), 101);
  const url = new URL(signed(guest));
  const signature = url.searchParams.get("X-Amz-Signature");
  url.searchParams.set("X-Amz-Signature", signature.replace(/^./, (digit) => (digit === "0" ? "1" : "0")));
  assert.equal(await handshake(url.href), 403);
});

test("a signature is for its region and its host only", async () => {
  assert.equal(await handshake(signed(guest).replace(`%2F${region}%2F`, "%2Feu-west-1%2F")), 403);
  assert.equal(await handshake(signed(guest).replace("localhost", "127.0.0.1")), 403);
});

test("a signature of twenty minutes ago is 403", async () => {
  assert.equal(await handshake(signed(guest, new Date(Date.now() - 20 * 60_000))), 403);
});

test("another guest's session token, an unknown key and no signature at all are 403", async () => {
  const other = await becomeGuest(server);
  assert.equal(await handshake(signed({ ...guest, sessionToken: other.sessionToken })), 403);
  assert.equal(await handshake(signed({ ...root, accessKeyId: "AKIAIOSFODNN7EXAMPLE" })), 403);
  assert.equal(await handshake(server.mqtt), 403);
});

test("--iam warn serves the guest all the same, and says so", async () => {
  const lenient = await startServer({ args: ["--iam", "warn"] });
  const credentials = await becomeGuest(lenient);
  const url = signedUrl(lenient.mqtt, region, { ...credentials, secretKey: credentials.secretAccessKey });
  const connection = await connect(lenient, { url });
  await connection.subscribe("other", 1);
  await connection.publish("other", "hello", { qos: 1 });
  assert.equal((await connection.message()).text, "hello");
  await connection.end();
  await lenient.stop();
  const denied = (action, resource) =>
    new RegExp(`is not authorized to perform: ${action} on resource: arn:aws:iot:${region}:${account}:${resource}`);
  assert.match(lenient.stderr, denied("iot:Subscribe", "topicfilter/other"));
  assert.match(lenient.stderr, denied("iot:Publish", "topic/other"));
});
