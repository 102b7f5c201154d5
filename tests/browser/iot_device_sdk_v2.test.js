// The AWS IoT device SDK v2 for browsers in a frontend of another origin, MQTT 3 and 5. Its own signed addresses have no
// port, so it meets votemu at 443: that port is mapped to the server's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { becomeGuest } from "../clients/support/guests.js";
import { startServer } from "../clients/support/server.js";
import { vote } from "../clients/support/votes.js";
import { launchBrowser } from "./support/chromium.js";
import { openFrontend, serveFrontend } from "./support/frontend.js";

let frontend, server, browser, guest;
before(async () => {
  frontend = await serveFrontend("iot_device_sdk_v2");
  server = await startServer();
  const args = [`--host-resolver-rules=MAP localhost:443 localhost:${server.port}`];
  browser = await launchBrowser({ authority: await server.authority(), args });
  guest = await becomeGuest(server);
});
after(async () => {
  await browser.close();
  await frontend.stop();
  await server.stop();
});

async function hearsOneVote(listen, way, url, pet) {
  const tab = await openFrontend(browser, frontend);
  const options = { port: server.port, topic: "votes", url, guest };
  const granted = await tab.page.evaluate(
    ([name, how, given]) => window[name](how, given),
    [listen, way, options],
  );
  assert.deepEqual(granted, [1]);
  assert.equal((await vote(server, pet)).status, 200);
  await tab.arrivals.first();
  assert.deepEqual(tab.arrivals.all, [JSON.stringify([{ id: pet, votes: "1" }])]);
  assert.deepEqual(tab.problems, []);
  return tab.sockets[0];
}

test("MQTT 5: the Ws factory needs no credentials", async () => {
  const socket = await hearsOneVote("listenWithMqtt5", "plain", null, "five-plain");
  assert.equal(socket, server.mqtt);
});

test("MQTT 5: a Custom factory signs for any port, over ws", async () => {
  const socket = await hearsOneVote("listenWithMqtt5", "custom", server.mqtt, "five-custom");
  assert.match(socket, /^ws:.*X-Amz-Signature=/);
});

test("MQTT 5: a Custom factory signs for any port, over wss", async () => {
  const socket = await hearsOneVote("listenWithMqtt5", "custom", server.secureMqtt, "five-custom-secure");
  assert.match(socket, /^wss:.*X-Amz-Signature=/);
});

test("MQTT 5: the builder's signed address, at port 443", async () => {
  const socket = await hearsOneVote("listenWithMqtt5", "sigv4", null, "five-sigv4");
  assert.match(socket, /^wss:\/\/localhost\/mqtt\?X-Amz-Algorithm=/);
});

test("MQTT 3: the protocol `ws` needs no credentials", async () => {
  const socket = await hearsOneVote("listenWithMqtt3", "plain", null, "three-plain");
  assert.equal(socket, server.mqtt);
});

test("MQTT 3: the builder's signed address, at port 443", async () => {
  const socket = await hearsOneVote("listenWithMqtt3", "sigv4", null, "three-sigv4");
  assert.match(socket, /^wss:\/\/localhost\/mqtt\?X-Amz-Algorithm=/);
});
