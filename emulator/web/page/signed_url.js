// An address that carries its own signature: AWS's Signature Version 4 in the query, as AWS IoT takes it from WebSocket
// clients. https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html
import { hex, hmac, sha256 } from "./sha256.js";

const ALGORITHM = "AWS4-HMAC-SHA256";
const SERVICE = "iotdevicegateway";

// `credentials` is {accessKeyId, secretKey, sessionToken}. The session token comes after the signature and is not part of
// what is signed: AWS IoT differs in this from AWS's other services.
export function signedUrl(address, region, credentials, now = new Date()) {
  const url = new URL(address);
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${time.slice(0, 8)}/${region}/${SERVICE}/aws4_request`;
  const query = [
    ["X-Amz-Algorithm", ALGORITHM],
    ["X-Amz-Credential", `${credentials.accessKeyId}/${scope}`],
    ["X-Amz-Date", time],
    ["X-Amz-SignedHeaders", "host"],
  ];
  const signed = query.map(encodedPair).join("&");
  const request = ["GET", url.pathname, signed, `host:${url.host}\n`, "host", hex(sha256(""))].join("\n");
  const text = [ALGORITHM, time, scope, hex(sha256(request))].join("\n");
  const signature = hex(hmac(signingKey(credentials.secretKey, scope), text));
  const unsigned = [
    ["X-Amz-Signature", signature],
    ["X-Amz-Security-Token", credentials.sessionToken],
  ];
  url.search = `${signed}&${unsigned.map(encodedPair).join("&")}`;
  return url.href;
}

// Keyed by the parts of the scope, one after the other: the date, the region, the service, the end.
function signingKey(secretKey, scope) {
  return scope.split("/").reduce((key, part) => hmac(key, part), `AWS4${secretKey}`);
}

const encodedPair = ([name, value]) => `${name}=${encodeURIComponent(value)}`;
