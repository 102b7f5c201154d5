// The AWS IoT device SDK v2 for Node, MQTT 3 and 5 over WebSockets that are signed as a guest of the stack's identity
// pool: with TLS, and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import sdk from "aws-iot-device-sdk-v2";

import { Arrivals } from "./support/arrivals.js";
import { region } from "./support/aws.js";
import { becomeGuest } from "./support/guests.js";
import { startServer } from "./support/server.js";
import { vote } from "./support/votes.js";
import { within } from "./support/waiting.js";

const { auth, iot, mqtt, mqtt5 } = sdk;

let server, authority, guest;
before(async () => {
  server = await startServer();
  authority = await server.authority();
  const { accessKeyId, secretAccessKey, sessionToken } = await becomeGuest(server);
  guest = auth.AwsCredentialsProvider.newStatic(accessKeyId, secretAccessKey, sessionToken);
});
after(() => server.stop());

async function oneVoteArrives(arrivals, pet) {
  assert.equal((await vote(server, pet)).status, 200);
  await arrivals.first((text) => text.includes(pet));
  assert.deepEqual(arrivals.all.map((text) => JSON.parse(text)), [[{ id: pet, votes: "1" }]]);
}

function configMqtt3(clientId) {
  return iot.AwsIotMqttConnectionConfigBuilder.new_with_websockets({ region, credentials_provider: guest })
    .with_certificate_authority_from_path(undefined, authority)
    .with_endpoint("localhost")
    .with_port(server.port)
    .with_client_id(clientId)
    .with_clean_session(true)
    .build();
}

async function listenWithMqtt3(config, pet) {
  const connection = new mqtt.MqttClient().new_connection(config);
  await within(connection.connect(), "CONNACK");
  const arrivals = new Arrivals();
  const keep = (topic, payload) => arrivals.add(new TextDecoder().decode(payload));
  const granted = await within(connection.subscribe("votes", mqtt.QoS.AtLeastOnce, keep), "SUBACK");
  assert.equal(granted.qos, mqtt.QoS.AtLeastOnce);
  await oneVoteArrives(arrivals, pet);
  await connection.disconnect();
}

test("MQTT 3 over wss hears a vote", () => listenWithMqtt3(configMqtt3("three-secure"), "dog"));

test("MQTT 3 over ws hears a vote: use_websocket without a TLS context", async () => {
  const config = configMqtt3("three-plain");
  config.tls_ctx = undefined;
  await listenWithMqtt3(config, "cat");
});

function configMqtt5() {
  return iot.AwsIotMqtt5ClientConfigBuilder.newWebsocketMqttBuilderWithSigv4Auth("localhost", {
    region,
    credentialsProvider: guest,
  })
    .withCertificateAuthorityFromPath(undefined, authority)
    .withPort(server.port)
    .build();
}

async function listenWithMqtt5(config, pet) {
  const client = new mqtt5.Mqtt5Client(config);
  const arrivals = new Arrivals();
  client.on("messageReceived", ({ message }) => arrivals.add(new TextDecoder().decode(message.payload)));
  const connected = new Promise((resolve, reject) => {
    client.on("connectionSuccess", resolve);
    client.on("connectionFailure", ({ error }) => reject(error));
  });
  client.start();
  const { settings } = await within(connected, "CONNACK");
  assert.equal(settings.maximumQos, mqtt5.QoS.AtLeastOnce);
  const subscriptions = [{ topicFilter: "votes", qos: mqtt5.QoS.AtLeastOnce }];
  const { reasonCodes } = await within(client.subscribe({ subscriptions }), "SUBACK");
  assert.deepEqual(reasonCodes, [mqtt5.SubackReasonCode.GrantedQoS1]);
  await oneVoteArrives(arrivals, pet);
  const stopped = new Promise((resolve) => client.on("stopped", resolve));
  client.stop();
  await within(stopped, "end of the client");
  client.close();
}

test("MQTT 5 over wss hears a vote", () => listenWithMqtt5(configMqtt5(), "rabbit"));

test("MQTT 5 over ws hears a vote: no TLS context", async () => {
  const config = configMqtt5();
  config.tlsCtx = undefined;
  await listenWithMqtt5(config, "parrot");
});
