#include "services/dynamodb/service.h"

#include <limits>

#include "services/dynamodb/database.h"
#include "services/dynamodb/operations.h"

namespace votemu::dynamodb {
namespace {

using Operation = Json (*)(Database&, const RequestContext&, const Json&);

core::Operation bound(Database& database, Operation operation) {
  return core::ImmediateOperation(
      [&database, operation](const RequestContext& context, const Json& request) {
        return operation(database, context, request);
      });
}

core::Operation bound(Database& database,
                      std::string (*operation)(Database&, const RequestContext&, const Json&)) {
  return core::TextOperation{
      [&database, operation](const RequestContext& context, std::string_view request) {
        return operation(database, context, core::parse_json_object(request));
      }};
}

core::Operation bound(Database& database, std::string (*operation)(Database&, const RequestContext&,
                                                                   std::string_view)) {
  return core::TextOperation{
      [&database, operation](const RequestContext& context, std::string_view request) {
        return operation(database, context, request);
      }};
}

}  // namespace

Service::Service(core::Runtime& runtime) : database_(std::make_unique<Database>(runtime)) {}

Service::~Service() = default;

void Service::reread() {
  database_->reread();
}

core::OperationTable Service::operations() {
  using TextAnswer = std::string (*)(Database&, const RequestContext&, const Json&);
  using Text = std::string (*)(Database&, const RequestContext&, std::string_view);
  const auto operation = [this](auto run) { return bound(*database_, run); };
  return {
      {"BatchGetItem", operation(batch_get_item)},
      {"BatchWriteItem", operation(batch_write_item)},
      {"CreateTable", operation(create_table)},
      {"DeleteItem", operation(delete_item)},
      {"DeleteTable", operation(delete_table)},
      {"DescribeContinuousBackups", operation(describe_continuous_backups)},
      {"DescribeEndpoints", operation(describe_endpoints)},
      {"DescribeLimits", operation(describe_limits)},
      {"DescribeTable", operation(describe_table)},
      {"DescribeTimeToLive", operation(describe_time_to_live)},
      {"GetItem", operation(get_item)},
      {"ListTables", operation(list_tables)},
      {"ListTagsOfResource", operation(list_tags_of_resource)},
      {"PutItem", operation(put_item)},
      {"Query", operation(query)},
      {"Scan", operation(TextAnswer(dynamodb::scan))},
      {"TagResource", operation(tag_resource)},
      {"UntagResource", operation(untag_resource)},
      {"UpdateItem", operation(Text(dynamodb::update_item))},
      {"UpdateTable", operation(update_table)},
  };
}

core::OperationTable Service::stream_operations() {
  const auto operation = [this](Operation run) { return bound(*database_, run); };
  return {
      {"DescribeStream", operation(describe_stream)},
      {"GetRecords", operation(get_records)},
      {"GetShardIterator", operation(get_shard_iterator)},
      {"ListStreams", operation(list_streams)},
  };
}

abi::ScanResponse Service::scan(const core::Scope& scope, const abi::ScanRequest& request) {
  return dynamodb::scan(*database_, scope, request);
}

void Service::update_item(const core::Scope& scope, abi::UpdateItemRequest request) {
  dynamodb::update_item(*database_, scope, std::move(request));
}

std::vector<StreamRecord> Service::read_stream(const std::string& stream_arn,
                                               std::string_view after, std::size_t limit) const {
  const auto& stream = database_->streams.require(stream_arn);
  const auto last = sequence_of(after);
  const auto start = last ? *last + 1 : stream.oldest_sequence;
  return database_->streams.read(stream, start, limit, std::numeric_limits<std::size_t>::max());
}

std::string Service::latest_sequence_number(const std::string& stream_arn) const {
  const auto& stream = database_->streams.require(stream_arn);
  if (stream.next_sequence == stream.first_sequence) return "";
  return sequence_text(stream.next_sequence - 1);
}

bool Service::stream_exists(const std::string& stream_arn) const {
  return database_->streams.find(stream_arn) != nullptr;
}

std::string Service::partition_key(const core::Scope& scope, const std::string& table) const {
  const Table* found = database_->tables.find(scope, table);
  return found ? found->definition.keys.hash.name : "";
}

void Service::on_stream_records(std::function<void(const std::string&)> listener) {
  database_->streams.listen(std::move(listener));
}

}  // namespace votemu::dynamodb
