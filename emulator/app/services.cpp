#include "app/services.h"

#include <utility>

#include "pipeline/in_process_aws.h"

namespace votemu::app {
namespace {

// How Lambda has code that lies in S3.
lambda::ObjectFetch object_fetch(s3::Service& s3) {
  const auto get = std::get<core::ImmediateOperation>(s3.operations().at("GetObject"));
  return [get](const core::RequestContext& context, const std::string& bucket,
               const std::string& key, const std::string& version) {
    core::Json request = {{"Bucket", bucket}, {"Key", key}};
    if (!version.empty()) request["VersionId"] = version;
    return get(context, request).at("Body").get<std::string>();
  };
}

}  // namespace

Services::Services(core::Runtime& runtime, authorization::Mode iam_mode,
                   std::vector<abi::NamedHandler> handlers)
    : signing_key(runtime.store, runtime.random),
      session_credentials(signing_key, runtime.random),
      dynamodb(runtime),
      sqs(runtime),
      iot(runtime),
      iam(runtime),
      authorization(runtime, {iam, dynamodb, lambda, s3, sqs}, iam_mode),
      sts(runtime, signing_key, iam.role_lookup(), authorization.role_trust()),
      cognito(runtime, signing_key, iam.role_lookup(), authorization.role_trust()),
      logs(runtime),
      s3(runtime),
      lambda(
          runtime, std::move(handlers),
          [this, &runtime](const core::Scope& scope, const std::string& function_name,
                           const std::string& role_arn) {
            return pipeline::in_process_clients(
                runtime.store, dynamodb, sqs, iot, scope, function_name, role_arn,
                authorization.authorizer_for_function(scope, role_arn, function_name));
          },
          [this](const core::Scope& scope, std::string_view group, std::string_view stream,
                 std::span<const std::string_view> messages) {
            logs.append(scope, group, stream, messages);
          }),
      apigateway(runtime),
      api_integration(runtime, apigateway, lambda),
      event_source_mappings(runtime, dynamodb, sqs, lambda,
                            [this](const core::Scope& scope, const std::string& role_arn,
                                   const std::string& function_name) {
                              return authorization.authorizer_for_function(scope, role_arn,
                                                                           function_name);
                            }) {
  lambda.fetch_objects_with(object_fetch(s3));
}

}  // namespace votemu::app
