// The candidates that the page offers, and how one that it has never heard of looks.

// U+FE0F asks for the colourful form: some systems have a black-and-white cat as well.
const PETS = [
  { id: "dog", name: "Dog", emoji: "🐶\u{fe0f}", color: "#e8962e" },
  { id: "cat", name: "Cat", emoji: "🐱\u{fe0f}", color: "#e2604f" },
  { id: "rabbit", name: "Rabbit", emoji: "🐰\u{fe0f}", color: "#8f7ae5" },
  { id: "hamster", name: "Hamster", emoji: "🐹\u{fe0f}", color: "#d9639b" },
  { id: "parrot", name: "Parrot", emoji: "🦜\u{fe0f}", color: "#2fa36b" },
  { id: "goldfish", name: "Goldfish", emoji: "🐠\u{fe0f}", color: "#2f8fd0" },
];

const STRANGER = { emoji: "🐾\u{fe0f}", color: "#8b8f98" };
const MAX_STRANGERS = 24;

// The known candidates first, then those that only the table knows, in the order of their names.
export function candidates(ids) {
  const known = new Set(PETS.map((pet) => pet.id));
  const strangers = ids.filter((id) => !known.has(id)).sort();
  return [...PETS, ...strangers.slice(0, MAX_STRANGERS).map((id) => ({ ...STRANGER, id, name: titled(id) }))];
}

function titled(id) {
  const name = id.length > 40 ? `${id.slice(0, 39)}…` : id;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
