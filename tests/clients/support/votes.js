// The voting API as a frontend uses it.
import { Agent, request } from "node:http";

export async function vote(server, id) {
  return fetch(`${server.api}/votes`, { method: "POST", body: JSON.stringify({ id }) });
}

// {dog: 3, …}
export async function totals(server) {
  const response = await fetch(`${server.api}/votes`);
  const rows = await response.json();
  return Object.fromEntries(rows.map((row) => [row.PK, row.votes]));
}

// Casts `count` votes, spread over the pets, up to `concurrency` at once, each pet counted in {answered, unanswered}:
// answered with 200, or ended by a broken connection, after which no more are cast. Any other answer is an error.
// `onAnswer` hears of every 200.
export async function voteMany(server, { pets, count, concurrency, onAnswer = () => {} }) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const answered = Object.fromEntries(pets.map((pet) => [pet, 0]));
  const unanswered = { ...answered };
  let next = 0;
  let broken = false;
  const worker = async () => {
    while (!broken && next < count) {
      const pet = pets[next++ % pets.length];
      if (await castOn(agent, server, pet)) {
        answered[pet] += 1;
        onAnswer();
      } else {
        unanswered[pet] += 1;
        broken = true;
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  return { answered, unanswered };
}

function castOn(agent, server, id) {
  return new Promise((resolve, reject) => {
    const call = request(`${server.api}/votes`, { agent, method: "POST" }, (response) => {
      response.resume();
      response.on("error", () => resolve(false));
      response.on("end", () => {
        if (response.statusCode === 200) resolve(true);
        else reject(new Error(`a vote was answered with ${response.statusCode}`));
      });
    });
    call.on("error", () => resolve(false));
    call.end(JSON.stringify({ id }));
  });
}
