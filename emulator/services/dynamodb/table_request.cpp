#include "services/dynamodb/table_request.h"

#include "core/text.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {
namespace {

std::int64_t units_member(const core::Json& throughput, const std::string& name) {
  const auto units = core::integer_member(throughput, name);
  const auto member = "provisionedThroughput." + core::lower_first(name);
  if (!units) throw null_member(member);
  if (*units < 1) {
    throw constraint_error(std::to_string(*units), member,
                           "Member must have value greater than or equal to 1");
  }
  if (*units > limits::max_capacity_units) {
    throw core::validation_error("Given value " + std::to_string(*units) + " for " + name +
                                 " is out of bounds");
  }
  return *units;
}

}  // namespace

std::optional<Throughput> decode_throughput(const core::Json& request) {
  const auto* throughput = core::object_member(request, "ProvisionedThroughput");
  if (throughput == nullptr) return std::nullopt;
  return Throughput{units_member(*throughput, "ReadCapacityUnits"),
                    units_member(*throughput, "WriteCapacityUnits")};
}

bool decode_on_demand(const core::Json& request, bool fallback) {
  return choice_member(request, "BillingMode", {"PROVISIONED", "PAY_PER_REQUEST"},
                       fallback ? "PAY_PER_REQUEST" : "PROVISIONED") == "PAY_PER_REQUEST";
}

std::optional<StreamChange> decode_stream(const core::Json& request) {
  const auto* specification = core::object_member(request, "StreamSpecification");
  if (specification == nullptr) return std::nullopt;
  const auto enabled = core::boolean_member(*specification, "StreamEnabled");
  if (!enabled) throw null_member("streamSpecification.streamEnabled");
  const auto name =
      choice_member(*specification, "StreamViewType",
                    {"NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"}, "");
  if (!*enabled) {
    if (name.empty()) return StreamChange{};
    throw core::validation_error(
        "One or more parameter values were invalid: StreamViewType cannot be specified when "
        "StreamEnabled is false");
  }
  const auto view = stream_view_of(name);
  if (!view) {
    throw core::validation_error(
        "One or more parameter values were invalid: StreamViewType must be specified when "
        "StreamEnabled is true");
  }
  return StreamChange{true, *view};
}

std::optional<std::string> decode_table_class(const core::Json& request) {
  const auto name =
      choice_member(request, "TableClass", {"STANDARD", "STANDARD_INFREQUENT_ACCESS"}, "");
  if (name.empty()) return std::nullopt;
  return name;
}

std::map<std::string, std::string> decode_tags(const core::Json& request) {
  std::map<std::string, std::string> tags;
  const auto* list = core::array_member(request, "Tags");
  if (list == nullptr) return tags;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto member = "tags." + std::to_string(i + 1) + ".member.";
    const auto key = core::string_member((*list)[i], "Key");
    const auto value = core::string_member((*list)[i], "Value");
    if (!key) throw null_member(member + "key");
    if (!value) throw null_member(member + "value");
    if (key->empty()) {
      throw constraint_error(*key, member + "key",
                             "Member must have length greater than or equal to 1");
    }
    if (key->size() > limits::max_tag_key_length) {
      throw constraint_error(*key, member + "key",
                             "Member must have length less than or equal to 128");
    }
    if (value->size() > limits::max_tag_value_length) {
      throw constraint_error(*value, member + "value",
                             "Member must have length less than or equal to 256");
    }
    if (!tags.emplace(*key, *value).second) {
      throw core::validation_error("Duplicate tag keys found: " + *key);
    }
  }
  return tags;
}

void refuse_global_features(const core::Json& request) {
  for (const auto* name : {"GlobalSecondaryIndexes", "GlobalSecondaryIndexUpdates",
                           "ReplicaUpdates", "GlobalTableWitnessUpdates"}) {
    const auto* list = core::array_member(request, name);
    if (list == nullptr) continue;
    throw core::validation_error("One or more parameter values were invalid: " + std::string(name) +
                                 " is not supported");
  }
}

}  // namespace votemu::dynamodb
