// Buckets: their names, rows and settings.
//
// Names are unique within an account; a bucket remembers the region that it was made in and is
// reached from every one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/keys.h"
#include "core/operation.h"
#include "core/runtime.h"

namespace votemu::s3 {

enum class Versioning { never, enabled, suspended };

struct Bucket {
  std::string account;
  std::string name;
  std::string region;
  std::int64_t created_ms = 0;
  // What clients have set, by the setting's name: {"Versioning": {"Status": "Enabled"}}.
  core::Json settings = core::Json::object();

  Versioning versioning() const;
  std::string arn() const { return "arn:aws:s3:::" + name; }
};

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
bool is_bucket_name(std::string_view name);

// The beginning of the keys of what an account or a bucket has in a table.
core::Key key_in(core::Table table, const std::string& account);
core::Key key_in(core::Table table, const Bucket& bucket);

class Buckets {
 public:
  explicit Buckets(core::Store& store) : store_(store) {}

  std::optional<Bucket> find(const std::string& account, const std::string& name) const;
  // The one that the request's Bucket names. Throws NoSuchBucket.
  Bucket require(const core::RequestContext& context, const core::Json& request) const;
  void save(const Bucket& bucket);
  void erase(const Bucket& bucket);
  // By name.
  std::vector<Bucket> all(const std::string& account) const;

 private:
  core::Store& store_;
};

// {"ID": the account's canonical one}, as lists and ACLs tell whose something is.
core::Json owner(const std::string& account);

}  // namespace votemu::s3
