// The vote page in headless Chromium.
import { chromium } from "playwright-core";

const EXECUTABLE = "/usr/bin/chromium";
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchBrowser() {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}

// A person at a browser of their own (own storage), looking at the page. Options are Playwright's.
export async function visit(browser, server, options = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(server.url);
  return new Visitor(context, page, problems);
}

class Visitor {
  constructor(context, page, problems) {
    this.context = context;
    this.page = page;
    this.problems = problems; // what went wrong in the page's scripts
  }

  card(pet) {
    return this.page.locator(`button[data-pet="${pet}"]`);
  }

  vote(pet) {
    return this.card(pet).click();
  }

  // Waits for the state that the page shows: connecting, live or lost.
  async connection(state) {
    await this.page.locator(`#status[data-state="${state}"]`).waitFor();
  }

  // Waits until the card and the chart's bar both show the total.
  async total(pet, votes) {
    await this.page.waitForFunction(
      ([id, expected]) => {
        const cards = [...document.querySelectorAll("button[data-pet]")];
        const index = cards.findIndex((card) => card.dataset.pet === id);
        const shown = cards[index]?.querySelector(".count").textContent;
        return shown === expected.toLocaleString() && Chart.getChart("chart").data.datasets[0].data[index] === expected;
      },
      [pet, votes],
    );
  }

  // The length of a bar in pixels. Waits for no animation: motion is reduced.
  barLength(pet) {
    return this.page.evaluate((id) => {
      const cards = [...document.querySelectorAll("button[data-pet]")];
      const bar = Chart.getChart("chart").getDatasetMeta(0).data[cards.findIndex((card) => card.dataset.pet === id)];
      return bar.x - bar.base;
    }, pet);
  }

  async setting(name, value) {
    await this.page.locator(`#settings [name="${name}"]`).fill(value);
  }

  openSettings() {
    return this.page.getByRole("button", { name: "Settings" }).click();
  }

  save() {
    return this.page.getByRole("button", { name: "Save" }).click();
  }

  leave() {
    return this.context.close();
  }
}
