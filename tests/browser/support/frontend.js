// A frontend that is not votemu's: a bundle of pages/NAME.js with what it takes from npm, on an origin of its own.
import { createServer } from "node:http";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { Arrivals } from "../../clients/support/arrivals.js";

const DOCUMENT = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/page.js"></script>';

async function bundle(name) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../pages/${name}.js`, import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    define: { global: "globalThis" },
    logLevel: "error",
  });
  return outputFiles[0].contents;
}

// {url, stop()}
export async function serveFrontend(name) {
  const script = await bundle(name);
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : DOCUMENT);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

// A browser's tab with the frontend in it. `arrivals` are the texts that it hands to `arrived`, `sockets` the addresses
// of the WebSockets that it opens, `packets` the types of the MQTT packets that come to it.
export async function openFrontend(context, frontend) {
  const page = await context.newPage();
  const tab = { page, arrivals: new Arrivals(), sockets: [], packets: new Arrivals(), problems: [] };
  page.on("websocket", (socket) => {
    tab.sockets.push(socket.url());
    socket.on("framereceived", ({ payload }) => packetTypes(payload).forEach((type) => tab.packets.add(type)));
  });
  page.on("pageerror", (error) => tab.problems.push(error.message));
  await page.exposeFunction("arrived", (text) => tab.arrivals.add(text));
  await page.goto(frontend.url);
  return tab;
}

export const SUBACK = 9;

// Of the packets in one WebSocket message of votemu's, which never splits one.
function packetTypes(bytes) {
  const types = [];
  for (let at = 0; at < bytes.length; ) {
    types.push(bytes[at] >> 4);
    let length = 0;
    let shift = 0;
    do {
      at += 1;
      length |= (bytes[at] & 0x7f) << shift;
      shift += 7;
    } while (bytes[at] & 0x80);
    at += 1 + length;
  }
  return types;
}
