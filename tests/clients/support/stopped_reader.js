// A subscriber that takes nothing: it connects over a plain socket, subscribes and stops reading for good.
import { once } from "node:events";
import { connect } from "node:net";

import { within } from "./waiting.js";

export async function stoppedReader(server, clientId, filter) {
  const socket = connect(server.port, "localhost");
  socket.on("error", () => {});
  const handshake = [
    "GET /mqtt HTTP/1.1",
    "Host: localhost",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Protocol: mqtt",
  ];
  socket.write(handshake.join("\r\n") + "\r\n\r\n");
  await within(once(socket, "data"), "handshake");
  const level4CleanKeepAlive1200 = [4, 2, 0x04, 0xb0];
  socket.write(frame(packet(0x10, text("MQTT"), level4CleanKeepAlive1200, text(clientId))));
  await within(once(socket, "data"), "CONNACK");
  socket.write(frame(packet(0x82, [0, 1], text(filter), [0])));
  await within(once(socket, "data"), "SUBACK");
  socket.pause();
  return socket;
}

function text(value) {
  return [0, value.length, ...Buffer.from(value)];
}

// Shorter than 126 bytes, as is its WebSocket frame.
function packet(first, ...parts) {
  const body = parts.flat();
  return Buffer.from([first, body.length, ...body]);
}

// A masked binary message; a mask of zeros leaves the bytes as they are.
function frame(payload) {
  return Buffer.concat([Buffer.from([0x82, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
