// The votes counted so far. Totals only ever grow: an answer that was under way while a newer message arrived, or a
// message delivered twice, cannot take a vote back.

export class Totals {
  #votes = new Map();

  // Takes in [{id, votes}].
  merge(list) {
    for (const { id, votes } of list) {
      if (typeof id !== "string" || id === "" || !Number.isFinite(votes) || votes < 0) continue;
      this.#votes.set(id, Math.max(votes, this.#votes.get(id) ?? 0));
    }
  }

  of(id) {
    return this.#votes.get(id) ?? 0;
  }

  ids() {
    return [...this.#votes.keys()];
  }

  clear() {
    this.#votes.clear();
  }
}
