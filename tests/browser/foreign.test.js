// A page of somebody else's, which the developer happens to visit, tries to drive a votemu on the same machine. A page
// of localhost does the same and succeeds, which shows that each way is one.
import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";

import { account } from "../clients/support/aws.js";
import { startServer, temporaryDirectory } from "../clients/support/server.js";
import { totals } from "../clients/support/votes.js";
import { eventually } from "../clients/support/waiting.js";
import { launchBrowser } from "./support/chromium.js";
import { openFrontend, serveFrontend } from "./support/frontend.js";

// A name that leads here, as an attacker's may.
const ARGUMENTS = ["--host-resolver-rules=MAP *.test 127.0.0.1"];
const WITH_ORIGIN = [
  "fetch that reads",
  "fetch that does not read",
  "fetch without referrer",
  "fetch as plain text",
  "fetch with AWS's header",
  "form with POST",
];
const WITH_REFERER = ["head", "image", "script", "stylesheet", "frame", "form with GET"];
const WITH_NEITHER = ["image without referrer", "sandboxed frame"];

const signedForS3 =
  "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

let browser, frontend, server, tab;
before(async () => {
  browser = await launchBrowser({ args: ARGUMENTS });
  frontend = await serveFrontend("foreign");
});
afterEach(async () => {
  await tab.page.close();
  await server.stop();
});
after(async () => {
  await browser.close();
  await frontend.stop();
});

const at = (host) => frontend.url.replace("127.0.0.1", host);
const originAt = (host) => new URL(at(host)).origin;

async function visit(url, args = []) {
  server = await startServer({ args });
  tab = await openFrontend(browser, { url });
}

async function sqs(operation, members) {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "X-Amz-Target": `AmazonSQS.${operation}` },
    body: JSON.stringify(members),
  });
  return response.json();
}

// The ways by which the page deleted a queue.
async function waysThatWork(url) {
  const ways = await tab.page.evaluate(() => Object.keys(window.ways));
  assert.deepEqual([...ways].sort(), [...WITH_ORIGIN, ...WITH_REFERER, ...WITH_NEITHER].sort());
  const name = (way) => `of-${way.replace(/\W/g, "-")}`;
  for (const way of ways) {
    await sqs("CreateQueue", { QueueName: name(way) });
    const fields = { Action: "DeleteQueue", QueueUrl: `${server.url}/${account}/${name(way)}`, Version: "2012-11-05" };
    await tab.page.evaluate(([chosen, ...rest]) => window.ways[chosen](...rest), [way, url, fields]);
  }
  const left = JSON.stringify(await sqs("ListQueues", { QueueNamePrefix: "of-" }));
  return ways.filter((way) => !left.includes(`/${name(way)}"`)).sort();
}

async function readable(url) {
  const addresses = {
    health: `${url}/_votemu/health`,
    config: `${url}/_votemu/config.json`,
    authority: `${url}/_votemu/ca.pem`,
    page: `${url}/`,
    script: `${url}/_votemu/web/app.js`,
    endpoint: `${url}/endpoint`,
    votes: `${url}/dev/votes`,
  };
  return tab.page.evaluate((all) => window.readable(all), addresses);
}

const opensMqtt = (url) => tab.page.evaluate((address) => window.openWebSocket(address), url);

// The line on stderr for who started votemu.
const told = (line) => eventually(async () => (await sqs("ListQueues", {})) && line.test(server.stderr), `line ${line}`);

test("a page of localhost, on another port, may call", async () => {
  await visit(at("localhost"));
  assert.deepEqual(await waysThatWork(server.url), [...WITH_ORIGIN, ...WITH_REFERER].sort());
  assert.deepEqual(await readable(server.url), ["health", "config", "authority", "endpoint", "votes"]);
  assert.equal(await opensMqtt(server.mqtt), "open");
});

for (const host of ["localhost", "127.0.0.1", "abc.execute-api.localhost"]) {
  test(`a foreign page may not, and reads nothing but the deployed API, at ${host}`, async () => {
    await visit(at("evil.test"));
    const url = server.url.replace("localhost", host);
    assert.deepEqual(await waysThatWork(url), []);
    assert.deepEqual(await readable(url), host.includes("execute-api") ? [] : ["votes"]);
    assert.equal(await opensMqtt(server.mqtt.replace("localhost", host)), "refused");
    await told(new RegExp(`origin: .*--cors-allow-origin ${originAt("evil.test")}`));
  });
}

test("a page of localhost in which a foreign image redirects to a call does not make it", async () => {
  await visit(at("localhost"));
  await sqs("CreateQueue", { QueueName: "kept" });
  const fields = { Action: "DeleteQueue", QueueUrl: `${server.url}/${account}/kept`, Version: "2012-11-05" };
  const redirect = createServer((request, response) => {
    response.writeHead(302, { Location: `${server.url}/?${new URLSearchParams(fields)}` }).end();
  }).listen(0, "127.0.0.1");
  await once(redirect, "listening");
  await tab.page.evaluate((url) => window.ways.image(url, {}), `http://evil.test:${redirect.address().port}`);
  await told(/A browser may not send this request/);
  assert.match(JSON.stringify(await sqs("ListQueues", {})), /kept/);
  redirect.closeAllConnections();
  redirect.close();
});

test("an object of S3 is shown by a page of this machine, and by no foreign page", async () => {
  await visit(at("127.0.0.1"));
  const headers = { Authorization: signedForS3, "Content-Type": "image/svg+xml" };
  const put = (path, body) => fetch(`${server.url}${path}`, { method: "PUT", headers, body });
  await put("/pictures");
  await put("/pictures/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>');
  const width = () => tab.page.evaluate((url) => window.imageWidth(url), `${server.url}/pictures/dot.svg`);
  assert.equal(await width(), 7);
  await tab.page.goto(at("evil.test"));
  assert.equal(await width(), 0);
});

test("a foreign page may vote, as on AWS", async () => {
  await visit(at("evil.test"));
  const status = await tab.page.evaluate(
    async (url) => (await fetch(url, { method: "POST", body: '{"id":"dog"}' })).status,
    `${server.api}/votes`,
  );
  assert.equal(status, 200);
  assert.deepEqual(await totals(server), { dog: 1 });
});

test("a foreign page that --cors-allow-origin names may call wherever its browser tells its origin", async () => {
  await visit(at("evil.test"), ["--cors-allow-origin", originAt("evil.test")]);
  assert.deepEqual(await waysThatWork(server.url), [...WITH_ORIGIN].sort());
  assert.deepEqual(await readable(server.url), ["health", "config", "authority", "endpoint", "votes"]);
  assert.equal(await opensMqtt(server.mqtt), "open");
});

test("a page whose name has come to lead to votemu itself may not", async () => {
  const attacker = await serveFrontend("foreign");
  const port = Number(new URL(attacker.url).port);
  tab = await openFrontend(browser, { url: attacker.url.replace("127.0.0.1", "evil.test") });
  await attacker.stop();
  server = await startServer({ port });
  const rebound = server.url.replace("localhost", "evil.test");
  assert.deepEqual(await waysThatWork(rebound), []);
  const status = await tab.page.evaluate(async (url) => (await fetch(url)).status, `${rebound}/dev/votes`);
  assert.equal(status, 421);
  assert.equal(await opensMqtt(server.mqtt.replace("localhost", "evil.test")), "refused");
  await told(/origin: .*--hostname evil\.test/);
});

test("the vote page opens from a link, and in no frame", async () => {
  await visit(at("evil.test"));
  await tab.page.evaluate((url) => window.frame(url), `${server.url}/`);
  const framed = tab.page.frames()[1];
  assert.equal(await framed.locator("#cards").count(), 0);
  await tab.page.evaluate((url) => location.assign(url), `${server.url}/`);
  await tab.page.locator('#status[data-state="live"]').waitFor();
});

test("a page in a file may call with --cors-allow-origin null alone", async () => {
  const file = join(temporaryDirectory(), "page.html");
  writeFileSync(file, await (await fetch(`${frontend.url}page.js`)).text().then((script) => `<script>${script}</script>`));
  await visit(`file://${file}`);
  assert.deepEqual(await readable(server.url), ["votes"]);
  assert.equal(await opensMqtt(server.mqtt), "refused");
  await tab.page.close();
  await server.stop();
  await visit(`file://${file}`, ["--cors-allow-origin", "null"]);
  assert.deepEqual(await readable(server.url), ["health", "config", "authority", "endpoint", "votes"]);
  assert.equal(await opensMqtt(server.mqtt), "open");
});
