// A store of objects in memory, called as other services would.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/aws_error.h"
#include "core/keys.h"
#include "core/operation.h"
#include "services/s3/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::s3 {

using core::Json;

struct S3Test : testing::Test {
  test::TestRuntime rt;
  Service service{rt.runtime};
  core::OperationTable operations = service.operations();
  core::RequestContext context;

  Json call(const std::string& name, const Json& request) {
    return core::call(rt.store, operations, name, context, request);
  }

  // "" when it is answered.
  std::string error_of(const std::string& name, const Json& request) {
    try {
      call(name, request);
    } catch (const core::AwsError& error) {
      return error.code();
    }
    return "";
  }
  std::string message_of(const std::string& name, const Json& request) {
    try {
      call(name, request);
    } catch (const core::AwsError& error) {
      return error.message();
    }
    return "";
  }

  void make_bucket(const std::string& name = "shelf") { call("CreateBucket", {{"Bucket", name}}); }
  void make_versioned_bucket(const std::string& name = "shelf") {
    make_bucket(name);
    set_versioning("Enabled", name);
  }
  void set_versioning(const std::string& status, const std::string& name = "shelf") {
    call("PutBucketVersioning",
         {{"Bucket", name}, {"VersioningConfiguration", {{"Status", status}}}});
  }
  Json put(const std::string& key, const std::string& body, Json more = Json::object()) {
    more.update({{"Bucket", "shelf"}, {"Key", key}, {"Body", body}});
    return call("PutObject", more);
  }
  std::string get(const std::string& key, const std::string& version_id = "") {
    Json request = {{"Bucket", "shelf"}, {"Key", key}};
    if (!version_id.empty()) request["VersionId"] = version_id;
    return call("GetObject", request)["Body"].get<std::string>();
  }
  // Rows of every kind but buckets'.
  std::size_t rows() {
    std::size_t count = 0;
    for (const auto table : {core::Table::s3_object, core::Table::s3_blob, core::Table::s3_chunk,
                             core::Table::s3_upload, core::Table::s3_part}) {
      for (auto row = rt.store.scan(core::Key(table)); row.valid(); row.next()) ++count;
    }
    return count;
  }
};

// The texts of a member of a list's elements.
inline std::vector<std::string> texts(const Json& list, const std::string& member) {
  std::vector<std::string> found;
  for (const auto& element : list) found.push_back(element.at(member).get<std::string>());
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace votemu::s3
