// fauxqs.mjs PORT LOG [DATA_DIR]: fauxqs on loopback only; "log": with a log of its requests on stdout, as its own command
// starts it; with a directory it keeps its messages in SQLite.
import { Server } from "node:net";

import { startFauxqs } from "fauxqs";

const listen = Server.prototype.listen;
Server.prototype.listen = function (options, ...rest) {
  return listen.call(this, { ...options, host: "127.0.0.1" }, ...rest);
};
const [port, log, dataDir] = process.argv.slice(2);
await startFauxqs({ port: Number(port), logger: log === "log", dataDir });
