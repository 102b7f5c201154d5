// AWS::S3::BucketPolicy
#include "cloudformation/resources/types.h"
#include "core/json.h"

namespace votemu::cloudformation {
namespace {

class BucketPolicy final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, {"Bucket", "PolicyDocument"});
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    put(context, properties);
    return {text_property(properties, "Bucket")};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    put(context, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.s3, "DeleteBucketPolicy",
                 {{"Bucket", text_property(state.properties, "Bucket")}});
  }

 private:
  static void put(const ResourceContext& context, const Json& properties) {
    const auto document = properties.find("PolicyDocument");
    const std::string policy = document == properties.end() ? "" : core::dump_json(*document);
    context.call(context.services.s3, "PutBucketPolicy",
                 {{"Bucket", text_property(properties, "Bucket")}, {"Policy", policy}});
  }

  std::vector<std::string> replacing_{"Bucket"};
};

}  // namespace

std::unique_ptr<ResourceType> s3_bucket_policy() {
  return std::make_unique<BucketPolicy>();
}

}  // namespace votemu::cloudformation
