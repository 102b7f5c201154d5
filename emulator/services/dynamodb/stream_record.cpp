#include "services/dynamodb/stream_record.h"

#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/item_size.h"

namespace votemu::dynamodb {
namespace {

const char* event_name(const Change& change) {
  if (change.old_item == nullptr) return "INSERT";
  return change.new_item == nullptr ? "REMOVE" : "MODIFY";
}

}  // namespace

// Written as text rather than built as a document: every counted vote passes here.
void append_record_json(std::string& json, const Stream& stream, const Change& change,
                        std::uint64_t sequence, const std::string& event_id, std::int64_t now_ms) {
  json.append(R"({"eventID":")").append(event_id);
  json.append(R"(","eventName":")").append(event_name(change));
  json.append(stream.record_head).append(std::to_string(now_ms / 1000));

  auto size = item_size(change.key);
  const auto image = [&](const char* name, const abi::Item* item) {
    if (item == nullptr) return;
    json.append(",\"").append(name).append("\":");
    abi::append_attributes_json(json, *item);
    size += item_size(*item);
  };
  json.append(R"(,"Keys":)");
  abi::append_attributes_json(json, change.key);
  const bool both = stream.view == StreamView::new_and_old_images;
  if (both || stream.view == StreamView::new_image) image("NewImage", change.new_item);
  if (both || stream.view == StreamView::old_image) image("OldImage", change.old_item);

  json.append(R"(,"SequenceNumber":")");
  append_sequence(json, sequence);
  json.append(R"(","SizeBytes":)").append(std::to_string(size));
  json.append(R"(,"StreamViewType":")").append(stream_view_name(stream.view));
  json.append("\"}}");
}

}  // namespace votemu::dynamodb
