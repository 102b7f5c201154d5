// A votemu process of a test's own, on a free port.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { within } from "./waiting.js";

const DEFAULT_BINARY = fileURLToPath(new URL("../../../build/votemu", import.meta.url));
export const BINARY = process.env.VOTEMU_BIN || DEFAULT_BINARY;
// With sanitizers, which keep what was freed, what is resident says nothing.
export const SANITIZED = basename(dirname(BINARY)) === "sanitize";

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export function temporaryDirectory() {
  const path = mkdtempSync(join(tmpdir(), "votemu-test-"));
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
}

// Starts the program without waiting: {child, stdout, stderr, exited}, where `exited` settles as {code, signal}.
export function launch(args) {
  const child = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const process_ = { child, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (process_.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (process_.stderr += text));
  process_.exited = once(child, "close").then(([code, signal]) => {
    running.delete(child);
    return { code, signal };
  });
  return process_;
}

// Starts and waits for the line `Ready.`. Without a data directory everything is in memory.
export async function startServer({ dataDir = null, port = 0, args = [] } = {}) {
  const storage = dataDir ? ["--data-dir", dataDir] : ["--ephemeral"];
  const started = launch(["--port", String(port), ...storage, ...args]);
  await within(ready(started), `"Ready." from ${BINARY}`);
  return new Server(started);
}

async function ready(started) {
  const lines = createInterface({ input: started.child.stdout });
  const line = (async () => {
    for await (const text of lines) if (text === "Ready.") return true;
    return false;
  })();
  if (await Promise.race([line, started.exited.then(() => false)])) return;
  const { code, signal } = await started.exited;
  throw new Error(`votemu ended (${signal ?? code}) before it was ready: ${started.stderr}`);
}

class Server {
  #process;

  constructor(process_) {
    this.#process = process_;
    const [, port] = /http:\/\/localhost:(\d+)/.exec(process_.stdout);
    this.port = Number(port);
    this.url = `http://localhost:${port}`;
    this.api = `${this.url}/dev`;
    this.mqtt = `ws://localhost:${port}/mqtt`;
    this.secureUrl = `https://localhost:${port}`;
    this.secureMqtt = `wss://localhost:${port}/mqtt`;
  }

  get pid() {
    return this.#process.child.pid;
  }

  get stdout() {
    return this.#process.stdout;
  }

  get stderr() {
    return this.#process.stderr;
  }

  // The file with the certificate of the authority that this process's TLS is to be trusted by.
  async authority() {
    const response = await fetch(`${this.url}/_votemu/ca.pem`);
    assert.equal(response.status, 200, "no certificate authority is told");
    const path = join(temporaryDirectory(), "ca.pem");
    writeFileSync(path, await response.text());
    return path;
  }

  signal(name) {
    process.kill(this.pid, name);
  }

  exited() {
    return within(this.#process.exited, "exit");
  }

  // As an operator stops it; nothing may have gone wrong.
  async stop() {
    this.signal("SIGTERM");
    const { code, signal } = await this.exited();
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, this.#process.stderr);
  }

  // As a crash ends it.
  async kill() {
    this.signal("SIGKILL");
    await this.exited();
  }
}
