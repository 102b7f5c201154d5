// Every subscriber hears every message, whoever else has stopped reading.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { connect } from "./support/mqtt.js";
import { SANITIZED, startServer } from "./support/server.js";
import { stoppedReader } from "./support/stopped_reader.js";
import { within } from "./support/waiting.js";

const SUBSCRIBERS = 1_000;
const MESSAGES = 100;
// More than the broker keeps for one reader (8 MB) and the kernel for its socket.
const BULK_MESSAGES = 240;
const BULK_BYTES = 128 * 1024;
// What votemu may have used at its worst: itself, a thousand connections, one slow reader's queue.
const MEMORY_BOUND_MIB = 300;

let server;
before(async () => (server = await startServer()));
after(() => server.stop());

function peakMemoryMib() {
  const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"));
  return Number(kib) / 1024;
}

test("a thousand subscribers hear all of it while one has stopped, which is cut off in the end", async () => {
  const subscribers = [];
  while (subscribers.length < SUBSCRIBERS) {
    const batch = Array.from({ length: 50 }, () => connect(server, { keepalive: 1200 }));
    for (const subscriber of await Promise.all(batch)) subscribers.push(subscriber);
  }
  const heard = subscribers.map((subscriber) => {
    let count = 0;
    return new Promise((resolve) => {
      subscriber.client.on("message", (topic, payload) => {
        assert.equal(payload.toString(), String(count));
        if (++count === MESSAGES) resolve(count);
      });
    });
  });
  await Promise.all(subscribers.map((subscriber) => subscriber.subscribe("fan/news")));

  const publisher = await connect(server);
  await publisher.subscribe("$aws/events/presence/disconnected/stopped");
  const stopped = await stoppedReader(server, "stopped", "fan/#");

  const bulk = Buffer.alloc(BULK_BYTES, "x");
  for (let i = 0; i < BULK_MESSAGES; ++i) {
    if (i < MESSAGES) publisher.client.publish("fan/news", String(i));
    await publisher.publish("fan/bulk", bulk, { qos: 1 });
  }
  await within(Promise.all(heard), "message for everybody", 60_000);

  const { text } = await publisher.message();
  assert.equal(JSON.parse(text).disconnectReason, "SERVER_INITIATED_DISCONNECT");
  const peak = peakMemoryMib();
  assert.ok(SANITIZED || peak < MEMORY_BOUND_MIB, `votemu used ${peak} MiB`);

  stopped.destroy();
  await Promise.all([publisher, ...subscribers].map((connection) => connection.end()));
});
