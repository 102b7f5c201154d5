// Puts the page together: totals come in from the API and the broker, votes go out.
import { fetchTotals, postVote } from "./api.js";
import { Bars } from "./bars.js";
import { Cards } from "./cards.js";
import { currentConfig, loadDefaults, saveConfig } from "./config.js";
import { connect } from "./connection.js";
import { PoolGone } from "./guest.js";
import { showFailure, showNotice, showStatus, showSummary } from "./messages.js";
import { candidates } from "./pets.js";
import { installSettings } from "./settings.js";
import { Totals } from "./totals.js";

const REFRESH_AGAIN_MS = 2_000;

class App {
  #config;
  #totals = new Totals();
  #cards = new Cards(document.getElementById("cards"), (pet) => this.#vote(pet));
  #bars = new Bars(document.getElementById("chart"), document.getElementById("chart-box"));
  #disconnect = () => {};
  #live = false;
  #loaded = false;
  #loadProblem = null;
  #connectionProblem = null;
  #followDefaults;
  #retry = null;
  #drawPending = false;

  // `followDefaults` is called when the server seems to be another one than before.
  constructor({ followDefaults }) {
    this.#followDefaults = followDefaults;
    this.#draw();
  }

  // Also called when the settings change: everything known belongs to the old place.
  start(config) {
    this.#config = config;
    this.#disconnect();
    this.#totals.clear();
    this.#loaded = false;
    this.#setLive("connecting");
    this.#redraw();
    this.#refresh();
    this.#disconnect = connect(config, {
      onLive: () => {
        this.#setLive("live");
        this.#refresh();
      },
      onLost: (error) => {
        this.#setLive("lost", error?.message);
        if (error instanceof PoolGone) this.#followDefaults();
      },
      onTotals: (list) => this.#merge(list),
    });
  }

  get config() {
    return this.#config;
  }

  async #refresh() {
    const config = this.#config;
    clearTimeout(this.#retry);
    try {
      const list = await fetchTotals(config);
      if (config !== this.#config) return;
      this.#loadProblem = null;
      this.#loaded = true;
      this.#merge(list);
    } catch (error) {
      if (config !== this.#config) return;
      this.#loadProblem = error.message;
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#refresh(), REFRESH_AGAIN_MS);
    }
    this.#tell();
  }

  async #vote(pet) {
    const config = this.#config;
    try {
      await postVote(config, pet.id);
      this.#cards.taken(pet.id);
      showFailure(null);
      if (!this.#live) this.#refresh();
    } catch (error) {
      showFailure(`Your vote for ${pet.name} was not counted. ${error.message}`, () => this.#vote(pet));
    }
  }

  #merge(list) {
    this.#totals.merge(list);
    this.#redraw();
  }

  #setLive(state, problem = null) {
    this.#live = state === "live";
    this.#connectionProblem = problem;
    showStatus(state);
    this.#tell();
  }

  #tell() {
    showNotice({
      live: this.#live,
      connectionProblem: this.#connectionProblem,
      loadProblem: this.#loadProblem,
    });
  }

  // Messages may come by the hundred a second: one drawing a frame is enough.
  #redraw() {
    if (this.#drawPending) return;
    this.#drawPending = true;
    requestAnimationFrame(() => {
      this.#drawPending = false;
      this.#draw();
    });
  }

  #draw() {
    const rows = candidates(this.#totals.ids()).map((pet) => ({ ...pet, votes: this.#totals.of(pet.id) }));
    this.#cards.show(rows);
    this.#bars.show(rows);
    if (this.#loaded) showSummary(rows);
  }
}

const app = new App({ followDefaults });
let defaults = await loadDefaults();
installSettings({
  current: () => app.config,
  defaults: () => defaults,
  onSave: (config) => app.start(saveConfig(config, defaults)),
});
app.start(currentConfig(defaults));

// A server that keeps nothing has another identity pool after it was started again.
async function followDefaults() {
  const before = app.config;
  defaults = await loadDefaults();
  const now = currentConfig(defaults);
  if (app.config === before && now.identityPoolId !== before.identityPoolId) app.start(now);
}
