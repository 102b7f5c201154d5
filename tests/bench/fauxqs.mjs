// fauxqs.mjs PORT [DATA_DIR]: fauxqs without a log, on loopback only; with a directory it keeps its messages in SQLite.
import { Server } from "node:net";

import { startFauxqs } from "fauxqs";

const listen = Server.prototype.listen;
Server.prototype.listen = function (options, ...rest) {
  return listen.call(this, { ...options, host: "127.0.0.1" }, ...rest);
};
const [port, dataDir] = process.argv.slice(2);
await startFauxqs({ port: Number(port), logger: false, dataDir });
