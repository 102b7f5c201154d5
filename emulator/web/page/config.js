// Where the page finds its API and its MQTT broker: the values of the process that served it, unless the settings
// dialog has put others in their place. Only the differences are kept, so that a page which follows its process goes
// on following it when the port changes.

import { brokerUrl, parsed } from "./addresses.js";

const STORAGE_KEY = "votemu.settings";
export const FIELDS = ["apiEndpoint", "region", "iotEndpoint", "iotTopic", "identityPoolId"];
const MAY_BE_EMPTY = "identityPoolId"; // without it the connection is not signed

const FALLBACK = {
  apiEndpoint: `${location.origin}/dev`,
  region: "us-east-1",
  iotEndpoint: `${location.origin.replace(/^http/, "ws")}/mqtt`,
  iotTopic: "votes",
  identityPoolId: "",
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
  const known = FIELDS.filter(
    (field) => typeof source[field] === "string" && (source[field] !== "" || field === MAY_BE_EMPTY),
  );
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
  if (!/^([a-z0-9-]+:[0-9a-zA-Z-]+)?$/.test(config.identityPoolId)) {
    throw new Error("The identity pool id looks like us-east-1:1234abcd-12ab-34cd-56ef-1234567890ab.");
  }
  return config;
}
