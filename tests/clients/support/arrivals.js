// What has arrived so far, and waiting for more.
import { within } from "./waiting.js";

export class Arrivals {
  #all = [];
  #waiting = [];

  get all() {
    return this.#all;
  }

  add(arrival) {
    this.#all.push(arrival);
    this.#waiting = this.#waiting.filter((attempt) => !attempt());
  }

  // The first, of all so far or to come, for which the condition holds.
  first(condition = () => true) {
    const found = new Promise((resolve) => {
      const attempt = () => {
        const match = this.#all.find(condition);
        if (match !== undefined) resolve(match);
        return match !== undefined;
      };
      if (!attempt()) this.#waiting.push(attempt);
    });
    return within(found, "message");
  }
}
