// Amplify PubSub in a frontend of another origin, with the stack's own identity pool.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { pageConfig } from "../clients/support/guests.js";
import { startServer } from "../clients/support/server.js";
import { vote } from "../clients/support/votes.js";
import { launchBrowser } from "./support/chromium.js";
import { openFrontend, serveFrontend, SUBACK } from "./support/frontend.js";

let frontend, server, browser;
before(async () => {
  frontend = await serveFrontend("amplify");
  server = await startServer();
  browser = await launchBrowser({ authority: await server.authority() });
});
after(async () => {
  await browser.close();
  await frontend.stop();
  await server.stop();
});

async function listen(identityPoolEndpoint, pubsub) {
  const { identityPoolId, region, iotTopic: topic } = await pageConfig(server);
  const tab = await openFrontend(browser, frontend);
  const options = { identityPoolId, identityPoolEndpoint, topic, pubsub: { region, ...pubsub } };
  await tab.page.evaluate((given) => window.listen(given), options);
  await tab.packets.first(() => tab.packets.all.filter((type) => type === SUBACK).length === 2);
  return tab;
}

// It subscribes twice; the second vote shows that nothing is still under way of the first.
async function eachVoteComesOnce(tab) {
  for (const pet of ["dog", "cat"]) assert.equal((await vote(server, pet)).status, 200);
  await tab.arrivals.first((text) => text.includes("cat"));
  const pets = tab.arrivals.all.map((text) => JSON.parse(text)[0].id);
  assert.deepEqual(pets, ["dog", "cat"]);
  assert.deepEqual(tab.problems, []);
}

test("with the flag for plain connections, a vote is exactly one next", async () => {
  const tab = await listen(server.url, {
    endpoint: server.mqtt,
    aws_appsync_dangerously_connect_to_http_endpoint_for_testing: true,
  });
  await eachVoteComesOnce(tab);
  assert.match(tab.sockets[0], /^ws:.*X-Amz-Signature=.*X-Amz-Security-Token=/);
});

test("with the authority trusted, over wss, a vote is exactly one next", async () => {
  const tab = await listen(server.secureUrl, { endpoint: server.secureMqtt });
  await eachVoteComesOnce(tab);
  assert.match(tab.sockets[0], /^wss:/);
});
