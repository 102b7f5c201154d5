// AWS::S3::Bucket
#include <algorithm>
#include <vector>

#include "cloudformation/resources/types.h"
#include "cloudformation/values.h"
#include "core/aws_error.h"
#include "core/text.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_bucket_name = 63;

// A property that is one of a bucket's settings, under the names of S3's API.
struct Setting {
  const char* property;
  const char* member;
  const char* put_operation;
  const char* delete_operation;
};
constexpr Setting settings[] = {
    {"OwnershipControls", "OwnershipControls", "PutBucketOwnershipControls",
     "DeleteBucketOwnershipControls"},
    {"PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration", "PutPublicAccessBlock",
     "DeletePublicAccessBlock"},
    {"BucketEncryption", "ServerSideEncryptionConfiguration", "PutBucketEncryption",
     "DeleteBucketEncryption"},
    {"VersioningConfiguration", "VersioningConfiguration", "PutBucketVersioning", ""},
    {"CorsConfiguration", "CORSConfiguration", "PutBucketCors", "DeleteBucketCors"},
    {"Tags", "Tagging", "PutBucketTagging", "DeleteBucketTagging"},
};

// CloudFormation's names for members that S3's API names otherwise, wherever they stand.
struct Spelling {
  const char* property;
  const char* member;
};
constexpr Spelling spellings[] = {
    {"ServerSideEncryptionConfiguration", "Rules"},
    {"ServerSideEncryptionByDefault", "ApplyServerSideEncryptionByDefault"},
    {"CorsRules", "CORSRules"},
    {"ExposedHeaders", "ExposeHeaders"},
    {"MaxAge", "MaxAgeSeconds"},
    {"Id", "ID"},
};

// A template's numbers and booleans may be text; depth is bounded by the template's.
Json respelled(const Json& value) {
  if (value == "true") return true;
  if (value == "false") return false;
  if (!value.is_structured()) return value;
  if (value.is_array()) {
    Json list = Json::array();
    for (const auto& element : value) list.push_back(respelled(element));
    return list;
  }
  Json structure = Json::object();
  for (const auto& [name, member] : value.items()) {
    const auto* spelling = std::ranges::find(spellings, name, &Spelling::property);
    structure[spelling == std::end(spellings) ? name : spelling->member] = respelled(member);
  }
  return structure;
}

Json setting_value(const Setting& setting, const Json& property) {
  if (std::string_view(setting.property) != "Tags") return respelled(property);
  Json tags = Json::array();
  for (const auto& tag : property) {
    tags.push_back({{"Key", text_property(tag, "Key")}, {"Value", text_property(tag, "Value")}});
  }
  return {{"TagSet", std::move(tags)}};
}

std::string bucket_name(const ResourceContext& context, const Json& properties) {
  std::string name = text_property(properties, "BucketName");
  if (!name.empty()) return name;
  name = context.generated_name(longest_bucket_name);
  std::transform(name.begin(), name.end(), name.begin(), core::to_lower);
  return name;
}

class Bucket final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    const std::string name = bucket_name(context, properties);
    refuse_existing(context, name);
    const std::string& region = context.request.scope.region;
    Json members{{"Bucket", name}};
    if (region != core::default_region) {
      members["CreateBucketConfiguration"] = {{"LocationConstraint", region}};
    }
    context.call(context.services.s3, "CreateBucket", members);
    change_settings(context, name, Json::object(), properties);
    const std::string regional = name + ".s3." + region + ".amazonaws.com";
    return {name,
            {{"Arn", "arn:aws:s3:::" + name},
             {"DomainName", name + ".s3.amazonaws.com"},
             {"DualStackDomainName", name + ".s3.dualstack." + region + ".amazonaws.com"},
             {"RegionalDomainName", regional},
             {"WebsiteURL", "http://" + name + ".s3-website-" + region + ".amazonaws.com"}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    change_settings(context, old.physical_id, old.properties, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.s3, "DeleteBucket", {{"Bucket", state.physical_id}});
  }

 private:
  // Creating one's own bucket again is no error in S3's first region, in a template it is.
  static void refuse_existing(const ResourceContext& context, const std::string& name) {
    try {
      context.call(context.services.s3, "HeadBucket", {{"Bucket", name}});
    } catch (const core::AwsError&) {
      return;
    }
    throw core::AwsError("BucketAlreadyExists", name + " already exists", 409);
  }

  static void change_settings(const ResourceContext& context, const std::string& name,
                              const Json& before, const Json& properties) {
    for (const auto& setting : settings) {
      if (!differs(before, properties, setting.property)) continue;
      const auto property = properties.find(setting.property);
      if (property != properties.end()) {
        context.call(context.services.s3, setting.put_operation,
                     {{"Bucket", name}, {setting.member, setting_value(setting, *property)}});
      } else if (*setting.delete_operation != '\0') {
        context.call(context.services.s3, setting.delete_operation, {{"Bucket", name}});
      } else {
        context.call(context.services.s3, setting.put_operation,
                     {{"Bucket", name}, {setting.member, {{"Status", "Suspended"}}}});
      }
    }
  }

  std::vector<std::string> known_{"AccelerateConfiguration",
                                  "AccessControl",
                                  "AnalyticsConfigurations",
                                  "BucketEncryption",
                                  "BucketName",
                                  "CorsConfiguration",
                                  "IntelligentTieringConfigurations",
                                  "InventoryConfigurations",
                                  "LifecycleConfiguration",
                                  "LoggingConfiguration",
                                  "MetricsConfigurations",
                                  "NotificationConfiguration",
                                  "ObjectLockConfiguration",
                                  "ObjectLockEnabled",
                                  "OwnershipControls",
                                  "PublicAccessBlockConfiguration",
                                  "ReplicationConfiguration",
                                  "Tags",
                                  "VersioningConfiguration",
                                  "WebsiteConfiguration"};
  std::vector<std::string> replacing_{"BucketName", "ObjectLockEnabled"};
};

}  // namespace

std::unique_ptr<ResourceType> s3_bucket() {
  return std::make_unique<Bucket>();
}

}  // namespace votemu::cloudformation
