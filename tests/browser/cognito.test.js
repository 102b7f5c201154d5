// fromCognitoIdentityPool of the SDK v3 in a frontend of another origin, and what its credentials are good for.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { pageConfig } from "../clients/support/guests.js";
import { connect } from "../clients/support/mqtt.js";
import { startServer, temporaryDirectory } from "../clients/support/server.js";
import { launchBrowser } from "./support/chromium.js";
import { openFrontend, serveFrontend } from "./support/frontend.js";

let frontend, server, browser;
before(async () => (frontend = await serveFrontend("cognito")));
after(async () => {
  await browser?.close();
  await frontend.stop();
  await server?.stop();
});

async function becomeGuest(context, endpoint) {
  const { identityPoolId, region } = await pageConfig(server);
  const tab = await openFrontend(context, frontend);
  const calls = [];
  tab.page.on("request", (request) => {
    const target = request.headers()["x-amz-target"];
    if (target && request.method() === "POST") calls.push(target.split(".")[1]);
  });
  const guest = await tab.page.evaluate((options) => window.becomeGuest(options), { endpoint, region, identityPoolId });
  return { tab, guest, calls };
}

async function publishes(tab, payload) {
  const subscriber = await connect(server);
  await subscriber.subscribe("from/the/browser", 1);
  assert.equal(await tab.page.evaluate((text) => window.publish("from/the/browser", text), payload), "OK");
  assert.equal((await subscriber.message()).text, payload);
  await subscriber.end();
  assert.deepEqual(tab.problems, []);
}

test("a guest publishes, and stays the same guest when the page and votemu have started again", async () => {
  const dataDir = temporaryDirectory();
  server = await startServer({ dataDir });
  browser = await launchBrowser({ authority: await server.authority() });
  const context = await browser.newContext();

  const first = await becomeGuest(context, server.url);
  assert.deepEqual(first.calls, ["GetId", "GetCredentialsForIdentity"]);
  await publishes(first.tab, "hello");
  const { port } = server;
  await server.stop();
  server = await startServer({ dataDir, port });
  await publishes(first.tab, "with the credentials from before");

  const second = await becomeGuest(context, server.url);
  assert.deepEqual(second.calls, ["GetCredentialsForIdentity"]);
  assert.equal(second.guest.identityId, first.guest.identityId);
  assert.notEqual(second.guest.accessKeyId, first.guest.accessKeyId);
  await publishes(second.tab, "hello again");

  const secure = await becomeGuest(context, server.secureUrl);
  assert.equal(secure.guest.identityId, first.guest.identityId);
  await publishes(secure.tab, "hello over TLS");
});
