// The MQTT broker as mqtt.js sees it, over WebSocket.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { connect } from "./support/mqtt.js";
import { startServer } from "./support/server.js";

let server;
before(async () => (server = await startServer()));
after(() => server.stop());

const levels = [
  { name: "3.1", options: { protocolId: "MQIsdp", protocolVersion: 3 } },
  { name: "3.1.1", options: { protocolVersion: 4 } },
  { name: "5", options: { protocolVersion: 5 } },
];

for (const { name, options } of levels) {
  test(`MQTT ${name}: a QoS 0 message reaches a subscriber`, async () => {
    const subscriber = await connect(server, options);
    await subscriber.subscribe(`news/${name}/qos0`);
    await subscriber.publish(`news/${name}/qos0`, "hello");
    assert.equal((await subscriber.message()).text, "hello");
    await subscriber.end();
  });

  test(`MQTT ${name}: a QoS 1 message is acknowledged and arrives with QoS 1`, async () => {
    const subscriber = await connect(server, options);
    const [granted] = await subscriber.subscribe(`news/${name}/qos1`, 1);
    assert.equal(granted.qos, 1);
    await subscriber.publish(`news/${name}/qos1`, "important", { qos: 1 });
    const { text, packet } = await subscriber.message();
    assert.deepEqual({ text, qos: packet.qos }, { text: "important", qos: 1 });
    await subscriber.end();
  });
}

test("the levels understand each other", async () => {
  const subscribers = await Promise.all(levels.map(({ options }) => connect(server, options)));
  for (const subscriber of subscribers) await subscriber.subscribe("mixed");
  await subscribers[2].publish("mixed", "to all", { qos: 1 });
  for (const subscriber of subscribers) {
    assert.equal((await subscriber.message()).text, "to all");
    await subscriber.end();
  }
});

test("+ matches one level and # matches the rest", async () => {
  const subscriber = await connect(server);
  await subscriber.subscribe(["one/+/end", "rest/#"]);
  for (const topic of ["one/a/b/end", "one/a/end", "other/x", "rest/a/b"]) await subscriber.publish(topic, topic);
  await subscriber.message(({ topic }) => topic === "rest/a/b");
  assert.deepEqual(
    subscriber.messages.map(({ topic }) => topic),
    ["one/a/end", "rest/a/b"],
  );
  await subscriber.end();
});

test("after UNSUBSCRIBE nothing more arrives", async () => {
  const subscriber = await connect(server);
  await subscriber.subscribe(["left", "kept"]);
  await subscriber.client.unsubscribeAsync("left");
  await subscriber.publish("left", "unheard");
  await subscriber.publish("kept", "heard");
  assert.equal((await subscriber.message()).text, "heard");
  await subscriber.end();
});

test("a connection that breaks off leaves its will", async () => {
  const subscriber = await connect(server);
  await subscriber.subscribe("wills");
  const mortal = await connect(server, { will: { topic: "wills", payload: "gone", qos: 0, retain: false } });
  mortal.client.stream.destroy();
  assert.equal((await subscriber.message()).text, "gone");
  await subscriber.end();
});

test("a connection that says goodbye leaves no will", async () => {
  const subscriber = await connect(server);
  await subscriber.subscribe("no-wills");
  const mortal = await connect(server, { will: { topic: "no-wills", payload: "gone", qos: 0, retain: false } });
  await mortal.client.endAsync();
  await subscriber.publish("no-wills", "the only one");
  assert.equal((await subscriber.message()).text, "the only one");
  await subscriber.end();
});

test("a client id that connects again takes the place of the first connection", async () => {
  const first = await connect(server, { clientId: "twin" });
  const ended = first.event("close");
  const second = await connect(server, { clientId: "twin" });
  await ended;
  await second.subscribe("twins");
  await second.publish("twins", "still here");
  assert.equal((await second.message()).text, "still here");
  await second.end();
});

test("MQTT 5 is told why it was replaced", async () => {
  const first = await connect(server, { clientId: "twin-5", protocolVersion: 5 });
  const told = first.event("disconnect");
  const second = await connect(server, { clientId: "twin-5", protocolVersion: 5 });
  const [packet] = await told;
  assert.equal(packet.reasonCode, 0x8e);
  await second.end();
});

test("a ping is answered", async () => {
  const connection = await connect(server);
  const answered = new Promise((resolve) => {
    connection.client.on("packetreceive", (packet) => packet.cmd === "pingresp" && resolve());
  });
  connection.client.sendPing();
  await answered;
  await connection.end();
});

test("a retained message waits for its subscriber", async () => {
  const publisher = await connect(server);
  await publisher.publish("kept/one", "kept", { qos: 1, retain: true });
  const subscriber = await connect(server);
  await subscriber.subscribe("kept/one");
  const { text, packet } = await subscriber.message();
  assert.deepEqual({ text, retain: packet.retain }, { text: "kept", retain: true });
  await Promise.all([publisher.end(), subscriber.end()]);
});

test("a persistent session gets on its return what came at QoS 1 meanwhile", async () => {
  const session = { clientId: "sleeper", clean: false };
  const asleep = await connect(server, session);
  await asleep.subscribe("dreams", 1);
  await asleep.client.endAsync();
  const publisher = await connect(server);
  await publisher.publish("dreams", "while away", { qos: 1 });
  const awake = await connect(server, session);
  assert.equal((await awake.message()).text, "while away");
  await Promise.all([publisher.end(), awake.end()]);
});
