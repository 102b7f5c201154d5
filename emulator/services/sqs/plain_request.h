// What most requests about messages are: a queue's URL, and a text or up to ten of them with their
// ids. They are read without a tree; any other is left to its tree, which tells what it asks for,
// or what is wrong with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace votemu::sqs {

struct PlainRequest {
  std::string queue_url;
  std::string text;
};
struct PlainBatch {
  std::string queue_url;
  std::vector<std::string> ids;  // as they may be, all different
  std::vector<std::string> texts;
};

// `member` is the text's name ("ReceiptHandle"). Nullopt unless these texts, none of them empty,
// are all that the request has.
std::optional<PlainRequest> plain_request(std::string_view json, std::string_view member);
std::optional<PlainBatch> plain_batch(std::string_view json, std::string_view member);

}  // namespace votemu::sqs
