// AWS::ApiGateway::RestApi, with or without an OpenAPI document.
#include "cloudformation/document.h"
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

bool has_document(const Json& properties) {
  return properties.contains("Body") || properties.contains("BodyS3Location");
}

// The document of the template, or the one in S3, which is JSON or YAML.
Json document_of(const ResourceContext& context, const Json& properties) {
  if (properties.contains("Body")) return properties["Body"];
  const Json& location = properties["BodyS3Location"];
  Json request{{"Bucket", text_property(location, "Bucket")},
               {"Key", text_property(location, "Key")}};
  if (location.is_object() && location.contains("Version")) {
    request["VersionId"] = text_property(location, "Version");
  }
  const Json object = context.call(context.services.s3, "GetObject", request);
  return parse_document(text_property(object, "Body")).root;
}

// The resource's own name goes before the document's title, which is what the import calls the API.
Json import_members(const ResourceContext& context, const Json& properties) {
  Json body = document_of(context, properties);
  if (!body.is_object()) throw core::validation_error("Body must be an OpenAPI document");
  if (properties.contains("Name")) body["info"]["title"] = properties["Name"];
  if (properties.contains("Description")) body["info"]["description"] = properties["Description"];
  if (properties.contains("BinaryMediaTypes") &&
      !body.contains("x-amazon-apigateway-binary-media-types")) {
    body["x-amazon-apigateway-binary-media-types"] = properties["BinaryMediaTypes"];
  }
  Json members{{"body", std::move(body)}};
  members.update(members_from(
      properties, {{"Parameters", "parameters"}, {"FailOnWarnings", "failOnWarnings"}}));
  return members;
}

Json create_members(const Json& properties) {
  Json members =
      members_from(properties, {{"Name", "name"},
                                {"Description", "description"},
                                {"BinaryMediaTypes", "binaryMediaTypes"},
                                {"MinimumCompressionSize", "minimumCompressionSize"},
                                {"ApiKeySourceType", "apiKeySource"},
                                {"DisableExecuteApiEndpoint", "disableExecuteApiEndpoint"}});
  if (properties.contains("Tags")) members["tags"] = tag_map(properties);
  return members;
}

class RestApi final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
    if (properties.contains("CloneFrom")) {
      throw core::validation_error("CloneFrom is not supported: use Body");
    }
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    const auto& service = context.services.apigateway;
    const Json made =
        has_document(properties)
            ? context.call(service, "ImportRestApi", import_members(context, properties))
            : context.call(service, "CreateRestApi", create_members(properties));
    const std::string id = text_property(made, "id");
    return {id, {{"RestApiId", id}, {"RootResourceId", text_property(made, "rootResourceId")}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    Json members{{"restApiId", old.physical_id}};
    if (has_document(properties)) {
      members.update(import_members(context, properties));
      const std::string mode = text_property(properties, "Mode");
      members["mode"] = mode.empty() ? "overwrite" : mode;
      context.call(context.services.apigateway, "PutRestApi", members);
    } else {
      members["patchOperations"] = patches(old.properties, properties);
      context.call(context.services.apigateway, "UpdateRestApi", members);
    }
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.apigateway, "DeleteRestApi", {{"restApiId", state.physical_id}});
  }

 private:
  static Json patches(const Json& before, const Json& properties) {
    Json operations = Json::array();
    for (const auto& [property, path] :
         {Renamed{"Name", "/name"}, Renamed{"Description", "/description"}}) {
      if (!differs(before, properties, property)) continue;
      operations.push_back(
          {{"op", "replace"}, {"path", path}, {"value", text_property(properties, property)}});
    }
    return operations;
  }

  std::vector<std::string> known_{"ApiKeySourceType",
                                  "BinaryMediaTypes",
                                  "Body",
                                  "BodyS3Location",
                                  "CloneFrom",
                                  "Description",
                                  "DisableExecuteApiEndpoint",
                                  "EndpointConfiguration",
                                  "FailOnWarnings",
                                  "MinimumCompressionSize",
                                  "Mode",
                                  "Name",
                                  "Parameters",
                                  "Policy",
                                  "Tags"};
  std::vector<std::string> replacing_;
};

}  // namespace

std::unique_ptr<ResourceType> api_gateway_rest_api() {
  return std::make_unique<RestApi>();
}

}  // namespace votemu::cloudformation
