// AWS::ApiGateway::RestApi, with or without an OpenAPI document.
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

// The resource's own name goes before the document's title, which is what the import calls the API.
Json import_members(const Json& properties) {
  Json body = properties["Body"];
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
    if (properties.contains("BodyS3Location") || properties.contains("CloneFrom")) {
      throw core::validation_error("BodyS3Location and CloneFrom are not supported: use Body");
    }
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    const auto& service = context.services.apigateway;
    const Json made = properties.contains("Body")
                          ? context.call(service, "ImportRestApi", import_members(properties))
                          : context.call(service, "CreateRestApi", create_members(properties));
    const std::string id = text_property(made, "id");
    return {id, {{"RestApiId", id}, {"RootResourceId", text_property(made, "rootResourceId")}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    Json members{{"restApiId", old.physical_id}};
    if (properties.contains("Body")) {
      members.update(import_members(properties));
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
