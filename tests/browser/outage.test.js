// The page while its server is away, and after.
import { test } from "node:test";

import { startServer, temporaryDirectory } from "../clients/support/server.js";
import { vote } from "../clients/support/votes.js";
import { launchBrowser } from "./support/chromium.js";
import { visit } from "./support/page.js";

test("an outage is shown, a vote in it fails visibly, and the totals recover", async () => {
  const dataDir = temporaryDirectory();
  const browser = await launchBrowser();
  const server = await startServer({ dataDir });
  const visitor = await visit(browser, server);
  await visitor.connection("live");
  await visitor.vote("dog");
  await visitor.total("dog", 1);

  await server.stop();
  await visitor.connection("lost");
  await visitor.page.getByText("The live connection is lost").waitFor();
  await visitor.vote("dog");
  await visitor.page.getByRole("alert").getByText("Your vote for Dog was not counted.").waitFor();

  const again = await startServer({ dataDir, port: server.port });
  await vote(again, "cat");
  await visitor.connection("live");
  await visitor.total("dog", 1);
  await visitor.total("cat", 1);
  await visitor.page.locator("#notice").waitFor({ state: "hidden" });
  await visitor.vote("dog");
  await visitor.total("dog", 2);

  await browser.close();
  await again.stop();
});
