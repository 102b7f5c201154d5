// mqtt.js connections that remember what they received.
import mqtt from "mqtt";

import { within } from "./waiting.js";

// Connects to the server's broker; options are mqtt.js's. It does not reconnect.
export async function connect(server, options = {}) {
  const client = mqtt.connect(server.mqtt, { reconnectPeriod: 0, connectTimeout: 10_000, ...options });
  client.on("error", () => {});
  const connection = new Connection(client);
  await connection.event("connect");
  return connection;
}

class Connection {
  #arrivals = [];
  #waiting = [];

  constructor(client) {
    this.client = client;
    client.on("message", (topic, payload, packet) => {
      this.#arrivals.push({ topic, text: payload.toString(), packet });
      this.#waiting = this.#waiting.filter((attempt) => !attempt());
    });
  }

  event(name) {
    return within(new Promise((resolve) => this.client.once(name, (...args) => resolve(args))), name);
  }

  subscribe(filter, qos = 0) {
    return within(this.client.subscribeAsync(filter, { qos }), "SUBACK");
  }

  publish(topic, payload, options = {}) {
    return within(this.client.publishAsync(topic, payload, options), "PUBACK");
  }

  // The first message, of all received so far or to come, for which the condition holds.
  message(condition = () => true) {
    const found = new Promise((resolve) => {
      const attempt = () => {
        const match = this.#arrivals.find(condition);
        if (match) resolve(match);
        return match !== undefined;
      };
      if (!attempt()) this.#waiting.push(attempt);
    });
    return within(found, "message");
  }

  get messages() {
    return this.#arrivals;
  }

  end() {
    return this.client.endAsync(true);
  }
}

// The totals that a subscriber to the voting topic knows: each pet's last message.
export function lastTotals(connection) {
  const last = {};
  for (const { text } of connection.messages) {
    for (const { id, votes } of JSON.parse(text)) last[id] = Number(votes);
  }
  return last;
}
