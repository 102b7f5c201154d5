// Sessions that outlive their connection and votemu itself, and MQTT 5's additions, with mqtt.js.
import assert from "node:assert/strict";
import { test } from "node:test";

import { connect } from "./support/mqtt.js";
import { startServer, temporaryDirectory } from "./support/server.js";

const kinds = [
  { name: "3.1.1", options: { protocolVersion: 4, clean: false } },
  { name: "5", options: { protocolVersion: 5, clean: false, properties: { sessionExpiryInterval: 600 } } },
];

for (const { name, options } of kinds) {
  test(`MQTT ${name}: what came while the client and votemu were away is delivered`, async () => {
    const dataDir = temporaryDirectory();
    let server = await startServer({ dataDir });
    const session = { ...options, clientId: "sleeper" };
    const asleep = await connect(server, session);
    await asleep.subscribe("dreams/+", 1);
    await asleep.client.endAsync();
    const publisher = await connect(server);
    for (const payload of ["1", "2"]) await publisher.publish("dreams/a", payload, { qos: 1 });
    await server.kill();
    await publisher.end();

    server = await startServer({ dataDir });
    const other = await connect(server);
    await other.publish("dreams/b", "3", { qos: 1 });
    const awake = await connect(server, session);
    await awake.message(({ text }) => text === "3");
    assert.deepEqual(
      awake.messages.map(({ text, packet }) => ({ text, dup: packet.dup })),
      ["1", "2", "3"].map((text) => ({ text, dup: false })),
    );
    await Promise.all([awake.end(), other.end()]);
    await server.stop();
  });

  test(`MQTT ${name}: what was not acknowledged comes again after kill -9`, async () => {
    const dataDir = temporaryDirectory();
    let server = await startServer({ dataDir });
    const session = { ...options, clientId: "slow" };
    const slow = await connect(server, session);
    await slow.subscribe("work", 1);
    const received = new Promise((resolve) => {
      // The acknowledgement is sent when the second argument is called.
      slow.client.handleMessage = (packet) => resolve(packet);
    });
    const publisher = await connect(server);
    await publisher.publish("work", "unfinished", { qos: 1 });
    const first = await received;
    await server.kill();
    await Promise.all([slow.end(), publisher.end()]);

    server = await startServer({ dataDir });
    const back = await connect(server, session);
    const { text, packet } = await back.message();
    assert.deepEqual(
      { text, dup: packet.dup, messageId: packet.messageId },
      { text: "unfinished", dup: true, messageId: first.messageId },
    );
    await back.end();
    await server.stop();
  });
}

test("a clean session leaves nothing behind", async () => {
  const dataDir = temporaryDirectory();
  let server = await startServer({ dataDir });
  const clean = await connect(server, { clientId: "clean" });
  await clean.subscribe("news", 1);
  await server.kill();
  await clean.end();
  server = await startServer({ dataDir });
  const publisher = await connect(server);
  await publisher.publish("news", "unheard", { qos: 1 });
  const back = await connect(server, { clientId: "clean", clean: false });
  await back.subscribe("end", 1);
  await publisher.publish("end", "the only one", { qos: 1 });
  assert.equal((await back.message()).text, "the only one");
  await Promise.all([back.end(), publisher.end()]);
  await server.stop();
});

test("MQTT 5: properties travel, requests are answered, refusals have reasons", async () => {
  const server = await startServer();
  const v5 = { protocolVersion: 5 };
  const [client, service] = await Promise.all([connect(server, v5), connect(server, v5)]);
  await service.subscribe("requests", 1);
  await client.subscribe("answers", 1);
  const properties = {
    contentType: "text/plain",
    responseTopic: "answers",
    correlationData: Buffer.from([1, 2, 3]),
    messageExpiryInterval: 60,
    payloadFormatIndicator: true,
    userProperties: { pet: "dog" },
  };
  await client.publish("requests", "how many?", { qos: 1, properties });
  const { packet } = await service.message();
  assert.deepEqual({ ...packet.properties, userProperties: { ...packet.properties.userProperties } }, properties);
  const { responseTopic, correlationData } = packet.properties;
  await service.publish(responseTopic, "41", { qos: 1, properties: { correlationData } });
  const answer = await client.message();
  assert.equal(answer.text, "41");
  assert.deepEqual(answer.packet.properties.correlationData, properties.correlationData);

  await assert.rejects(client.publish("$aws/things/x", "no", { qos: 1 }), { code: 0x87 });
  const [refused] = await client.client.subscribeAsync("$SYS/#", { qos: 0 }).catch((error) => [error]);
  assert.ok(refused instanceof Error || refused.qos === 0x87);
  await Promise.all([client.end(), service.end()]);
  await server.stop();
});
