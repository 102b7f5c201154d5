// The vote page as a guest of the stack's identity pool, whose connection is signed, and without one.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { pageConfig } from "../clients/support/guests.js";
import { startServer, temporaryDirectory } from "../clients/support/server.js";
import { launchBrowser } from "./support/chromium.js";
import { visit } from "./support/page.js";

let browser, server, visitor;
// Nothing of this leaves the machine.
const args = ["--host-resolver-rules=MAP *.amazonaws.com ~NOTFOUND"];
before(async () => (browser = await launchBrowser({ args })));
after(() => browser.close());
afterEach(async () => {
  assert.deepEqual(visitor.problems, []);
  await visitor.leave();
  await server.stop();
});

async function arrive(options) {
  server = await startServer(options);
  visitor = await visit(browser, server);
  await visitor.connection("live");
}

async function hearsItsVote() {
  const before = await visitor.page.locator('button[data-pet="dog"] .count').textContent();
  await visitor.vote("dog");
  await visitor.total("dog", Number(before) + 1);
}

const isSigned = (url) => url.searchParams.has("X-Amz-Signature") && url.searchParams.has("X-Amz-Security-Token");

async function usePool(id) {
  await visitor.openSettings();
  await visitor.setting("identityPoolId", id);
  await visitor.save();
}

test("the stack's pool is used as it is: the connection is signed as its guest", async () => {
  await arrive();
  await hearsItsVote();
  const [url] = visitor.sockets;
  assert.ok(isSigned(url));
  assert.match(url.searchParams.get("X-Amz-Credential"), /^ASIA[A-Z0-9]{16}\/\d{8}\/us-east-1\/iotdevicegateway\/aws4_request$/);
  assert.deepEqual(visitor.calls, ["GetId", "GetCredentialsForIdentity"]);
});

test("without a pool the connection is plain, and stays it", async () => {
  await arrive();
  await usePool("");
  await visitor.connection("live");
  await hearsItsVote();
  assert.equal(visitor.sockets.at(-1).search, "");
  await visitor.page.reload();
  await visitor.connection("live");
  assert.equal(visitor.sockets.at(-1).search, "");
});

test("a visitor stays the same guest, with new credentials for each connection", async () => {
  await arrive();
  await visitor.page.reload();
  await visitor.connection("live");
  assert.deepEqual(visitor.calls, ["GetId", "GetCredentialsForIdentity", "GetCredentialsForIdentity"]);
  const keys = visitor.sockets.map((url) => url.searchParams.get("X-Amz-Credential"));
  assert.equal(new Set(keys).size, 2);
});

test("after a restart the page goes on as the same guest", async () => {
  const dataDir = temporaryDirectory();
  await arrive({ dataDir });
  const { port } = server;
  await server.stop();
  await visitor.connection("lost");
  server = await startServer({ dataDir, port });
  await visitor.connection("live");
  await hearsItsVote();
  assert.ok(isSigned(visitor.sockets.at(-1)));
  assert.equal(visitor.calls.filter((call) => call === "GetId").length, 1);
});

test("a server that starts anew has another pool, and the page follows it", async () => {
  await arrive();
  const { port } = server;
  const { identityPoolId } = await pageConfig(server);
  await server.stop();
  await visitor.connection("lost");
  server = await startServer({ port });
  assert.notEqual((await pageConfig(server)).identityPoolId, identityPoolId);
  await visitor.connection("live");
  await hearsItsVote();
  assert.ok(isSigned(visitor.sockets.at(-1)));
});

test("a guest that the pool no longer knows is made anew", async () => {
  await arrive();
  await visitor.page.evaluate(() => {
    const [key] = Object.keys(localStorage).filter((name) => name.startsWith("votemu.identity."));
    localStorage.setItem(key, "us-east-1:00000000-0000-4000-8000-000000000000");
  });
  await visitor.page.reload();
  await visitor.connection("live");
  await hearsItsVote();
});

test("a pool that is not there is told", async () => {
  await arrive();
  await usePool("us-east-1:00000000-0000-4000-8000-000000000000");
  await visitor.connection("lost");
  const text = "The identity pool us-east-1:00000000-0000-4000-8000-000000000000 is not there any more: see the settings.";
  await visitor.page.getByText(text).waitFor();
  await usePool("");
  await visitor.connection("live");
  await visitor.page.locator("#notice").waitFor({ state: "hidden" });
});

test("what cannot be a pool's id is refused with the reason", async () => {
  await arrive();
  await usePool("my pool");
  await visitor.page.getByText("The identity pool id looks like us-east-1:").waitFor();
});

test("with AWS's own endpoints the page calls Cognito and the API in AWS", async () => {
  await arrive();
  const asked = [];
  const answers = {
    GetId: { IdentityId: "eu-west-1:1" },
    GetCredentialsForIdentity: { Credentials: { AccessKeyId: "ASIAEXAMPLE", SecretKey: "secret", SessionToken: "a+b/c=" } },
  };
  await visitor.page.route(/amazonaws\.com/, (route) => {
    const { host } = new URL(route.request().url());
    const operation = (route.request().headers()["x-amz-target"] ?? "").split(".")[1];
    asked.push(host);
    const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type,x-amz-target" };
    return route.fulfill({ headers, json: answers[operation] ?? [] });
  });
  await visitor.openSettings();
  await visitor.setting("apiEndpoint", "https://abc123.execute-api.eu-west-1.amazonaws.com/dev");
  await visitor.setting("region", "eu-west-1");
  await visitor.setting("iotEndpoint", "xyz-ats.iot.eu-west-1.amazonaws.com");
  await visitor.setting("identityPoolId", "eu-west-1:00000000-0000-4000-8000-000000000000");
  await visitor.save();
  await visitor.connection("lost");
  const url = visitor.sockets.find(({ host }) => host === "xyz-ats.iot.eu-west-1.amazonaws.com");
  assert.equal(url.protocol, "wss:");
  assert.equal(url.pathname, "/mqtt");
  assert.match(url.search, /&X-Amz-Signature=[0-9a-f]{64}&X-Amz-Security-Token=a%2Bb%2Fc%3D$/);
  assert.ok(asked.includes("cognito-identity.eu-west-1.amazonaws.com"));
  assert.ok(asked.includes("abc123.execute-api.eu-west-1.amazonaws.com"));
});
