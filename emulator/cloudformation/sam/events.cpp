#include "cloudformation/sam/events.h"

#include <algorithm>
#include <array>

namespace votemu::cloudformation::sam {
namespace {

struct Event {
  const std::string& name;
  std::string logical_id;  // FUNCTION + EVENT
  const Json& properties;
};

const Json& required(const EventTarget& target, const Event& event, const char* name) {
  const Json* value = member(event.properties, name);
  if (value != nullptr) return *value;
  throw invalid_event(target.logical_id, event.name,
                      std::string("Missing required property '") + name + "'.");
}

std::string required_text(const EventTarget& target, const Event& event, const char* name) {
  const Json& value = required(target, event, name);
  if (value.is_string()) return value.get<std::string>();
  throw invalid_event(target.logical_id, event.name,
                      std::string("Property '") + name + "' should be a string.");
}

// ---- queues and streams ------------------------------------------------------------------------

struct SourceKind {
  const char* arn_property;
  const char* managed_policy;
};

constexpr std::array<const char*, 16> mapping_members{"BatchSize",
                                                      "BisectBatchOnFunctionError",
                                                      "DestinationConfig",
                                                      "Enabled",
                                                      "FilterCriteria",
                                                      "FunctionResponseTypes",
                                                      "KmsKeyArn",
                                                      "MaximumBatchingWindowInSeconds",
                                                      "MaximumRecordAgeInSeconds",
                                                      "MaximumRetryAttempts",
                                                      "MetricsConfig",
                                                      "ParallelizationFactor",
                                                      "ScalingConfig",
                                                      "StartingPosition",
                                                      "StartingPositionTimestamp",
                                                      "TumblingWindowInSeconds"};

// SAM's Type tells which policy the role needs; it is no part of the mapping.
void take_destination_type(const EventTarget& target, const Event& event, Json& mapping) {
  const auto config = mapping.find("DestinationConfig");
  if (config == mapping.end() || !config->is_object()) return;
  const auto on_failure = config->find("OnFailure");
  if (on_failure == config->end() || !on_failure->is_object()) return;
  const Json* type = member(*on_failure, "Type");
  if (type == nullptr) return;
  const bool is_queue = *type == "SQS";
  if (!is_queue && *type != "SNS" && *type != "S3" && *type != "Kafka") {
    throw invalid_event(target.logical_id, event.name,
                        "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'");
  }
  if (is_queue) {
    Json statement{{"Action", "sqs:SendMessage"},
                   {"Effect", "Allow"},
                   {"Resource", on_failure->value("Destination", Json())}};
    target.policies.inline_policies.push_back(
        {{"PolicyName", event.logical_id + "SQSPolicy"},
         {"PolicyDocument", {{"Statement", Json::array({std::move(statement)})}}}});
  }
  on_failure->erase("Type");
}

void expand_source(Build& build, const EventTarget& target, const Event& event,
                   const SourceKind& kind) {
  Json mapping{{"EventSourceArn", required(target, event, kind.arn_property)},
               {"FunctionName", ref(target.logical_id)}};
  for (const auto& [name, value] : event.properties.items()) {
    if (name == kind.arn_property) continue;
    const bool known =
        std::find(mapping_members.begin(), mapping_members.end(), name) != mapping_members.end();
    if (!known) {
      throw invalid_event(target.logical_id, event.name, "property " + name + " is not supported");
    }
    mapping[name] = value;
  }
  take_destination_type(target, event, mapping);
  target.policies.add_managed(managed_policy_arn(kind.managed_policy));
  build.add(event.logical_id,
            generated("AWS::Lambda::EventSourceMapping", std::move(mapping), target.source),
            target.logical_id);
}

// ---- APIs --------------------------------------------------------------------------------------

// The API's logical id, or "" when RestApiId is something that is not of this template.
std::string api_of(const EventTarget& target, const Event& event, const Apis& apis) {
  const Json* id = member(event.properties, "RestApiId");
  if (id == nullptr) return implicit_api_id;
  const Json* name = id->is_string() ? id : member(*id, "Ref");
  if (name == nullptr || !name->is_string()) return "";
  if (apis.contains(name->get<std::string>())) return name->get<std::string>();
  throw invalid_event(target.logical_id, event.name,
                      "RestApiId property of Api event must reference a valid resource in the same "
                      "template.");
}

// Path parameters match anything; API Gateway drops a slash at the end.
std::string path_pattern(std::string path) {
  if (path.size() > 1 && path.ends_with('/')) path.pop_back();
  std::string pattern;
  std::size_t begin = 0;
  for (auto open = path.find('{'); open != std::string::npos; open = path.find('{', begin)) {
    const auto close = path.find('}', open);
    if (close == std::string::npos) break;
    pattern += path.substr(begin, open - begin) + "*";
    begin = close + 1;
  }
  return pattern + path.substr(begin);
}

Json permission(const EventTarget& target, const Json& api_id, const std::string& method,
                const std::string& path) {
  std::string verb = method;
  std::transform(verb.begin(), verb.end(), verb.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (verb == "ANY") verb = "*";
  Json source =
      sub("arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/" + verb +
              path_pattern(path),
          {{"__ApiId__", api_id}, {"__Stage__", "*"}});
  return Json{{"Action", "lambda:InvokeFunction"},
              {"FunctionName", ref(target.logical_id)},
              {"Principal", "apigateway.amazonaws.com"},
              {"SourceArn", std::move(source)}};
}

void add_method(Api& api, const EventTarget& target, const Event& event, const std::string& method,
                const std::string& path) {
  const std::string name = swagger_method(method);
  Json& methods = api.body["paths"][path];
  if (methods.contains(name)) {
    throw invalid_event(
        target.logical_id, event.name,
        "API method \"" + name + "\" defined multiple times for path \"" + path + "\".");
  }
  Json definition = function_method(target.logical_id);
  if (const Json* timeout = member(event.properties, "TimeoutInMillis")) {
    definition["x-amazon-apigateway-integration"]["timeoutInMillis"] = *timeout;
  }
  methods[name] = std::move(definition);
  if (const Json* condition = member(target.source, "Condition");
      condition && condition->is_string()) {
    api.conditions[path][name] = condition->get<std::string>();
  }
  if (const Json* function_name = member(target.properties, "FunctionName")) {
    api.function_names.push_back(core::dump_json(*function_name));
  }
}

void expand_api_event(Build& build, Apis& apis, const EventTarget& target, const Event& event) {
  for (const auto& [name, value] : event.properties.items()) {
    if (name != "Path" && name != "Method" && name != "RestApiId" && name != "TimeoutInMillis") {
      throw invalid_event(target.logical_id, event.name, "property " + name + " is not supported");
    }
  }
  const std::string path = required_text(target, event, "Path");
  const std::string method = required_text(target, event, "Method");
  const std::string api_id = api_of(target, event, apis);
  Json stage_name = "AllStages";
  Json api_ref = event.properties.value("RestApiId", ref(implicit_api_id));
  if (!api_id.empty()) {
    Api& api = apis.at(api_id);
    stage_name = api.stage_name;
    if (api.managed) add_method(api, target, event, method, path);
  }
  build.add(permission_logical_id(event.logical_id, stage_name),
            generated("AWS::Lambda::Permission", permission(target, api_ref, method, path),
                      target.source),
            target.logical_id);
}

}  // namespace

void expand_events(Build& build, Apis& apis, const EventTarget& target, const Json& events) {
  if (!events.is_object()) {
    throw invalid(target.logical_id, "Property 'Events' should be a map.",
                  {"Properties", "Events"});
  }
  for (const auto& [name, definition] : events.items()) {
    const Json* type = member(definition, "Type");
    const Json* properties = member(definition, "Properties");
    if (type == nullptr || !type->is_string() || properties == nullptr ||
        !properties->is_object()) {
      throw invalid_event(target.logical_id, name, "It must have a Type and Properties.");
    }
    const Event event{name, target.logical_id + name, *properties};
    if (*type == "Api") {
      expand_api_event(build, apis, target, event);
    } else if (*type == "SQS") {
      expand_source(build, target, event, {"Queue", "AWSLambdaSQSQueueExecutionRole"});
    } else if (*type == "DynamoDB") {
      expand_source(build, target, event, {"Stream", "AWSLambdaDynamoDBExecutionRole"});
    } else {
      throw invalid_event(target.logical_id, name,
                          "Type " + type->get<std::string>() + " is not supported.");
    }
  }
}

bool needs_implicit_api(const Json& function) {
  const Json* properties = member(function, "Properties");
  const Json* events = properties == nullptr ? nullptr : member(*properties, "Events");
  if (events == nullptr || !events->is_object()) return false;
  return std::any_of(events->begin(), events->end(), [](const Json& event) {
    const Json* type = member(event, "Type");
    const Json* own = member(event, "Properties");
    return type != nullptr && *type == "Api" && own != nullptr &&
           member(*own, "RestApiId") == nullptr;
  });
}

}  // namespace votemu::cloudformation::sam
