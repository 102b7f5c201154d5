// The AWS IoT device SDK v2 for browsers, MQTT 3 and 5.
import { auth, iot, mqtt, mqtt5 } from "aws-iot-device-sdk-v2";

import { signedUrl } from "../../../emulator/web/page/signed_url.js";

class Guest extends auth.CredentialsProvider {
  constructor({ accessKeyId, secretAccessKey, sessionToken, region }) {
    super();
    this.credentials = {
      aws_access_id: accessKeyId,
      aws_secret_key: secretAccessKey,
      aws_sts_token: sessionToken,
      aws_region: region,
    };
  }

  getCredentials() {
    return this.credentials;
  }
}

const text = (payload) => new TextDecoder().decode(payload);

const mqtt5Configs = {
  // AWS's own way. It leaves the port out of the address: only for port 443.
  sigv4: ({ guest }) =>
    iot.AwsIotMqtt5ClientConfigBuilder.newWebsocketMqttBuilderWithSigv4Auth("localhost", {
      credentialsProvider: new Guest(guest),
      region: guest.region,
    }).build(),
  plain: ({ port }) => ({
    hostName: "localhost",
    port,
    websocketOptions: { urlFactoryOptions: { urlFactory: mqtt5.Mqtt5WebsocketUrlFactoryType.Ws } },
  }),
  // An address that the frontend signs itself.
  custom: ({ url, guest }) => ({
    hostName: "localhost",
    port: 443,
    websocketOptions: {
      urlFactoryOptions: {
        urlFactory: mqtt5.Mqtt5WebsocketUrlFactoryType.Custom,
        customUrlFactory: () => signedUrl(url, guest.region, { ...guest, secretKey: guest.secretAccessKey }),
      },
    },
  }),
};

window.listenWithMqtt5 = async (way, options) => {
  const client = new mqtt5.Mqtt5Client(mqtt5Configs[way](options));
  client.on("messageReceived", ({ message }) => window.arrived(text(message.payload)));
  const connected = new Promise((resolve, reject) => {
    client.on("connectionSuccess", resolve);
    client.on("connectionFailure", ({ error }) => reject(error));
  });
  client.start();
  await connected;
  const subscriptions = [{ topicFilter: options.topic, qos: mqtt5.QoS.AtLeastOnce }];
  const { reasonCodes } = await client.subscribe({ subscriptions });
  return reasonCodes;
};

window.listenWithMqtt3 = async (way, { port, topic, guest }) => {
  const config = iot.AwsIotMqttConnectionConfigBuilder.new_builder_for_websocket()
    .with_endpoint("localhost")
    .with_client_id(`three-${way}`)
    .with_clean_session(true)
    .with_credential_provider(new Guest(guest))
    .build();
  if (way === "plain") {
    config.port = port;
    config.websocket.protocol = "ws";
  }
  const connection = new mqtt.MqttClient().new_connection(config);
  await connection.connect();
  const keep = (name, payload) => window.arrived(text(payload));
  return [(await connection.subscribe(topic, mqtt.QoS.AtLeastOnce, keep)).qos];
};
