// The MQTT connection that carries the totals.
import mqtt from "./mqtt.js";

import { brokerUrl } from "./config.js";

const RECONNECT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
const KEEPALIVE_S = 30;

// Stays connected and subscribed until the returned function is called.
//   onLive()        subscribed, at first and after every loss: what was published before this was not seen
//   onLost()        the connection is gone; another try follows by itself
//   onTotals(list)  [{id, votes}] from one message
export function connect(config, { onLive, onLost, onTotals }) {
  const client = mqtt.connect(brokerUrl(config.iotEndpoint, config.region), {
    clean: true,
    resubscribe: false,
    keepalive: KEEPALIVE_S,
    reconnectPeriod: RECONNECT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
  });
  client.on("connect", () => {
    client.subscribe(config.iotTopic, { qos: 1 }, (error, granted) => {
      const refused = error || granted.some((grant) => grant.qos > 2);
      if (refused) onLost();
      else onLive();
    });
  });
  client.on("close", onLost);
  client.on("error", onLost);
  client.on("message", (topic, payload) => onTotals(parseTotals(payload)));
  return () => {
    client.removeAllListeners();
    client.on("error", () => {});
    client.end(true);
  };
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
