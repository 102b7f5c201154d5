// What a function of the workshop does, run with NODE_EXTRA_CA_CERTS: publishes to an endpoint that is only a host and a
// port. Arguments: endpoint, topic, payload.
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";
const AWS = require("aws-sdk");

const [endpoint, topic, payload] = process.argv.slice(2);
new AWS.IotData({ endpoint, region: "us-east-1", accessKeyId: "test", secretAccessKey: "test", maxRetries: 0 })
  .publish({ topic, payload, qos: 1 })
  .promise()
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
