// The MQTT connection that carries the totals.
import mqtt from "./mqtt.js";

import { brokerUrl, unsignedUrl } from "./addresses.js";
import { guestCredentials } from "./guest.js";
import { signedUrl } from "./signed_url.js";

const RECONNECT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
const KEEPALIVE_S = 30;

// Stays connected and subscribed until the returned function is called.
//   onLive()        subscribed, at first and after every loss: what was published before this was not seen
//   onLost(error)   the connection is gone, or could not be made; another try follows by itself. The error, when there is
//                   one, says why in words
//   onTotals(list)  [{id, votes}] from one message
export function connect(config, handlers) {
  const connection = new Connection(config, handlers);
  connection.dial();
  return () => connection.end();
}

class Connection {
  #config;
  #handlers;
  #client = null;
  #again = null;
  #ended = false;

  constructor(config, handlers) {
    this.#config = config;
    this.#handlers = handlers;
  }

  // A signature is good for minutes, and the credentials behind it for an hour: every connection gets its own.
  async dial() {
    try {
      const url = await currentUrl(this.#config);
      if (!this.#ended) this.#open(url);
    } catch (error) {
      this.#lost(error);
    }
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#again);
    this.#hangUp();
  }

  #open(url) {
    const client = mqtt.connect(url, {
      clean: true,
      keepalive: KEEPALIVE_S,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_TIMEOUT_MS,
    });
    this.#client = client;
    client.on("connect", () => this.#subscribe(client));
    client.on("error", () => {});
    client.on("close", () => this.#lost());
    client.on("message", (topic, payload) => this.#handlers.onTotals(parseTotals(payload)));
  }

  #subscribe(client) {
    client.subscribe(this.#config.iotTopic, { qos: 1 }, (error, granted) => {
      if (client !== this.#client) return;
      const refused = error || granted.some((grant) => grant.qos > 2);
      if (refused) this.#lost();
      else this.#handlers.onLive();
    });
  }

  #lost(error) {
    if (this.#ended) return;
    this.#hangUp();
    this.#again = setTimeout(() => this.dial(), RECONNECT_MS);
    this.#handlers.onLost(error);
  }

  #hangUp() {
    if (!this.#client) return;
    this.#client.removeAllListeners();
    this.#client.on("error", () => {});
    this.#client.end(true);
    this.#client = null;
  }
}

async function currentUrl(config) {
  const address = brokerUrl(config.iotEndpoint);
  if (!config.identityPoolId) return unsignedUrl(address, config.region);
  return signedUrl(address, config.region, await guestCredentials(config));
}

// Anyone may publish to the topic: what is not a list of totals is passed over.
function parseTotals(payload) {
  try {
    const list = JSON.parse(new TextDecoder().decode(payload));
    return Array.isArray(list) ? list.map((row) => ({ id: row?.id, votes: Number(row?.votes) })) : [];
  } catch {
    return [];
  }
}
