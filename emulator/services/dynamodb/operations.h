// Every operation of the two APIs, a function each. All throw AwsError and have changed nothing
// then. Those that answer much, or are called most, answer with JSON text.
#pragma once

#include "core/operation.h"
#include "handlers/abi/clients.h"
#include "services/dynamodb/database.h"

namespace votemu::dynamodb {

using core::Json;
using core::RequestContext;

// Tables
Json create_table(Database& database, const RequestContext& context, const Json& request);
Json delete_table(Database& database, const RequestContext& context, const Json& request);
Json describe_table(Database& database, const RequestContext& context, const Json& request);
Json list_tables(Database& database, const RequestContext& context, const Json& request);
Json update_table(Database& database, const RequestContext& context, const Json& request);
Json tag_resource(Database& database, const RequestContext& context, const Json& request);
Json untag_resource(Database& database, const RequestContext& context, const Json& request);
Json list_tags_of_resource(Database& database, const RequestContext& context, const Json& request);

// What votemu has no part in, told as AWS tells it when it is off.
Json describe_time_to_live(Database& database, const RequestContext& context, const Json& request);
Json describe_continuous_backups(Database& database, const RequestContext& context,
                                 const Json& request);
Json describe_limits(Database& database, const RequestContext& context, const Json& request);
Json describe_endpoints(Database& database, const RequestContext& context, const Json& request);

// Items
Json put_item(Database& database, const RequestContext& context, const Json& request);
std::string get_item(Database& database, const RequestContext& context, const Json& request);
std::string update_item(Database& database, const RequestContext& context,
                        std::string_view request);
Json delete_item(Database& database, const RequestContext& context, const Json& request);
std::string query(Database& database, const RequestContext& context, const Json& request);
std::string scan(Database& database, const RequestContext& context, const Json& request);
Json batch_get_item(Database& database, const RequestContext& context, const Json& request);
Json batch_write_item(Database& database, const RequestContext& context, const Json& request);

// The same without JSON.
void update_item(Database& database, const core::Scope& scope, abi::UpdateItemRequest request);
abi::ScanResponse scan(Database& database, const core::Scope& scope,
                       const abi::ScanRequest& request);

// Streams
Json list_streams(Database& database, const RequestContext& context, const Json& request);
Json describe_stream(Database& database, const RequestContext& context, const Json& request);
Json get_shard_iterator(Database& database, const RequestContext& context, const Json& request);
Json get_records(Database& database, const RequestContext& context, const Json& request);

}  // namespace votemu::dynamodb
