// What UpdateItem is asked.
#pragma once

#include <string>
#include <string_view>

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/request_expressions.h"
#include "services/dynamodb/write_options.h"

namespace votemu::dynamodb {

struct UpdateRequest {
  std::string table_name;
  abi::Item key;
  WriteOptions options;
  ExpressionTexts texts;
};

// Throws AwsError SerializationException or ValidationException when the JSON text is no request.
UpdateRequest update_request(std::string_view json);

}  // namespace votemu::dynamodb
