// CloudFormation's API on services that write down what they are asked.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cloudformation/stacks.h"
#include "core/aws_error.h"
#include "tests/support/test_runtime.h"
#include "tests/unit/cloudformation/fake_services.h"

namespace votemu::cloudformation {

using core::Json;

inline constexpr auto queue_template =
    "Description: a queue\n"
    "Parameters:\n"
    "  Delay: {Type: Number, Default: 0}\n"
    "Resources:\n"
    "  Queue:\n"
    "    Type: AWS::SQS::Queue\n"
    "    Properties: {DelaySeconds: !Ref Delay}\n"
    "Outputs:\n"
    "  Url: {Value: !Ref Queue, Description: where it is}\n";

class ApiTest : public ::testing::Test {
 protected:
  Json call(const std::string& operation, const Json& request) {
    test.clock.advance(1'000);
    return core::call(test.store, stacks.operations(), operation, context, request);
  }

  // "Code: text"
  std::string error(const std::string& operation, const Json& request) {
    try {
      call(operation, request);
    } catch (const core::AwsError& failure) {
      return failure.code() + ": " + failure.message();
    }
    return "";
  }

  Json create(const std::string& text, Json more = Json::object(),
              const std::string& name = "app") {
    more["StackName"] = name;
    more["TemplateBody"] = text;
    return call("CreateStack", more);
  }

  Json update(const std::string& text, Json more = Json::object(),
              const std::string& name = "app") {
    more["StackName"] = name;
    more["TemplateBody"] = text;
    return call("UpdateStack", more);
  }

  Json stack(const std::string& name = "app") {
    return call("DescribeStacks", {{"StackName", name}})["Stacks"][0];
  }

  std::string status(const std::string& name = "app") {
    return stack(name)["StackStatus"].get<std::string>();
  }

  // "LOGICALID STATUS", oldest first.
  std::vector<std::string> events(const std::string& name = "app") {
    std::vector<std::string> lines;
    const Json list = call("DescribeStackEvents", {{"StackName", name}})["StackEvents"];
    for (auto event = list.rbegin(); event != list.rend(); ++event) {
      lines.push_back((*event)["LogicalResourceId"].get<std::string>() + " " +
                      (*event)["ResourceStatus"].get<std::string>());
    }
    return lines;
  }

  // Why the stack or resource came to have that status.
  std::string reason(const std::string& logical_id, const std::string& wanted,
                     const std::string& name = "app") {
    const Json list = call("DescribeStackEvents", {{"StackName", name}})["StackEvents"];
    for (const auto& event : list) {
      if (event["LogicalResourceId"] == logical_id && event["ResourceStatus"] == wanted) {
        return event.value("ResourceStatusReason", "");
      }
    }
    return "no such event";
  }

  // How many rows the fakes have written, for what a rollback leaves.
  int fake_rows() {
    int count = 0;
    for (auto row = test.store.scan("fake/"); row.valid(); row.next()) ++count;
    return count;
  }

  static Json parameters(std::initializer_list<std::pair<const char*, const char*>> values) {
    Json list = Json::array();
    for (const auto& [key, value] : values) {
      list.push_back({{"ParameterKey", key}, {"ParameterValue", value}});
    }
    return list;
  }

  test::TestRuntime test;
  FakeServices fake{test.store};
  Stacks stacks{test.runtime, fake.services, {}};
  core::RequestContext context;
};

}  // namespace votemu::cloudformation
