// What CloudFormation knows of a type of resource: how one is made, changed and deleted through its
// service's AWS operations, and what Ref and Fn::GetAtt give.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/services.h"
#include "core/json.h"
#include "core/runtime.h"

namespace votemu::cloudformation {

using core::Json;

// Where the tags of a stack go in the properties of its resources: into a list of {"Key", "Value"},
// into a map, or nowhere.
enum class Tagging { none, list, map };

// The resource that is being worked on, and in whose name.
struct ResourceContext {
  core::Runtime& runtime;
  const Services& services;
  const core::RequestContext& request;
  const std::vector<std::string>& known_handlers;
  const std::string& stack_name;
  std::string logical_id;

  // Throws AwsError.
  Json call(const core::OperationTable& service, std::string_view operation,
            const Json& members) const;

  // STACK-LOGICALID-RANDOM, its first parts cut to fit. Where AWS gives no name of its own.
  std::string generated_name(std::size_t longest = 255) const;

  std::string arn(std::string_view service, std::string_view resource) const;
};

// What a type answers when it has made or changed a resource.
struct Made {
  std::string physical_id;
  Json attributes = Json::object();  // what Fn::GetAtt gives
};

// A resource as it is.
struct ResourceState {
  std::string physical_id;
  Json properties = Json::object();  // with all functions evaluated
  Json attributes = Json::object();
};

class ResourceType {
 public:
  virtual ~ResourceType() = default;

  // Throws AwsError or Problem when the properties cannot be right in this votemu. Also called for
  // resources that stay as they are.
  virtual void check(const ResourceContext&, const Json& /*properties*/) const {}

  virtual Made create(const ResourceContext& context, const Json& properties) const = 0;

  // Of the property "Tags": a stack's tags, and AWS's own `aws:cloudformation:…`, are among the
  // properties that the functions below are given.
  virtual Tagging tagging() const { return Tagging::none; }

  // Properties that cannot change in place: the resource is made anew and the old one deleted.
  virtual const std::vector<std::string>& replacing_properties() const = 0;

  // In place: none of replacing_properties() differs.
  virtual Made update(const ResourceContext& context, const ResourceState& old,
                      const Json& properties) const = 0;

  virtual void remove(const ResourceContext& context, const ResourceState& state) const = 0;

  // Follows a change of the host that votemu is reached at. True when something changed.
  virtual bool follow_host(const ResourceContext&, ResourceState&) const { return false; }
};

// A copy of some of the properties under the API's names, `{"TableName", "TableName"}`; absent ones
// are left out.
struct Renamed {
  const char* property;
  const char* member;
};
Json members_from(const Json& properties, std::initializer_list<Renamed> names);
Json members_from(const Json& properties, const std::vector<std::string>& names);

// Whether one of the properties differs.
bool differs(const Json& old_properties, const Json& properties, const std::string& name);

// Throws AwsError "Encountered unsupported property X" for one that is not in the list.
void refuse_unknown_properties(const Json& properties, const std::vector<std::string>& known);

// CloudFormation's [{"Key", "Value"}] as the map that some services want.
Json tag_map(const Json& properties);

// The property's text, or "" when there is none.
std::string text_property(const Json& properties, std::string_view name);

}  // namespace votemu::cloudformation
