#include "app/linked_handlers.h"

#include "handlers/scan_dynamodb/handler.h"
#include "handlers/sqs_publish/handler.h"
#include "handlers/sqs_update_dynamodb/handler.h"
#include "handlers/stream_iot/handler.h"
#include "handlers/update_dynamodb/handler.h"

namespace votemu::app {

std::vector<abi::NamedHandler> linked_handlers() {
  return {
      {"scan-dynamodb.handler", vote::scan_dynamodb},
      {"update-dynamodb.handler", vote::update_dynamodb},
      {"sqs-publish.handler", vote::sqs_publish},
      {"sqs-update-dynamodb.handler", vote::sqs_update_dynamodb},
      {"stream-iot.handler", vote::stream_iot},
  };
}

std::vector<std::string> linked_handler_names() {
  std::vector<std::string> names;
  for (const auto& handler : linked_handlers()) names.emplace_back(handler.name);
  return names;
}

}  // namespace votemu::app
