#include "app/operations.h"

namespace votemu::app {

Operations::Operations(Services& services) {
  tables_["dynamodb"] = services.dynamodb.operations();
  tables_["streams.dynamodb"] = services.dynamodb.stream_operations();
  tables_["sqs"] = services.sqs.operations();
  tables_["logs"] = services.logs.operations();
  tables_["lambda"] = services.lambda.operations();
  tables_["apigateway"] = services.apigateway.operations();
  tables_["iot"] = services.iot.operations();
  tables_["iotdata"] = services.iot.operations();
}

cloudformation::Services Operations::for_stacks() const {
  cloudformation::Services services;
  services.dynamodb = of("dynamodb");
  services.sqs = of("sqs");
  services.lambda = of("lambda");
  services.apigateway = of("apigateway");
  services.logs = of("logs");
  return services;
}

const core::Operation* Operations::find(std::string_view service,
                                        std::string_view operation) const {
  const auto table = tables_.find(service);
  if (table == tables_.end()) return nullptr;
  const auto found = table->second.find(operation);
  return found == table->second.end() ? nullptr : &found->second;
}

}  // namespace votemu::app
