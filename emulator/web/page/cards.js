// The ballot: a button for every candidate, with its total.

export class Cards {
  #list;
  #onVote;
  #cards = new Map();

  constructor(list, onVote) {
    this.#list = list;
    this.#onVote = onVote;
  }

  // Takes candidates with their totals, [{id, name, emoji, color, votes}].
  show(rows) {
    const best = Math.max(...rows.map((row) => row.votes));
    const wanted = new Set(rows.map((row) => row.id));
    for (const [id, card] of this.#cards) {
      if (!wanted.has(id)) this.#remove(id, card);
    }
    rows.forEach((row, index) => {
      const card = this.#cards.get(row.id) ?? this.#add(row, index);
      card.count.textContent = row.votes.toLocaleString();
      card.unit.textContent = row.votes === 1 ? " vote" : " votes";
      card.button.toggleAttribute("data-leader", row.votes > 0 && row.votes === best);
    });
  }

  // A small "+1" says that this vote was taken; the total itself comes from everyone's votes.
  taken(id) {
    const card = this.#cards.get(id);
    if (!card) return;
    const plus = element("span", "plus", "+1");
    plus.setAttribute("aria-hidden", "true");
    plus.addEventListener("animationend", () => plus.remove());
    card.button.append(plus);
  }

  #add(row, index) {
    const button = element("button", "card");
    button.type = "button";
    button.dataset.pet = row.id;
    button.style.setProperty("--pet", row.color);
    const emoji = element("span", "emoji", row.emoji);
    emoji.setAttribute("aria-hidden", "true");
    const crown = element("span", "crown", "👑");
    crown.setAttribute("aria-hidden", "true");
    const tally = element("span", "tally");
    const count = element("span", "count", "0");
    const unit = element("span", "unit", " votes");
    tally.append(count, unit);
    button.append(crown, emoji, element("span", "name", row.name), tally);
    button.setAttribute("title", `Vote for ${row.name}`);
    button.addEventListener("click", () => this.#onVote(row));
    const item = document.createElement("li");
    item.append(button);
    this.#list.insertBefore(item, this.#list.children[index] ?? null);
    const card = { item, button, count, unit };
    this.#cards.set(row.id, card);
    return card;
  }

  #remove(id, card) {
    card.item.remove();
    this.#cards.delete(id);
  }
}

function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}
