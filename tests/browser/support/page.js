// The vote page, and the person at it.

// A person at a browser of their own (own storage), looking at the page at `url`. Options are Playwright's.
export async function visit(browser, server, { url = server.url, ...options } = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const visitor = new Visitor(context, await context.newPage());
  await visitor.page.goto(url);
  return visitor;
}

class Visitor {
  problems = []; // what went wrong in the page's scripts
  sockets = []; // the addresses of the WebSockets that the page has opened
  calls = []; // the operations of Cognito that it has called

  constructor(context, page) {
    this.context = context;
    this.page = page;
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("websocket", (socket) => this.sockets.push(new URL(socket.url())));
    page.on("request", (request) => {
      const [service, operation] = (request.headers()["x-amz-target"] ?? "").split(".");
      if (service === "AWSCognitoIdentityService") this.calls.push(operation);
    });
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
