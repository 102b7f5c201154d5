#include "wire/query_services.h"

#include <array>

namespace votemu::wire {
namespace {

constexpr std::array services = {
    &cloudformation_query_service,
    &iam_query_service,
    &sqs_query_service,
    &sts_query_service,
};

const QueryService* find(std::string_view text, std::string_view QueryService::*member) {
  for (const auto service : services) {
    if (service().*member == text) return &service();
  }
  return nullptr;
}

}  // namespace

const QueryService* find_query_service(std::string_view name) {
  return find(name, &QueryService::name);
}

const QueryService* find_query_service_of_version(std::string_view version) {
  return find(version, &QueryService::version);
}

}  // namespace votemu::wire
