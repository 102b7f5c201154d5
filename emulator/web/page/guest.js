// A guest of a Cognito identity pool: nobody has logged in, and the pool gives credentials that allow what its role allows.
// The identity is kept in this browser, as AWS's own libraries keep it, so that a visitor stays the same guest.
import { cognitoUrl } from "./addresses.js";

const TIMEOUT_MS = 5_000;
const STORAGE_PREFIX = "votemu.identity.";

// The pool is not there (any more).
export class PoolGone extends Error {}

// Fresh credentials, {accessKeyId, secretKey, sessionToken}. Throws an Error with a text for the person at the page.
export async function guestCredentials(config) {
  const pool = config.identityPoolId;
  const known = recall(pool);
  if (known) {
    try {
      return await credentialsOf(config, known);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      remember(pool, null);
    }
  }
  try {
    const { IdentityId } = await call(config, "GetId", { IdentityPoolId: pool });
    const credentials = await credentialsOf(config, IdentityId);
    remember(pool, IdentityId);
    return credentials;
  } catch (error) {
    if (error.name !== "ResourceNotFoundException") throw error;
    throw new PoolGone(`The identity pool ${pool} is not there any more: see the settings.`);
  }
}

async function credentialsOf(config, IdentityId) {
  const { Credentials } = await call(config, "GetCredentialsForIdentity", { IdentityId });
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretKey: Credentials.SecretKey,
    sessionToken: Credentials.SessionToken,
  };
}

class Refused extends Error {
  constructor(name, message) {
    super(`The identity pool gives no credentials to guests. ${message}`);
    this.name = name;
  }
}

// One of Cognito's operations that take no signature. They are told apart by a header alone, and no cookie is wanted.
async function call(config, operation, members) {
  let response;
  try {
    response = await fetch(cognitoUrl(config), {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": `AWSCognitoIdentityService.${operation}`,
      },
      credentials: "omit",
      cache: "no-store",
      body: JSON.stringify(members),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new Error("The identity pool cannot be reached.");
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const name = String(body.__type ?? "").split("#").pop();
  if (response.status < 500 && name !== "TooManyRequestsException") throw new Refused(name, body.message ?? name);
  throw new Error(`The identity pool answered ${response.status}.`);
}

function recall(pool) {
  try {
    return localStorage.getItem(STORAGE_PREFIX + pool);
  } catch {
    return null;
  }
}

function remember(pool, identity) {
  try {
    if (identity) localStorage.setItem(STORAGE_PREFIX + pool, identity);
    else localStorage.removeItem(STORAGE_PREFIX + pool);
  } catch {
    // Without storage every visit is a new guest's.
  }
}
