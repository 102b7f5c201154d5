// AWS::ApiGateway::Resource
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

class Resource final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, replacing_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    const Json made = context.call(context.services.apigateway, "CreateResource",
                                   {{"restApiId", text_property(properties, "RestApiId")},
                                    {"parentId", text_property(properties, "ParentId")},
                                    {"pathPart", text_property(properties, "PathPart")}});
    const std::string id = text_property(made, "id");
    return {id, {{"ResourceId", id}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext&, const ResourceState& old, const Json&) const override {
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.apigateway, "DeleteResource",
                 {{"restApiId", text_property(state.properties, "RestApiId")},
                  {"resourceId", state.physical_id}});
  }

 private:
  std::vector<std::string> replacing_{"ParentId", "PathPart", "RestApiId"};
};

}  // namespace

std::unique_ptr<ResourceType> api_gateway_resource() {
  return std::make_unique<Resource>();
}

}  // namespace votemu::cloudformation
