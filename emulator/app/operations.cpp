#include "app/operations.h"

namespace votemu::app {

Operations::Operations(Services& services) : services_(services) {
  tables_["dynamodb"] = services.dynamodb.operations();
  tables_["streams.dynamodb"] = services.dynamodb.stream_operations();
  tables_["s3"] = services.s3.operations();
  tables_["sqs"] = services.sqs.operations();
  tables_["logs"] = services.logs.operations();
  tables_["lambda"] = services.lambda.operations();
  tables_["apigateway"] = services.apigateway.operations();
  tables_["apigateway"].merge(services.api_integration.operations());
  tables_["iam"] = services.iam.operations();
  tables_["sts"] = services.sts.operations();
  tables_["cognito-identity"] = services.cognito.identity_operations();
  tables_["cognito-idp"] = services.cognito.user_pool_operations();
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
  services.s3 = of("s3");
  services.iam = of("iam");
  services.cognito_identity = of("cognito-identity");
  services.cognito_user_pools = of("cognito-idp");
  services.reread = [&all = services_] {
    all.dynamodb.reread();
    all.apigateway.reread();
  };
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
