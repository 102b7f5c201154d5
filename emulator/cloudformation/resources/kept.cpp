#include "cloudformation/resources/kept.h"

#include <utility>

namespace votemu::cloudformation {
namespace {

class KeptType final : public ResourceType {
 public:
  KeptType(std::vector<std::string> replacing,
           Made (*identify)(const ResourceContext&, const Json&))
      : replacing_(std::move(replacing)), identify_(identify) {}

  Made create(const ResourceContext& context, const Json& properties) const override {
    return identify_(context, properties);
  }
  const std::vector<std::string>& replacing_properties() const override { return replacing_; }
  Made update(const ResourceContext&, const ResourceState& old, const Json&) const override {
    return {old.physical_id, old.attributes};
  }
  void remove(const ResourceContext&, const ResourceState&) const override {}

 private:
  std::vector<std::string> replacing_;
  Made (*identify_)(const ResourceContext&, const Json&);
};

}  // namespace

std::unique_ptr<ResourceType> kept_type(std::vector<std::string> replacing_properties,
                                        Made (*identify)(const ResourceContext&, const Json&)) {
  return std::make_unique<KeptType>(std::move(replacing_properties), identify);
}

Made named_only(const ResourceContext& context, const Json&) {
  return {context.generated_name()};
}

}  // namespace votemu::cloudformation
