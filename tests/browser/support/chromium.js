// Headless Chromium, as a person has it who has told it to trust a certificate authority, or who has not.
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { chromium } from "playwright-core";

import { temporaryDirectory } from "../../clients/support/server.js";

const run = promisify(execFile);
const EXECUTABLE = "/usr/bin/chromium";
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// `authority` is the file of a certificate to trust; `args` are more arguments of Chromium's.
export async function launchBrowser({ authority = null, args = [] } = {}) {
  const env = authority ? { ...process.env, HOME: await homeThatTrusts(authority) } : process.env;
  return chromium.launch({ executablePath: EXECUTABLE, args: [...ARGUMENTS, ...args], env });
}

// Chromium on Linux trusts what is in the NSS database of its person's home.
async function homeThatTrusts(authority) {
  const home = temporaryDirectory();
  const database = join(home, ".pki/nssdb");
  mkdirSync(database, { recursive: true });
  await run("certutil", ["-d", `sql:${database}`, "-N", "--empty-password"]);
  await run("certutil", ["-d", `sql:${database}`, "-A", "-n", "votemu", "-t", "C,,", "-i", authority]);
  return home;
}
