// What a person sees and does at the vote page.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { pageConfig } from "../clients/support/guests.js";
import { startServer } from "../clients/support/server.js";
import { totals, vote } from "../clients/support/votes.js";
import { launchBrowser } from "./support/chromium.js";
import { visit } from "./support/page.js";

let browser;
let server;
let visitors = [];

before(async () => (browser = await launchBrowser()));
after(() => browser.close());
beforeEach(async () => (server = await startServer()));
afterEach(async () => {
  for (const visitor of visitors) {
    assert.deepEqual(visitor.problems, []);
    await visitor.leave();
  }
  visitors = [];
  await server.stop();
});

async function arrive(options) {
  const visitor = await visit(browser, server, options);
  visitors.push(visitor);
  await visitor.connection("live");
  return visitor;
}

test("a click is counted and moves the bar", async () => {
  const visitor = await arrive();
  await visitor.total("dog", 0);
  assert.equal(await visitor.barLength("dog"), 0);
  await visitor.vote("dog");
  await visitor.total("dog", 1);
  assert.ok((await visitor.barLength("dog")) > 10);
  assert.deepEqual(await totals(server), { dog: 1 });
});

test("three browsers show each other's votes", async () => {
  const people = [await arrive(), await arrive({ viewport: { width: 390, height: 844 } }), await arrive()];
  await people[0].vote("cat");
  for (const person of people) await person.total("cat", 1);
  await people[1].vote("cat");
  await people[2].vote("parrot");
  for (const person of people) {
    await person.total("cat", 2);
    await person.total("parrot", 1);
  }
});

test("the totals so far are there on arrival", async () => {
  for (const pet of ["dog", "dog", "rabbit"]) await vote(server, pet);
  const visitor = await arrive();
  await visitor.total("dog", 2);
  await visitor.total("rabbit", 1);
  await visitor.page.getByText("3 votes so far. Dog leads with 2.").waitFor();
});

test("a candidate that only the table knows appears and can be voted for", async () => {
  const visitor = await arrive();
  await vote(server, "unicorn");
  await visitor.total("unicorn", 1);
  await visitor.vote("unicorn");
  await visitor.total("unicorn", 2);
});

test("a candidate's name is text, whatever it holds", async () => {
  const visitor = await arrive();
  await vote(server, "<img src=x onerror=alert(1)>");
  await visitor.total("dog", 0);
  await visitor.page.getByRole("button", { name: "<img src=x onerror=alert(1)>" }).waitFor();
  assert.equal(await visitor.page.locator("main img").count(), 0);
});

test("the keyboard is enough to vote", async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "open-settings");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.pet), "dog");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid");
  await page.keyboard.press("Enter");
  await visitor.total("dog", 1);
  await page.keyboard.press("Space");
  await visitor.total("dog", 2);
});

test("Escape leaves the settings as they were", async () => {
  const visitor = await arrive();
  await visitor.openSettings();
  await visitor.setting("iotTopic", "other");
  await visitor.page.keyboard.press("Escape");
  await visitor.page.locator("#settings").waitFor({ state: "hidden" });
  await visitor.openSettings();
  assert.equal(await visitor.page.inputValue('[name="iotTopic"]'), "votes");
});

test("the settings begin with this process's own values", async () => {
  const visitor = await arrive();
  await visitor.openSettings();
  const values = await visitor.page.$$eval("#settings input", (inputs) => inputs.map(({ value }) => value));
  const { identityPoolId } = await pageConfig(server);
  assert.match(identityPoolId, /^us-east-1:/);
  const broker = `ws://localhost:${server.port}/mqtt`;
  assert.deepEqual(values, [`${server.url}/dev`, "us-east-1", broker, "votes", identityPoolId]);
});

test("saved settings are used, outlive a reload and can be taken back", async () => {
  const visitor = await arrive();
  await visitor.openSettings();
  await visitor.setting("iotEndpoint", `localhost:${server.port}`);
  await visitor.setting("iotTopic", "other");
  await visitor.save();
  await visitor.page.reload();
  await visitor.connection("live");
  await visitor.openSettings();
  assert.equal(await visitor.page.inputValue('[name="iotEndpoint"]'), `localhost:${server.port}`);
  assert.equal(await visitor.page.inputValue('[name="iotTopic"]'), "other");
  await visitor.page.getByRole("button", { name: "Use this server" }).click();
  assert.equal(await visitor.page.inputValue('[name="iotTopic"]'), "votes");
  await visitor.save();
  await visitor.connection("live");
  await visitor.vote("dog");
  await visitor.total("dog", 1);
});

test("the region chooses whose messages arrive", async () => {
  const visitor = await arrive();
  await visitor.openSettings();
  await visitor.setting("region", "eu-west-1");
  await visitor.save();
  await visitor.connection("live");
  const publish = (region, votes) =>
    fetch(`${server.url}/topics/votes`, {
      method: "POST",
      headers: { Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/iotdata/aws4_request, Signature=0` },
      body: JSON.stringify([{ id: "emu", votes }]),
    });
  await publish("us-east-1", "9");
  await publish("eu-west-1", "7");
  await visitor.total("emu", 7);
});

test("the API's address in AWS, as a stack's outputs have it, means the API here", async () => {
  const { item: apis } = await (await fetch(`${server.url}/restapis`)).json();
  const visitor = await arrive();
  await visitor.openSettings();
  await visitor.setting("apiEndpoint", `https://${apis[0].id}.execute-api.us-east-1.amazonaws.com/dev`);
  await visitor.save();
  await visitor.connection("live");
  await visitor.vote("dog");
  await visitor.total("dog", 1);
});

test("a setting that cannot work is refused with the reason", async () => {
  const visitor = await arrive();
  await visitor.openSettings();
  await visitor.setting("apiEndpoint", "nonsense");
  await visitor.save();
  await visitor.page.getByText("The API endpoint is not an address.").waitFor();
});

test("a vote that the API refuses is shown as failed and can be tried again", async () => {
  const visitor = await arrive();
  await visitor.page.route("**/dev/votes", (route) => route.fulfill({ status: 500, body: '{"message":"Broken"}' }));
  await visitor.vote("dog");
  await visitor.page.getByRole("alert").getByText("Your vote for Dog was not counted. The API answered 500: Broken").waitFor();
  await visitor.page.unroute("**/dev/votes");
  await visitor.page.getByRole("button", { name: "Try again" }).click();
  await visitor.total("dog", 1);
  await visitor.page.locator("#failure").waitFor({ state: "hidden" });
});

test("nothing on a phone is wider than its screen", async () => {
  const visitor = await arrive({ viewport: { width: 390, height: 844 } });
  const { width, wide } = await visitor.page.evaluate(() => ({
    width: innerWidth,
    wide: document.documentElement.scrollWidth,
  }));
  assert.equal(wide, width);
});
