// Guests of the deployed stack's identity pool, as browsers become them.
import { region } from "./aws.js";

// {identityPoolId, …}: what the vote page is told.
export async function pageConfig(server) {
  return (await fetch(`${server.url}/_votemu/config.json`)).json();
}

// Temporary credentials as the SDK v3 names them, with their identity.
export async function becomeGuest(server) {
  const { identityPoolId } = await pageConfig(server);
  const { IdentityId } = await cognito(server, "GetId", { IdentityPoolId: identityPoolId });
  const { Credentials } = await cognito(server, "GetCredentialsForIdentity", { IdentityId });
  return {
    identityId: IdentityId,
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretKey,
    sessionToken: Credentials.SessionToken,
    region,
  };
}

async function cognito(server, operation, members) {
  const response = await fetch(server.url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWSCognitoIdentityService.${operation}`,
    },
    body: JSON.stringify(members),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${operation} answered ${response.status}: ${body.message}`);
  return body;
}
