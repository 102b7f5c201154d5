// Debian's boto3: the steps are in boto3_steps.py.
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { environment } from "./support/aws.js";
import { startServer } from "./support/server.js";
import { vote } from "./support/votes.js";

const PYTHON = "/usr/bin/python3";
const STEPS = fileURLToPath(new URL("boto3_steps.py", import.meta.url));

let server;
before(async () => (server = await startServer()));
after(() => server.stop());

for (const step of ["dynamodb", "sqs", "logs"]) {
  test(step, async () => {
    await vote(server, "boto3");
    await promisify(execFile)(PYTHON, [STEPS, step], { env: environment(server) });
  });
}
