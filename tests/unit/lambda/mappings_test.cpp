#include "tests/unit/lambda/lambda_fixture.h"

namespace votemu::lambda {
namespace {

using core::Json;

constexpr const char* queue = "arn:aws:sqs:us-east-1:000000000000:votes";
constexpr const char* stream =
    "arn:aws:dynamodb:us-east-1:000000000000:table/votes/stream/2025-05-22T07:39:29.874";

class MappingsTest : public LambdaTest {
 protected:
  void SetUp() override { create("f", "echo"); }
  static Json mapping(const char* source, const Json& more = Json::object()) {
    Json request = {{"FunctionName", "f"}, {"EventSourceArn", source}};
    request.update(more);
    return request;
  }
  std::string refusal(const char* source, const Json& more) {
    return error_of("CreateEventSourceMapping", mapping(source, more));
  }
};

TEST_F(MappingsTest, MapsAQueue) {
  const Json created = call("CreateEventSourceMapping", mapping(queue));
  EXPECT_EQ(created["State"], "Creating");
  EXPECT_EQ(created["StateTransitionReason"], "USER_INITIATED");
  EXPECT_EQ(created["BatchSize"], 10);
  EXPECT_EQ(created["MaximumBatchingWindowInSeconds"], 0);
  EXPECT_EQ(created["FunctionResponseTypes"], Json::array());
  EXPECT_EQ(created["FunctionArn"], "arn:aws:lambda:us-east-1:000000000000:function:f");
  EXPECT_FALSE(created.contains("LastProcessingResult"));
  EXPECT_FALSE(created.contains("CreatedAt"));
  const Json found = call("GetEventSourceMapping", {{"UUID", created["UUID"]}});
  EXPECT_EQ(found["State"], "Enabled");

  const auto mappings = service_->event_source_mappings();
  ASSERT_EQ(mappings.size(), 1U);
  EXPECT_EQ(mappings[0].function_name, "f");
  EXPECT_EQ(mappings[0].event_source_arn, queue);
  EXPECT_EQ(mappings[0].batch_size, 10);
  EXPECT_TRUE(mappings[0].enabled);
}

TEST_F(MappingsTest, MapsAStream) {
  const Json created =
      call("CreateEventSourceMapping",
           mapping(stream, {{"StartingPosition", "TRIM_HORIZON"},
                            {"MaximumRetryAttempts", 2},
                            {"BisectBatchOnFunctionError", true},
                            {"FunctionResponseTypes", {"ReportBatchItemFailures"}},
                            {"DestinationConfig", {{"OnFailure", {{"Destination", queue}}}}}}));
  EXPECT_EQ(created["StateTransitionReason"], "User action");
  EXPECT_EQ(created["BatchSize"], 100);
  EXPECT_EQ(created["LastProcessingResult"], "No records processed");
  EXPECT_EQ(created["MaximumRecordAgeInSeconds"], -1);
  EXPECT_EQ(created["ParallelizationFactor"], 1);
  EXPECT_EQ(created["TumblingWindowInSeconds"], 0);

  const EventSourceMapping seen = service_->event_source_mappings().at(0);
  EXPECT_EQ(seen.starting_position, "TRIM_HORIZON");
  EXPECT_EQ(seen.maximum_retry_attempts, 2);
  EXPECT_TRUE(seen.bisect_batch_on_function_error);
  EXPECT_TRUE(seen.report_batch_item_failures);
  EXPECT_EQ(seen.on_failure_destination_arn, queue);
  EXPECT_EQ(seen.created_at_ms, core_.clock.now_ms());

  service_->set_last_processing_result(seen.uuid, "PROBLEM: Function call failed");
  EXPECT_EQ(call("GetEventSourceMapping", {{"UUID", seen.uuid}})["LastProcessingResult"],
            "PROBLEM: Function call failed");
}

TEST_F(MappingsTest, ALargeBatchNeedsAWindow) {
  const std::string text =
      "InvalidParameterValueException 400: Maximum batch window in seconds must be greater than 0 "
      "if maximum batch size is greater than 10";
  EXPECT_EQ(refusal(queue, {{"BatchSize", 11}}), text);
  const Json created =
      call("CreateEventSourceMapping",
           mapping(queue, {{"BatchSize", 11}, {"MaximumBatchingWindowInSeconds", 1}}));
  EXPECT_EQ(created["BatchSize"], 11);
  EXPECT_EQ(error_of("UpdateEventSourceMapping",
                     {{"UUID", created["UUID"]}, {"MaximumBatchingWindowInSeconds", 0}}),
            text);
  EXPECT_EQ(service_->event_source_mappings().at(0).maximum_batching_window_s, 1);
}

TEST_F(MappingsTest, RefusesADuplicate) {
  const Json first = call("CreateEventSourceMapping", mapping(queue));
  EXPECT_EQ(refusal(queue, Json::object()),
            "ResourceConflictException 409: An event source mapping with SQS arn (\" " +
                std::string(queue) +
                " \") and function (\" f \") already exists. Please update or delete the existing "
                "mapping with UUID " +
                first["UUID"].get<std::string>());
  const Json at_latest = {{"StartingPosition", "LATEST"}};
  const Json second = call("CreateEventSourceMapping", mapping(stream, at_latest));
  EXPECT_EQ(refusal(stream, at_latest),
            "ResourceConflictException 409: The event source arn (\" " + std::string(stream) +
                " \") and function (\" f \") provided mapping already exists. Please update or "
                "delete the existing mapping with UUID " +
                second["UUID"].get<std::string>());
}

TEST_F(MappingsTest, RefusesWhatCannotBeMapped) {
  EXPECT_EQ(error_of("CreateEventSourceMapping", {{"FunctionName", "f"}}),
            "InvalidParameterValueException 400: Unrecognized event source.");
  EXPECT_EQ(refusal("queue", Json::object()).substr(0, 23), "ValidationException 400");
  EXPECT_NE(refusal("arn:aws:sns:us-east-1:000000000000:t", Json::object())
                .find("Unrecognized event source, must be kinesis, dynamodb stream or sqs."),
            std::string::npos);
  EXPECT_EQ(refusal(stream, Json::object()),
            "InvalidParameterValueException 400: 1 validation error detected: Value null at "
            "'startingPosition' failed to satisfy constraint: Member must not be null.");
  EXPECT_NE(refusal(queue, {{"BatchSize", 0}}).find("Value '0' at 'batchSize' failed"),
            std::string::npos);
  EXPECT_NE(refusal(queue, {{"MaximumBatchingWindowInSeconds", 301}}).find("equal to 300"),
            std::string::npos);
  Json unknown = mapping(queue);
  unknown["FunctionName"] = "nobody";
  EXPECT_EQ(error_of("CreateEventSourceMapping", unknown),
            "InvalidParameterValueException 400: Function does not exist");
  for (const Json& pattern : {Json("text"), Json("{\"a\":\"b\"}"), Json("{"), Json(nullptr)}) {
    EXPECT_EQ(refusal(queue, {{"FilterCriteria", {{"Filters", {{{"Pattern", pattern}}}}}}}),
              "InvalidParameterValueException 400: Invalid filter pattern definition.");
  }
  EXPECT_TRUE(service_->event_source_mappings().empty());
}

TEST_F(MappingsTest, AsksWhetherTheSourceExists) {
  service_->check_event_sources_with([](const EventSourceUse& use) {
    EXPECT_EQ(use.function_name, "f");
    throw core::AwsError("InvalidParameterValueException", "Stream not found: " + use.source_arn);
  });
  EXPECT_EQ(refusal(queue, Json::object()),
            "InvalidParameterValueException 400: Stream not found: " + std::string(queue));
  EXPECT_TRUE(service_->event_source_mappings().empty());
}

TEST_F(MappingsTest, TellsOfEveryChange) {
  int changes = 0;
  service_->on_mappings_changed([&] { ++changes; });
  const Json uuid = call("CreateEventSourceMapping", mapping(queue))["UUID"];
  EXPECT_EQ(changes, 1);
  EXPECT_EQ(call("UpdateEventSourceMapping", {{"UUID", uuid}, {"Enabled", false}})["State"],
            "Disabling");
  EXPECT_EQ(changes, 2);
  EXPECT_FALSE(service_->event_source_mappings().at(0).enabled);
  EXPECT_EQ(call("UpdateEventSourceMapping", {{"UUID", uuid}, {"Enabled", true}})["State"],
            "Enabling");
  EXPECT_EQ(call("UpdateEventSourceMapping", {{"UUID", uuid}, {"BatchSize", 5}})["State"],
            "Updating");
  EXPECT_EQ(call("DeleteEventSourceMapping", {{"UUID", uuid}})["State"], "Deleting");
  EXPECT_EQ(changes, 5);
  EXPECT_EQ(error_of("GetEventSourceMapping", {{"UUID", uuid}}),
            "ResourceNotFoundException 404: The resource you requested does not exist.");
}

TEST_F(MappingsTest, ListsMappings) {
  create("g", "echo");
  call("CreateEventSourceMapping", mapping(queue));
  call("CreateEventSourceMapping", mapping(stream, {{"StartingPosition", "LATEST"}}));
  Json other = mapping(queue);
  other["FunctionName"] = "g";
  call("CreateEventSourceMapping", other);
  const auto count = [&](const Json& request) {
    return call("ListEventSourceMappings", request)["EventSourceMappings"].size();
  };
  EXPECT_EQ(count(Json::object()), 3U);
  EXPECT_EQ(count({{"FunctionName", "f"}}), 2U);
  EXPECT_EQ(count({{"EventSourceArn", queue}}), 2U);
  const Json page = call("ListEventSourceMappings", {{"MaxItems", 2}});
  EXPECT_EQ(count({{"MaxItems", 2}, {"Marker", page["NextMarker"]}}), 1U);
}

TEST_F(MappingsTest, ARestartFindsMappings) {
  call("CreateEventSourceMapping",
       mapping(queue, {{"Enabled", false},
                       {"FilterCriteria", {{"Filters", {{{"Pattern", "{\"a\":[1]}"}}}}}}}));
  core_.finish_turn();
  restart();
  const EventSourceMapping seen = service_->event_source_mappings().at(0);
  EXPECT_FALSE(seen.enabled);
  EXPECT_EQ(seen.filter_criteria["Filters"][0]["Pattern"], "{\"a\":[1]}");
}

}  // namespace
}  // namespace votemu::lambda
