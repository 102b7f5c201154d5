// IoT's HTTP side through the AWS SDK for JavaScript v3.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DescribeEndpointCommand, IoTClient } from "@aws-sdk/client-iot";
import { GetRetainedMessageCommand, IoTDataPlaneClient, PublishCommand } from "@aws-sdk/client-iot-data-plane";

import { clientConfig } from "./support/aws.js";
import { connect } from "./support/mqtt.js";
import { startServer } from "./support/server.js";

let server;
let data;
before(async () => {
  server = await startServer();
  data = new IoTDataPlaneClient(clientConfig(server));
});
after(() => server.stop());

test("DescribeEndpoint answers with this process", async () => {
  const iot = new IoTClient(clientConfig(server));
  const { endpointAddress } = await iot.send(new DescribeEndpointCommand({ endpointType: "iot:Data-ATS" }));
  assert.equal(endpointAddress, `localhost:${server.port}`);
});

test("a published message reaches an MQTT subscriber byte for byte", async () => {
  const subscriber = await connect(server);
  await subscriber.subscribe("from/http");
  const payload = '{"text":"grüße"}';
  await data.send(new PublishCommand({ topic: "from/http", payload: Buffer.from(payload), qos: 0 }));
  assert.equal((await subscriber.message()).text, payload);
  await subscriber.end();
});

test("a message published with retain waits for its subscriber", async () => {
  await data.send(new PublishCommand({ topic: "kept/http", payload: "kept", qos: 1, retain: true }));
  const subscriber = await connect(server);
  await subscriber.subscribe("kept/http");
  assert.equal((await subscriber.message()).text, "kept");
  await subscriber.end();
});

test("a wildcard in the topic is an InvalidRequestException", async () => {
  await assert.rejects(data.send(new PublishCommand({ topic: "a/#", payload: "x" })), {
    name: "InvalidRequestException",
  });
});

test("a retained message that does not exist is a ResourceNotFoundException", async () => {
  await assert.rejects(data.send(new GetRetainedMessageCommand({ topic: "kept/none" })), {
    name: "ResourceNotFoundException",
  });
});
