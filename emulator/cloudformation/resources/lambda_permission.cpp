// AWS::Lambda::Permission
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

class Permission final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, replacing_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    constexpr std::size_t longest_statement_id = 100;
    const std::string id = context.generated_name(longest_statement_id);
    Json members = members_from(properties, replacing_);
    members["StatementId"] = id;
    context.call(context.services.lambda, "AddPermission", members);
    return {id, {{"Id", id}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext&, const ResourceState& old, const Json&) const override {
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    try {
      context.call(context.services.lambda, "RemovePermission",
                   {{"FunctionName", text_property(state.properties, "FunctionName")},
                    {"StatementId", state.physical_id}});
    } catch (const core::AwsError& error) {
      if (error.code() != "ResourceNotFoundException") throw;  // it went with its function
    }
  }

 private:
  std::vector<std::string> replacing_{"Action",
                                      "EventSourceToken",
                                      "FunctionName",
                                      "FunctionUrlAuthType",
                                      "InvokedViaFunctionUrl",
                                      "Principal",
                                      "PrincipalOrgID",
                                      "SourceAccount",
                                      "SourceArn"};
};

}  // namespace

std::unique_ptr<ResourceType> lambda_permission() {
  return std::make_unique<Permission>();
}

}  // namespace votemu::cloudformation
