// The AWS IoT device SDK v1 over wss, which is all it has for browsers and guests. Its WebSocket writes one CONNECT as
// several messages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import awsIot from "aws-iot-device-sdk";

import { Arrivals } from "./support/arrivals.js";
import { region } from "./support/aws.js";
import { becomeGuest } from "./support/guests.js";
import { startServer } from "./support/server.js";
import { vote } from "./support/votes.js";
import { within } from "./support/waiting.js";

let server, ca, guest;
before(async () => {
  server = await startServer();
  ca = readFileSync(await server.authority());
  guest = await becomeGuest(server);
});
after(() => server.stop());

// `host` with the port in it, and no `port`: how a stack's IotEndpoint goes in.
async function connect(options = {}) {
  const device = awsIot.device({
    protocol: "wss",
    host: `localhost:${server.port}`,
    region,
    accessKeyId: guest.accessKeyId,
    secretKey: guest.secretAccessKey,
    sessionToken: guest.sessionToken,
    websocketOptions: { ca },
    ...options,
  });
  await within(new Promise((resolve) => device.once("connect", resolve)), "CONNACK");
  return device;
}

async function hearsOneVote(device, pet) {
  const arrivals = new Arrivals();
  device.on("message", (topic, payload) => arrivals.add(payload.toString()));
  const subscribed = new Promise((resolve, reject) => {
    device.subscribe("votes", { qos: 1 }, (error, granted) => (error ? reject(error) : resolve(granted)));
  });
  assert.deepEqual(await within(subscribed, "SUBACK"), [{ topic: "votes", qos: 1 }]);
  assert.equal((await vote(server, pet)).status, 200);
  await arrivals.first();
  assert.deepEqual(arrivals.all, [JSON.stringify([{ id: pet, votes: "1" }])]);
  await new Promise((resolve) => device.end(true, resolve));
}

test("a guest hears a vote", async () => hearsOneVote(await connect(), "dog"));

test("host and port apart are as good", async () => {
  await hearsOneVote(await connect({ host: "localhost", port: server.port }), "cat");
});

test("MQTT 3.1, which it speaks on request", async () => {
  await hearsOneVote(await connect({ protocolId: "MQIsdp", protocolVersion: 3 }), "rabbit");
});
