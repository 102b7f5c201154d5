// SHA-256 and its HMAC (FIPS 180-4, RFC 2104) over short texts. Browsers have them too, but only for pages that come
// over https or from localhost; a phone that opens this page by the machine's name in the network must sign as well.

const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;

function primes(count) {
  const found = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

// The first 32 bits of a number's fraction.
const fraction = (number) => Math.floor((number - Math.floor(number)) * 2 ** 32);

const ROUND_CONSTANTS = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const INITIAL_STATE = primes(8).map((prime) => fraction(Math.sqrt(prime)));

const rotated = (word, bits) => (word >>> bits) | (word << (32 - bits));

// Texts are taken as UTF-8. Returns 32 bytes.
export function sha256(message) {
  const state = Uint32Array.from(INITIAL_STATE);
  const padded = pad(bytesOf(message));
  for (let at = 0; at < padded.byteLength; at += BLOCK_BYTES) compress(state, schedule(padded, at));
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(index * 4, word));
  return new Uint8Array(digest.buffer);
}

export function hmac(key, message) {
  const long = bytesOf(key);
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(long.length > BLOCK_BYTES ? sha256(long) : long);
  const inner = sha256(joined(block.map((byte) => byte ^ 0x36), bytesOf(message)));
  return sha256(joined(block.map((byte) => byte ^ 0x5c), inner));
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(message) {
  return typeof message === "string" ? new TextEncoder().encode(message) : message;
}

function joined(first, second) {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

// A one bit, zeros, and the length in bits fill the last block.
function pad(bytes) {
  const blocks = Math.ceil((bytes.length + 1 + LENGTH_BYTES) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - LENGTH_BYTES, BigInt(bytes.length) * 8n);
  return view;
}

function schedule(view, at) {
  const words = new Uint32Array(64);
  for (let i = 0; i < 16; i += 1) words[i] = view.getUint32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const [early, late] = [words[i - 15], words[i - 2]];
    const small0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const small1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    words[i] = words[i - 16] + small0 + words[i - 7] + small1;
  }
  return words;
}

function compress(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + big1 + choice + ROUND_CONSTANTS[i] + words[i]) | 0;
    const big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [a, b, c, d, e, f, g, h] = [(first + big0 + majority) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] += word));
}
