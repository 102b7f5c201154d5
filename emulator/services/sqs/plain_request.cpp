#include "services/sqs/plain_request.h"

#include "core/aws_error.h"
#include "handlers/abi/json_reader.h"
#include "services/sqs/batch.h"
#include "services/sqs/limits.h"

namespace votemu::sqs {
namespace {

using abi::JsonReader;

// Of the object that comes next; false when it is something else, or lacks a member.
bool read_texts(JsonReader& reader, std::string_view first_name, std::string& first,
                std::string_view second_name, std::string& second) {
  bool plain = true;
  reader.object([&](std::string_view name) {
    if (name == first_name) {
      first = reader.string();
    } else if (name == second_name) {
      second = reader.string();
    } else {
      reader.skip();
      plain = false;
    }
  });
  return plain && !first.empty() && !second.empty();
}

// False as soon as there is anything that a plain batch does not have.
bool read_entries(JsonReader& reader, std::string_view member, PlainBatch& batch) {
  if (!batch.ids.empty()) return false;  // repeated
  bool plain = true;
  reader.array([&] {
    std::string id;
    std::string text;
    plain = plain && batch.ids.size() < limits::max_batch_entries &&
            read_texts(reader, "Id", id, member, text);
    batch.ids.push_back(std::move(id));
    batch.texts.push_back(std::move(text));
  });
  return plain;
}

}  // namespace

std::optional<PlainRequest> plain_request(std::string_view json, std::string_view member) try {
  PlainRequest request;
  JsonReader reader(json);
  const bool plain = read_texts(reader, "QueueUrl", request.queue_url, member, request.text);
  reader.end();
  return plain ? std::optional(std::move(request)) : std::nullopt;
} catch (const abi::JsonError&) {
  return std::nullopt;
}

std::optional<PlainBatch> plain_batch(std::string_view json, std::string_view member) try {
  PlainBatch batch;
  bool plain = true;
  JsonReader reader(json);
  reader.object([&](std::string_view name) {
    if (name == "QueueUrl") {
      batch.queue_url = reader.string();
    } else if (name == "Entries") {
      plain = plain && read_entries(reader, member, batch);
    } else {
      reader.skip();
      plain = false;
    }
  });
  reader.end();
  if (!plain || batch.queue_url.empty() || batch.ids.empty()) return std::nullopt;
  check_ids(batch.ids);
  return batch;
} catch (const abi::JsonError&) {
  return std::nullopt;
} catch (const core::AwsError&) {
  return std::nullopt;
}

}  // namespace votemu::sqs
