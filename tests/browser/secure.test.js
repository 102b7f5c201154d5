// The vote page over https, in a browser that trusts votemu's certificate authority.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startServer } from "../clients/support/server.js";
import { launchBrowser } from "./support/chromium.js";
import { visit } from "./support/page.js";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchBrowser({ authority: await server.authority() });
});
after(async () => {
  await browser.close();
  await server.stop();
});

test("everything is https and wss, and a vote arrives", async () => {
  const visitor = await visit(browser, server, { url: server.secureUrl });
  const plain = [];
  visitor.page.on("request", (request) => {
    if (request.url().startsWith("http:")) plain.push(request.url());
  });
  await visitor.connection("live");
  await visitor.vote("dog");
  await visitor.total("dog", 1);
  assert.deepEqual(plain, []);
  assert.deepEqual(visitor.sockets.map(({ protocol }) => protocol), ["wss:"]);
  assert.ok(visitor.sockets[0].searchParams.has("X-Amz-Signature"));
  await visitor.openSettings();
  assert.equal(await visitor.page.inputValue('[name="apiEndpoint"]'), `${server.secureUrl}/dev`);
  assert.equal(await visitor.page.inputValue('[name="iotEndpoint"]'), server.secureMqtt);
  assert.deepEqual(visitor.problems, []);
  await visitor.leave();
});

test("an IoT endpoint without a scheme, as a stack's outputs have it, means wss", async () => {
  const visitor = await visit(browser, server, { url: server.secureUrl });
  await visitor.connection("live");
  await visitor.openSettings();
  await visitor.setting("iotEndpoint", `localhost:${server.port}`);
  await visitor.save();
  await visitor.connection("live");
  assert.equal(visitor.sockets.at(-1).origin, `wss://localhost:${server.port}`);
  await visitor.vote("cat");
  await visitor.total("cat", 1);
  await visitor.leave();
});
