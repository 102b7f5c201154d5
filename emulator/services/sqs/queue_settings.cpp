#include "services/sqs/queue_settings.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/members.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/redrive_policy.h"

namespace votemu::sqs {
namespace {

using core::Json;

struct NumberAttribute {
  std::string_view name;
  std::string_view default_value;
  std::int64_t least;
  std::int64_t most;
};

constexpr std::array number_attributes{
    NumberAttribute{"DelaySeconds", "0", 0, limits::max_delay_s},
    NumberAttribute{"MaximumMessageSize", "1048576", limits::min_maximum_message_size,
                    limits::max_message_bytes},
    NumberAttribute{"MessageRetentionPeriod", "345600", limits::min_retention_s,
                    limits::max_retention_s},
    NumberAttribute{"ReceiveMessageWaitTimeSeconds", "0", 0, limits::max_wait_time_s},
    NumberAttribute{"VisibilityTimeout", "30", 0, limits::max_visibility_timeout_s},
};
constexpr NumberAttribute kms_reuse{"KmsDataKeyReusePeriodSeconds", "300", limits::min_kms_reuse_s,
                                    limits::max_kms_reuse_s};

constexpr std::array computed_attributes{
    std::string_view("All"),
    std::string_view("ApproximateNumberOfMessages"),
    std::string_view("ApproximateNumberOfMessagesDelayed"),
    std::string_view("ApproximateNumberOfMessagesNotVisible"),
    std::string_view("CreatedTimestamp"),
    std::string_view("LastModifiedTimestamp"),
    std::string_view("QueueArn"),
};
constexpr std::array fifo_attributes{
    std::string_view("FifoQueue"), std::string_view("ContentBasedDeduplication"),
    std::string_view("DeduplicationScope"), std::string_view("FifoThroughputLimit")};

std::optional<std::int64_t> parse_digits(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc()) return std::nullopt;
  return number;
}

std::int64_t number(const AttributeMap& attributes, std::string_view name) {
  return parse_digits(attributes.find(name)->second).value_or(0);
}

void check_number(const NumberAttribute& attribute, const std::string& value) {
  const auto parsed = parse_digits(value);
  if (!parsed || *parsed < attribute.least || *parsed > attribute.most) {
    throw invalid_attribute_value(attribute.name);
  }
}

bool is_json_object(const std::string& text) {
  try {
    return core::parse_json(text).is_object();
  } catch (const core::AwsError&) {
    return false;
  }
}

// Attribute values are texts; templates and lenient clients write numbers and booleans as such.
std::string value_text(const Json& value) {
  if (value.is_object()) {
    throw core::serialization_error("Start of structure or map found where not expected.");
  }
  if (value.is_array()) {
    throw core::serialization_error("Unrecognized collection type class java.lang.String");
  }
  return value.is_string() ? value.get<std::string>() : core::dump_json(value);
}

[[noreturn]] void throw_unknown(const std::string& name, const std::string& value) {
  if (name == "FifoQueue" && value == "true") {
    throw invalid_parameter("FIFO queues are not supported yet.");
  }
  if (name == "DeduplicationScope" || name == "FifoThroughputLimit") {
    throw invalid_attribute_name("You can specify the " + name +
                                 " only when FifoQueue is set to true.");
  }
  throw unknown_attribute(name);
}

// An empty text takes these back to not being set.
bool is_removable(std::string_view name) {
  return name == "Policy" || name == "RedrivePolicy" || name == "RedriveAllowPolicy" ||
         name == "KmsMasterKeyId" || name == kms_reuse.name;
}

void check_value(const std::string& name, const std::string& value) {
  const auto number_attribute = std::ranges::find(number_attributes, name, &NumberAttribute::name);
  if (number_attribute != number_attributes.end()) return check_number(*number_attribute, value);
  if (value.empty() && is_removable(name)) return;
  if (name == kms_reuse.name) return check_number(kms_reuse, value);
  if (name == "KmsMasterKeyId") return;
  if (name == "SqsManagedSseEnabled") {
    if (value != "true" && value != "false") throw invalid_attribute_value(name);
  } else if (name == "Policy") {
    if (!is_json_object(value)) throw invalid_attribute_value(name);
  } else if (name == "RedrivePolicy") {
    parse_redrive_policy(value);
  } else if (name == "RedriveAllowPolicy") {
    check_redrive_allow_policy(value);
  } else {
    throw_unknown(name, value);
  }
}

// Encryption with a KMS key and with SQS's own keys exclude each other.
void settle_encryption(AttributeMap& attributes, const AttributeMap& changed) {
  const auto key = changed.find("KmsMasterKeyId");
  const auto managed = changed.find("SqsManagedSseEnabled");
  const bool sets_key = key != changed.end() && !key->second.empty();
  const bool sets_managed = managed != changed.end() && managed->second == "true";
  if (sets_key && sets_managed) {
    throw invalid_attribute_name(
        "You can use one type of server-side encryption (SSE) at one time. You can either enable "
        "KMS "
        "SSE or SQS SSE.");
  }
  if (sets_managed) attributes.erase("KmsMasterKeyId");
  if (sets_key) attributes["SqsManagedSseEnabled"] = "false";
  if (!attributes.contains("KmsMasterKeyId")) {
    attributes.erase(std::string(kms_reuse.name));
  } else {
    attributes.emplace(kms_reuse.name, kms_reuse.default_value);
  }
}

bool same_value(const std::string& left, const std::string& right) {
  if (left == right) return true;
  return is_json_object(left) && is_json_object(right) &&
         core::parse_json(left) == core::parse_json(right);
}

}  // namespace

AttributeMap default_attributes() {
  AttributeMap attributes{{"SqsManagedSseEnabled", "true"}};
  for (const auto& attribute : number_attributes) {
    attributes.emplace(attribute.name, attribute.default_value);
  }
  return attributes;
}

AttributeMap with_changes(const AttributeMap& current, const Json* changes) {
  AttributeMap changed;
  if (changes) {
    for (const auto& [name, value] : changes->items()) {
      if (value.is_null()) continue;
      changed[name] = value_text(value);
    }
  }
  AttributeMap attributes = current;
  for (const auto& [name, value] : changed) {
    check_value(name, value);
    if (value.empty()) {
      attributes.erase(name);
    } else {
      attributes[name] = value;
    }
  }
  settle_encryption(attributes, changed);
  return attributes;
}

std::string first_difference(const AttributeMap& current, const AttributeMap& with_wanted) {
  for (const auto& [name, value] : with_wanted) {
    const auto found = current.find(name);
    if (found == current.end() || !same_value(found->second, value)) return name;
  }
  for (const auto& [name, value] : current) {
    if (!with_wanted.contains(name)) return name;
  }
  return {};
}

bool is_queue_attribute(std::string_view name) {
  const auto has = [name](const auto& names) {
    return std::ranges::find(names, name) != names.end();
  };
  return has(computed_attributes) || has(fifo_attributes) || is_removable(name) ||
         name == "SqsManagedSseEnabled" ||
         std::ranges::find(number_attributes, name, &NumberAttribute::name) !=
             number_attributes.end();
}

QueueSettings QueueSettings::from(const AttributeMap& attributes) {
  QueueSettings settings;
  settings.delay_s = number(attributes, "DelaySeconds");
  settings.max_message_bytes = number(attributes, "MaximumMessageSize");
  settings.retention_ms = number(attributes, "MessageRetentionPeriod") * 1'000;
  settings.wait_time_s = number(attributes, "ReceiveMessageWaitTimeSeconds");
  settings.visibility_timeout_s = number(attributes, "VisibilityTimeout");
  if (const auto policy = attributes.find("RedrivePolicy"); policy != attributes.end()) {
    settings.redrive = parse_redrive_policy(policy->second);
  }
  return settings;
}

}  // namespace votemu::sqs
