// Lifecycle events as a monitoring client hears them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { connect } from "./support/mqtt.js";
import { startServer } from "./support/server.js";
import { stoppedReader } from "./support/stopped_reader.js";

let server, watcher;
before(async () => {
  server = await startServer();
  watcher = await connect(server, { clientId: "watcher" });
  await watcher.subscribe("$aws/events/#", 1);
});
after(async () => {
  await watcher.end();
  await server.stop();
});

async function event(topic) {
  const { text } = await watcher.message((message) => message.topic === topic);
  return JSON.parse(text);
}

test("a client's coming and going is told with AWS's members", async () => {
  const came = await connect(server, { clientId: "guest" });
  const connected = await event("$aws/events/presence/connected/guest");
  assert.match(connected.sessionIdentifier, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.ok(Math.abs(connected.timestamp - Date.now()) < 60_000);
  assert.match(connected.ipAddress, /^(127\.0\.0\.1|::1)$/);
  const { clientId, eventType, principalIdentifier, versionNumber } = connected;
  assert.deepEqual(
    { clientId, eventType, principalIdentifier, versionNumber },
    { clientId: "guest", eventType: "connected", principalIdentifier: "anonymous", versionNumber: 0 },
  );

  await came.client.endAsync();
  const disconnected = await event("$aws/events/presence/disconnected/guest");
  assert.deepEqual(disconnected, {
    clientId: "guest",
    timestamp: disconnected.timestamp,
    eventType: "disconnected",
    sessionIdentifier: connected.sessionIdentifier,
    principalIdentifier: "anonymous",
    clientInitiatedDisconnect: true,
    disconnectReason: "CLIENT_INITIATED_DISCONNECT",
    versionNumber: 0,
  });
});

test("a replaced connection and a forbidden topic have their reasons", async () => {
  const first = await connect(server, { clientId: "twin" });
  const second = await connect(server, { clientId: "twin" });
  const replaced = await event("$aws/events/presence/disconnected/twin");
  assert.equal(replaced.disconnectReason, "DUPLICATE_CLIENTID");
  assert.equal(replaced.clientInitiatedDisconnect, false);
  await Promise.all([first.end(), second.end()]);

  const nosy = await connect(server, { clientId: "nosy" });
  const closed = nosy.event("close");
  nosy.client.publish("$aws/things/x/shadow/get", "");
  await closed;
  const ended = await event("$aws/events/presence/disconnected/nosy");
  assert.equal(ended.disconnectReason, "AUTH_ERROR");
});

test("closing the WebSocket in good order is leaving, without a last will", async () => {
  const socket = await stoppedReader(server, "polite", "polite");
  socket.resume(); // the server closes, then the client
  const closeFrame = [0x88, 0x80, 0, 0, 0, 0];
  socket.write(Buffer.from(closeFrame));
  const left = await event("$aws/events/presence/disconnected/polite");
  assert.equal(left.disconnectReason, "CLIENT_INITIATED_DISCONNECT");
  assert.equal(left.clientInitiatedDisconnect, true);
  socket.destroy();
});

test("subscriptions are told with their filters", async () => {
  const reader = await connect(server, { clientId: "reader" });
  await reader.subscribe(["a/b", "c/#"]);
  const subscribed = await event("$aws/events/subscriptions/subscribed/reader");
  assert.deepEqual(subscribed.topics, ["a/b", "c/#"]);
  await reader.client.unsubscribeAsync("a/b");
  const unsubscribed = await event("$aws/events/subscriptions/unsubscribed/reader");
  assert.deepEqual(unsubscribed.topics, ["a/b"]);
  await reader.end();
});

test("# hears none of it, and basic ingest is heard by nobody", async () => {
  const all = await connect(server);
  await all.subscribe(["#", "$aws/+/#"]);
  const other = await connect(server, { clientId: "other" });
  await other.publish("$aws/rules/Building/room", "to a rule", { qos: 1 });
  await other.publish("votes", "to all", { qos: 1 });
  await all.message(({ topic }) => topic === "votes");
  const heard = all.messages.filter(({ topic }) => topic.startsWith("$aws/rules"));
  assert.deepEqual(heard, []);
  await Promise.all([all.end(), other.end()]);
});
