// Where the members of IoT's operations travel, from AWS's service model.
#include "wire/rest_routes.h"

namespace votemu::wire {

std::vector<RestRoute> iot_routes() {
  return {
      // https://docs.aws.amazon.com/iot/latest/apireference/API_Operations_AWS_IoT_Data_Plane.html
      {.service = "iot",
       .method = "GET",
       .pattern = "/endpoint",
       .operation = "DescribeEndpoint",
       .query = {{"endpointType", "endpointType"}}},
      {.service = "iotdata",
       .method = "POST",
       .pattern = "/topics/{topic+}",
       .operation = "Publish",
       .query = {{"qos", "qos", QueryType::integer},
                 {"retain", "retain", QueryType::boolean},
                 {"contentType", "contentType"},
                 {"responseTopic", "responseTopic"},
                 {"messageExpiry", "messageExpiry", QueryType::integer}},
       .request_headers = {{"x-amz-mqtt5-user-properties", "userProperties", true},
                           {"x-amz-mqtt5-payload-format-indicator", "payloadFormatIndicator"},
                           {"x-amz-mqtt5-correlation-data", "correlationData"}},
       .payload = "payload"},
      {.service = "iotdata",
       .method = "GET",
       .pattern = "/retainedMessage",
       .operation = "ListRetainedMessages",
       .query = {{"nextToken", "nextToken"}, {"maxResults", "maxResults", QueryType::integer}}},
      {.service = "iotdata",
       .method = "GET",
       .pattern = "/retainedMessage/{topic+}",
       .operation = "GetRetainedMessage"},
  };
}

}  // namespace votemu::wire
