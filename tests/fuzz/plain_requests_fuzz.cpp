// The requests that are read without a tree where they are plain: UpdateItem, SendMessage's and
// DeleteMessage's kin. Whatever the text, they say the same as its tree.
//
// An input is a byte for the kind of request, then its JSON.
#include <string>

#include "core/aws_error.h"
#include "core/json.h"
#include "services/dynamodb/update_request.h"
#include "services/sqs/batch.h"
#include "services/sqs/plain_request.h"
#include "services/sqs/request.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace votemu {
namespace {

using core::Json;
using fuzz::require;

// The same request with a member that none has, so that it is read as a tree; "" when there is no
// member before which it could stand.
std::string unusual(std::string_view json) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto brace = json.find_first_not_of(blanks);
  if (brace == json.npos || json[brace] != '{') return "";
  const auto first = json.find_first_not_of(blanks, brace + 1);
  if (first == json.npos || json[first] != '"') return "";
  return R"({"":0,)" + std::string(json.substr(first));
}

struct Reading {
  std::string refusal;
  dynamodb::UpdateRequest request = {};
};

Reading reading(std::string_view json) {
  try {
    return {"", dynamodb::update_request(json)};
  } catch (const core::AwsError& error) {
    return {error.code() + ": " + error.message()};
  }
}

void check_update(std::string_view json) {
  const auto direct = reading(json);
  const auto other = unusual(json);
  if (other.empty()) return;
  const auto from_tree = reading(other);
  require(direct.refusal == from_tree.refusal, "both refuse the same in the same words");
  const auto& a = direct.request;
  const auto& b = from_tree.request;
  require(a.table_name == b.table_name && a.key == b.key, "both update the same item");
  require(a.options.return_values == b.options.return_values &&
              a.options.return_old_on_failure == b.options.return_old_on_failure &&
              a.options.capacity == b.options.capacity,
          "both answer the same");
  require(a.texts.update == b.texts.update && a.texts.condition == b.texts.condition &&
              a.texts.names == b.texts.names && a.texts.values == b.texts.values,
          "both have the same expressions");
}

void check_message(std::string_view json, std::string_view member) {
  const auto plain = sqs::plain_request(json, member);
  if (!plain) return;
  const Json request = core::parse_json_object(json);
  require(sqs::required_string(request, "QueueUrl") == plain->queue_url, "it is the same queue");
  require(sqs::required_string(request, member) == plain->text, "it is the same text");
}

void check_batch(std::string_view json, std::string_view member) {
  const auto plain = sqs::plain_batch(json, member);
  if (!plain) return;
  const Json request = core::parse_json_object(json);
  require(sqs::required_string(request, "QueueUrl") == plain->queue_url, "it is the same queue");
  const Json& entries = sqs::checked_entries(request, "Entry");
  require(entries.size() == plain->ids.size() && entries.size() == plain->texts.size(),
          "there are as many entries");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    require(sqs::required_string(entries[i], "Id") == plain->ids[i] &&
                sqs::required_string(entries[i], member) == plain->texts[i],
            "each entry is the same");
  }
}

}  // namespace
}  // namespace votemu

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  fuzz::Input input(data, size);
  const auto kind = input.byte();
  const auto json = input.rest();
  try {
    if (kind == 'u') check_update(json);
    if (kind == 'd') check_message(json, "ReceiptHandle");
    if (kind == 's') check_message(json, "MessageBody");
    if (kind == 'D') check_batch(json, "ReceiptHandle");
    if (kind == 'S') check_batch(json, "MessageBody");
  } catch (const core::AwsError&) {
    fuzz::require(false, "what is plain is not refused");
  }
  return 0;
}
