// The voting REST API.
import { apiUrl } from "./addresses.js";

const TIMEOUT_MS = 10_000;

// `config` says where it is. Returns [{id, votes}] with votes as a number.
export async function fetchTotals(config) {
  const rows = await call(config, { cache: "no-store" });
  if (!Array.isArray(rows)) throw new Error("The API did not answer with a list of totals.");
  return rows.map((row) => ({ id: row.PK, votes: Number(row.votes) }));
}

export async function postVote(config, id) {
  await call(config, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id }),
  });
}

async function call(config, options) {
  let response;
  try {
    response = await fetch(`${apiUrl(config)}/votes`, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new Error(error.name === "TimeoutError" ? "The API took too long to answer." : "The API cannot be reached.");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(`The API answered ${response.status}${body?.message ? `: ${body.message}` : ""}.`);
  return body;
}
