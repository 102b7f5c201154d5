// Where the page finds its API and its MQTT broker: the values of the process that served it, unless the settings
// dialog has put others in their place. Only the differences are kept, so that a page which follows its process goes
// on following it when the port changes.

const STORAGE_KEY = "votemu.settings";
const DEFAULT_REGION = "us-east-1";
export const FIELDS = ["apiEndpoint", "region", "iotEndpoint", "iotTopic"];

const FALLBACK = {
  apiEndpoint: `${location.origin}/dev`,
  region: DEFAULT_REGION,
  iotEndpoint: `${location.origin.replace(/^http/, "ws")}/mqtt`,
  iotTopic: "votes",
};

export async function loadDefaults() {
  try {
    const response = await fetch("/_votemu/config.json", { cache: "no-store" });
    if (!response.ok) return { ...FALLBACK };
    return { ...FALLBACK, ...pick(await response.json()) };
  } catch {
    return { ...FALLBACK };
  }
}

export function currentConfig(defaults) {
  return { ...defaults, ...readOverrides() };
}

export function saveConfig(values, defaults) {
  const changed = FIELDS.filter((field) => values[field] !== defaults[field]);
  const overrides = Object.fromEntries(changed.map((field) => [field, values[field]]));
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(overrides));
  } catch {
    // A browser that refuses storage still gets the settings for as long as the page is open.
  }
  return { ...defaults, ...overrides };
}

function readOverrides() {
  try {
    return pick(JSON.parse(localStorage.getItem(STORAGE_KEY)) ?? {});
  } catch {
    return {};
  }
}

function pick(source) {
  const known = FIELDS.filter((field) => typeof source[field] === "string" && source[field] !== "");
  return Object.fromEntries(known.map((field) => [field, source[field]]));
}

// Throws an Error, with a text for the person at the dialog, when a value cannot be used.
export function checkedConfig(values) {
  const config = Object.fromEntries(FIELDS.map((field) => [field, String(values[field] ?? "").trim()]));
  config.apiEndpoint = config.apiEndpoint.replace(/\/+$/, "");
  if (!/^https?:$/.test(parsed(config.apiEndpoint, "The API endpoint").protocol)) {
    throw new Error("The API endpoint must begin with http:// or https://.");
  }
  if (!/^[a-z0-9-]+$/.test(config.region)) throw new Error("The region looks like us-east-1.");
  brokerUrl(config.iotEndpoint);
  if (config.iotTopic === "" || /[#+\0]/.test(config.iotTopic)) {
    throw new Error("The topic is one plain topic name, such as votes.");
  }
  return config;
}

// Where an API answers. A stack's outputs give its address in AWS; the same API is on the process that serves this page.
export function apiUrl(endpoint) {
  const inAws = /^https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\/.*)?$/.exec(endpoint);
  return inAws ? `${location.origin}/_aws/execute-api/${inAws[1]}${inAws[2] ?? ""}` : endpoint;
}

// The WebSocket address for what a person may write as an IoT endpoint: `host`, `host:port`, `ws://…` or `wss://…`.
// Regions are kept apart, and the only place where a connection names its region is the credential in its address.
export function brokerUrl(endpoint, region = DEFAULT_REGION) {
  const bare = !/^[a-z]+:\/\//i.test(endpoint);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const url = parsed(bare ? `${scheme}://${endpoint}` : endpoint, "The IoT endpoint");
  if (!/^wss?:$/.test(url.protocol)) {
    throw new Error("The IoT endpoint is a host, or begins with ws:// or wss://.");
  }
  if (url.pathname === "/") url.pathname = "/mqtt";
  if (region !== DEFAULT_REGION && !url.searchParams.has("X-Amz-Credential")) {
    const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
    url.searchParams.set("X-Amz-Credential", `guest/${day}/${region}/iotdevicegateway/aws4_request`);
  }
  return url.href;
}

function parsed(text, name) {
  try {
    return new URL(text);
  } catch {
    throw new Error(`${name} is not an address.`);
  }
}
