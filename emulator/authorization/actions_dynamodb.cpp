// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
#include <optional>

#include "authorization/actions.h"
#include "core/aws_error.h"
#include "core/members.h"
#include "services/dynamodb/shard_iterator.h"

namespace votemu::authorization {
namespace {

using core::Json;

// A request may name a table by its ARN; it means the caller's own table of that name.
std::string plain_name(const std::string& table) {
  return table.starts_with("arn:") ? table.substr(table.rfind('/') + 1) : table;
}

std::string table_arn(const Call& call, const std::string& table) {
  return call.arn("dynamodb", "table/" + plain_name(table));
}

std::string table_of(const Call& call) {
  return table_arn(call, call.text("TableName"));
}

std::string partition_key_of(const Call& call, const Lookups& lookups, const std::string& table) {
  return lookups.partition_key(call.scope, plain_name(table));
}

// The text of a key attribute's value, whatever its type.
std::optional<std::string> key_text(const Json& attributes, const std::string& name) {
  const Json* value = core::find_member(attributes, name);
  if (!value) return std::nullopt;
  for (const char* type : {"S", "N", "B"}) {
    const Json* text = core::find_member(*value, type);
    if (text && text->is_string()) return text->get<std::string>();
  }
  return std::nullopt;
}

// Of each item that a request names: the value of the table's partition key.
core::ConditionKey leading_keys(const std::string& partition_key,
                                const std::vector<const Json*>& keys_or_items) {
  core::ConditionKey found{"dynamodb:LeadingKeys", {}};
  for (const Json* item : keys_or_items) {
    if (auto text = key_text(*item, partition_key)) found.values.push_back(std::move(*text));
  }
  return found;
}

void add_options(core::Access& access, const Call& call) {
  for (const std::string option : {"ReturnValues", "Select", "ReturnConsumedCapacity"}) {
    const std::string value = call.text(option);
    if (!value.empty()) access.context.push_back({"dynamodb:" + option, {value}});
  }
}

// An operation on the one item that `member` names.
AccessRule asks_on_item(const std::string& action, const char* member, const Lookups& lookups) {
  return [action, member, lookups](const Call& call) {
    core::Access access{action, table_of(call)};
    add_options(access, call);
    if (const Json* item = core::find_member(call.members, member)) {
      access.context.push_back(
          leading_keys(partition_key_of(call, lookups, call.text("TableName")), {item}));
    }
    return Accesses{std::move(access)};
  };
}

std::string attribute_name(const Call& call, const std::string& written) {
  const Json* names = core::find_member(call.members, "ExpressionAttributeNames");
  const Json* name = names ? core::find_member(*names, written) : nullptr;
  return name && name->is_string() ? name->get<std::string>() : written;
}

// The value that a query's key condition compares the partition key with, on either side.
std::optional<std::string> queried_key(const Call& call, const std::string& partition_key) {
  const Json* values = core::find_member(call.members, "ExpressionAttributeValues");
  const std::string expression = call.text("KeyConditionExpression");
  for (auto equals = expression.find('='); values && equals != std::string::npos;
       equals = expression.find('=', equals + 1)) {
    constexpr const char* around = " \t\r\n()<>=,";
    const auto last = expression.find_last_not_of(around, equals);
    const auto begin = expression.find_first_not_of(around, equals);
    if (last == std::string::npos || begin == std::string::npos) continue;
    const auto before = expression.find_last_of(around, last);
    const auto end = expression.find_first_of(around, begin);
    const auto left = expression.substr(before + 1, last - before);
    const auto right = expression.substr(begin, end - begin);
    if (attribute_name(call, left) == partition_key) return key_text(*values, right);
    if (attribute_name(call, right) == partition_key) return key_text(*values, left);
  }
  return std::nullopt;
}

// A query or scan of an index is asked on the index.
AccessRule asks_on_index(const std::string& action, const Lookups& lookups) {
  return [action, lookups](const Call& call) {
    core::Access access{action, table_of(call)};
    add_options(access, call);
    const std::string index = call.text("IndexName");
    if (!index.empty()) access.resource += "/index/" + index;
    if (index.empty()) {
      const auto key = queried_key(call, partition_key_of(call, lookups, call.text("TableName")));
      if (key) access.context.push_back({"dynamodb:LeadingKeys", {*key}});
    }
    return Accesses{std::move(access)};
  };
}

// The keys of BatchGetItem's Keys, or the keys and items of BatchWriteItem's list.
std::vector<const Json*> batched_items(const Json& of_table) {
  std::vector<const Json*> items;
  const Json* keys = core::find_member(of_table, "Keys");
  const Json& list = keys ? *keys : of_table;
  if (!list.is_array()) return items;
  for (const Json& element : list) {
    const Json* put = core::find_member(element, "PutRequest");
    const Json* deleted = core::find_member(element, "DeleteRequest");
    const Json* item = put       ? core::find_member(*put, "Item")
                       : deleted ? core::find_member(*deleted, "Key")
                                 : &element;
    if (item) items.push_back(item);
  }
  return items;
}

// One question a table.
AccessRule asks_on_each_table(const std::string& action, const Lookups& lookups) {
  return [action, lookups](const Call& call) {
    Accesses accesses;
    const Json* tables = core::find_member(call.members, "RequestItems");
    if (!tables || !tables->is_object()) return accesses;
    for (const auto& [table, requests] : tables->items()) {
      core::Access access{action, table_arn(call, table)};
      add_options(access, call);
      access.context.push_back(
          leading_keys(partition_key_of(call, lookups, table), batched_items(requests)));
      accesses.push_back(std::move(access));
    }
    return accesses;
  };
}

std::string iterated_stream(const Call& call) {
  try {
    return dynamodb::iterator_of(call.text("ShardIterator")).stream_arn;
  } catch (const core::AwsError&) {
    return "*";
  }
}

std::string listed_streams(const Call& call) {
  const std::string table = call.text("TableName");
  return table_arn(call, table.empty() ? "*" : table) + "/stream/*";
}

}  // namespace

AccessTable dynamodb_access(const Lookups& lookups) {
  AccessTable table;
  for (const std::string operation : {"CreateTable", "DeleteTable", "DescribeTable", "UpdateTable",
                                      "DescribeTimeToLive", "DescribeContinuousBackups"}) {
    table[operation] = asks("dynamodb:" + operation, table_of);
  }
  for (const std::string operation : {"GetItem", "UpdateItem", "DeleteItem"}) {
    table[operation] = asks_on_item("dynamodb:" + operation, "Key", lookups);
  }
  table["PutItem"] = asks_on_item("dynamodb:PutItem", "Item", lookups);
  table["Query"] = asks_on_index("dynamodb:Query", lookups);
  table["Scan"] = asks_on_index("dynamodb:Scan", lookups);
  table["BatchGetItem"] = asks_on_each_table("dynamodb:BatchGetItem", lookups);
  table["BatchWriteItem"] = asks_on_each_table("dynamodb:BatchWriteItem", lookups);
  for (const std::string operation : {"ListTagsOfResource", "TagResource", "UntagResource"}) {
    table[operation] = asks("dynamodb:" + operation, arn_in("ResourceArn"));
  }
  table["ListTables"] =
      asks("dynamodb:ListTables", [](const Call& call) { return call.arn("dynamodb", "table/*"); });
  table["DescribeEndpoints"] = asks("dynamodb:DescribeEndpoints");
  table["DescribeLimits"] = asks("dynamodb:DescribeLimits");
  return table;
}

AccessTable dynamodb_streams_access() {
  return {
      {"DescribeStream", asks("dynamodb:DescribeStream", arn_in("StreamArn"))},
      {"GetShardIterator", asks("dynamodb:GetShardIterator", arn_in("StreamArn"))},
      {"GetRecords", asks("dynamodb:GetRecords", iterated_stream)},
      {"ListStreams", asks("dynamodb:ListStreams", listed_streams)},
  };
}

}  // namespace votemu::authorization
