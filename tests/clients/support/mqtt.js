// mqtt.js connections that remember what they received.
import mqtt from "mqtt";

import { Arrivals } from "./arrivals.js";
import { within } from "./waiting.js";

// Connects to the server's broker, or to `url`; options are mqtt.js's. It does not reconnect.
export async function connect(server, { url = server.mqtt, ...options } = {}) {
  const client = mqtt.connect(url, { reconnectPeriod: 0, connectTimeout: 10_000, ...options });
  client.on("error", () => {});
  const connection = new Connection(client);
  await connection.event("connect");
  return connection;
}

class Connection {
  #arrivals = new Arrivals();

  constructor(client) {
    this.client = client;
    client.on("message", (topic, payload, packet) => {
      this.#arrivals.add({ topic, text: payload.toString(), packet });
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
  message(condition) {
    return this.#arrivals.first(condition);
  }

  get messages() {
    return this.#arrivals.all;
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
