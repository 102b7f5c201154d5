// The vote page where policies are enforced: the stack's guests may listen to its topic, and nothing else.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { startServer } from "../clients/support/server.js";
import { launchBrowser } from "./support/chromium.js";
import { visit } from "./support/page.js";

let server, browser, visitor;
before(async () => {
  server = await startServer({ args: ["--iam", "enforce"] });
  browser = await launchBrowser();
});
afterEach(() => visitor.leave());
after(async () => {
  await browser.close();
  await server.stop();
});

async function arrive() {
  visitor = await visit(browser, server);
  await visitor.connection("live");
}

async function set(name, value) {
  await visitor.openSettings();
  await visitor.setting(name, value);
  await visitor.save();
}

test("the page works as it is", async () => {
  await arrive();
  await visitor.vote("dog");
  await visitor.total("dog", 1);
  assert.deepEqual(visitor.problems, []);
});

test("another topic is not for guests", async () => {
  await arrive();
  await set("iotTopic", "other");
  await visitor.connection("lost");
  await set("iotTopic", "votes");
  await visitor.connection("live");
});

test("nobody listens without a signature", async () => {
  await arrive();
  await set("identityPoolId", "");
  await visitor.connection("lost");
});
