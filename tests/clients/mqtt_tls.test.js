// mqtt.js over ws and over wss, on the same port.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import mqtt from "mqtt";

import { connect } from "./support/mqtt.js";
import { startServer } from "./support/server.js";
import { vote } from "./support/votes.js";
import { within } from "./support/waiting.js";

let server, ca;
before(async () => {
  server = await startServer();
  ca = readFileSync(await server.authority());
});
after(() => server.stop());

const levels = [
  ["3.1", 3],
  ["3.1.1", 4],
  ["5", 5],
];

for (const [level, protocolVersion] of levels) {
  test(`MQTT ${level}: subscribers over ws and over wss hear the same vote`, async () => {
    const protocolId = protocolVersion === 3 ? "MQIsdp" : "MQTT";
    const plain = await connect(server, { protocolId, protocolVersion });
    const secure = await connect(server, { protocolId, protocolVersion, ca, url: server.secureMqtt });
    for (const subscriber of [plain, secure]) await subscriber.subscribe("votes", 1);
    assert.equal((await vote(server, level)).status, 200);
    for (const subscriber of [plain, secure]) {
      assert.equal((await subscriber.message()).text, JSON.stringify([{ id: level, votes: "1" }]));
      await subscriber.end();
    }
  });
}

test("a message of many TLS records arrives whole", async () => {
  const subscriber = await connect(server, { ca, url: server.secureMqtt });
  await subscriber.subscribe("large", 1);
  const payload = "x".repeat(128 * 1024);
  await subscriber.publish("large", payload, { qos: 1 });
  assert.equal((await subscriber.message()).text, payload);
  await subscriber.end();
});

test("a client that does not trust the authority does not connect", async () => {
  const client = mqtt.connect(server.secureMqtt, { reconnectPeriod: 0 });
  const error = await within(new Promise((resolve) => client.once("error", resolve)), "error");
  assert.match(error.message, /certificate/);
  await client.endAsync(true);
});
