#include "app/services.h"

#include "app/linked_handlers.h"
#include "pipeline/in_process_aws.h"

namespace votemu::app {

Services::Services(core::Runtime& runtime)
    : dynamodb(runtime),
      sqs(runtime),
      iot(runtime),
      logs(runtime),
      lambda(
          runtime, linked_handlers(),
          [this, &runtime](const core::Scope& scope, const std::string& function_name,
                           const std::string& role_arn) {
            return pipeline::in_process_clients(runtime.store, dynamodb, sqs, iot, scope,
                                                function_name, role_arn);
          },
          [this](const core::Scope& scope, std::string_view group, std::string_view stream,
                 std::string_view message) { logs.append(scope, group, stream, message); }),
      apigateway(runtime),
      api_integration(runtime, apigateway, lambda),
      event_source_mappings(runtime, dynamodb, sqs, lambda) {}

}  // namespace votemu::app
