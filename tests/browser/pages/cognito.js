// The SDK v3 in a browser, as a guest of an identity pool whose identity it keeps in localStorage.
import { IoTDataPlaneClient, PublishCommand } from "@aws-sdk/client-iot-data-plane";
import { fromCognitoIdentityPool } from "@aws-sdk/credential-providers";

// What the SDK wants to keep ids in.
const cache = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
  removeItem: (key) => localStorage.removeItem(key),
};

window.becomeGuest = async ({ endpoint, region, identityPoolId }) => {
  const credentials = fromCognitoIdentityPool({ identityPoolId, cache, clientConfig: { endpoint, region } });
  window.iot = new IoTDataPlaneClient({ endpoint, region, credentials, maxAttempts: 1 });
  const { identityId, accessKeyId } = await credentials();
  return { identityId, accessKeyId };
};

// "OK", or the name of the error.
window.publish = async (topic, payload) => {
  try {
    await window.iot.send(new PublishCommand({ topic, payload, qos: 1 }));
    return "OK";
  } catch (error) {
    return error.name;
  }
};
