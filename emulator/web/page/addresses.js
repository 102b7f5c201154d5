// Where things are: what a person may write in the settings, or copy from a stack's outputs, as addresses to call.

const DEFAULT_REGION = "us-east-1";
const AWS_IOT = /\.iot\.[a-z0-9-]+\.amazonaws\.com$/;

// Where the API answers. A stack's outputs give its address in AWS; the same API is on the process that serves this page,
// unless the messages come from AWS too.
export function apiUrl({ apiEndpoint, iotEndpoint }) {
  const inAws = /^https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\/.*)?$/.exec(apiEndpoint);
  if (!inAws || isAws(iotEndpoint)) return apiEndpoint;
  return `${location.origin}/_aws/execute-api/${inAws[1]}${inAws[2] ?? ""}`;
}

// The WebSocket address of an IoT endpoint: `host`, `host:port`, `ws://…` or `wss://…`. AWS has no plain one.
export function brokerUrl(endpoint) {
  const bare = !/^[a-z]+:\/\//i.test(endpoint);
  const secure = location.protocol === "https:" || (bare && AWS_IOT.test(endpoint));
  const url = parsed(bare ? `${secure ? "wss" : "ws"}://${endpoint}` : endpoint, "The IoT endpoint");
  if (!/^wss?:$/.test(url.protocol)) {
    throw new Error("The IoT endpoint is a host, or begins with ws:// or wss://.");
  }
  if (url.pathname === "/") url.pathname = "/mqtt";
  return url.href;
}

// Regions are kept apart, and the only place where a connection names its region is the credential in its address.
export function unsignedUrl(address, region) {
  const url = new URL(address);
  if (region !== DEFAULT_REGION && !url.searchParams.has("X-Amz-Credential")) {
    const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
    url.searchParams.set("X-Amz-Credential", `guest/${day}/${region}/iotdevicegateway/aws4_request`);
  }
  return url.href;
}

// Where Cognito answers for an identity pool: in AWS when the broker is there, else on the broker's own port.
export function cognitoUrl({ identityPoolId, iotEndpoint }) {
  if (isAws(iotEndpoint)) return `https://cognito-identity.${identityPoolId.split(":")[0]}.amazonaws.com/`;
  const broker = new URL(brokerUrl(iotEndpoint));
  return `${broker.protocol === "wss:" ? "https" : "http"}://${broker.host}/`;
}

function isAws(iotEndpoint) {
  return AWS_IOT.test(new URL(brokerUrl(iotEndpoint)).hostname);
}

// Throws an Error, with a text for the person at the dialog, when it is not an address.
export function parsed(text, name) {
  try {
    return new URL(text);
  } catch {
    throw new Error(`${name} is not an address.`);
  }
}
