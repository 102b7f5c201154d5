// What every SDK is given, and names that no other test uses.

export const region = "us-east-1";
export const account = "000000000000";
export const credentials = { accessKeyId: "test", secretAccessKey: "test" };

// For clients of the SDK v3. One try only: a test wants to see the first answer.
export function clientConfig(server) {
  return { endpoint: server.url, region, credentials, maxAttempts: 1 };
}

// The environment of awscli and boto3: nothing of the caller's own configuration.
export function environment(server) {
  return {
    PATH: process.env.PATH,
    HOME: "/nonexistent",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_PAGER: "",
    AWS_MAX_ATTEMPTS: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    ENDPOINT: server.url,
  };
}

let names = 0;

export function uniqueName(base) {
  names += 1;
  return `${base}-${names}`;
}

// The voting stack that a started votemu has deployed.
export const stack = {
  table: "voting-service-table",
  scan: "voting-service-scan-dynamodb-function",
  publish: "voting-service-sqs-publish-function",
  update: "voting-service-sqs-update-dynamodb-function",
  stream: "voting-service-stream-iot-function",
};

// A function's answer to a direct invocation.
export function apiEvent(httpMethod, body = null) {
  return { resource: "/votes", path: "/votes", httpMethod, headers: {}, body, isBase64Encoded: false };
}
