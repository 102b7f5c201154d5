#include "cloudformation/environment.h"

#include "cloudformation/conditions.h"
#include "cloudformation/parameters.h"

namespace votemu::cloudformation {

Environment make_environment(const Template& from, const StackIdentity& stack,
                             const std::map<std::string, std::string>& given_parameters) {
  Environment environment;
  environment.scope = stack.scope;
  environment.mappings = from.mappings;
  environment.parameters = parameter_values(from.parameters, given_parameters);
  auto& names = environment.parameters;
  names["AWS::AccountId"] = stack.scope.account;
  names["AWS::NotificationARNs"] = core::Json::array();
  names["AWS::Partition"] = "aws";
  names["AWS::Region"] = stack.scope.region;
  names["AWS::StackId"] = stack.id;
  names["AWS::StackName"] = stack.name;
  names["AWS::URLSuffix"] = "amazonaws.com";
  environment.conditions = decide_conditions(from.conditions, environment);
  return environment;
}

}  // namespace votemu::cloudformation
