#include "app/start_text.h"

#include <algorithm>

#include "app/version.h"

namespace votemu::app {
namespace {

std::string storage(const core::StoreOptions& store) {
  if (store.durability == core::Durability::memory) return "in memory only";
  const bool disk = store.durability == core::Durability::disk;
  return "in " + store.data_directory + ", durability " + (disk ? "disk" : "os");
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

bool takes_votes(const Inventory& inventory) {
  return std::ranges::find(inventory.api_paths, "POST /votes") != inventory.api_paths.end();
}

}  // namespace

std::string start_text(const Config& config, std::uint16_t port, const std::string& stack,
                       const Inventory& inventory) {
  const std::string authority = "localhost:" + std::to_string(port);
  const std::string url = "http://" + authority;
  std::string text = "votemu " + std::string(version) + ", state " + storage(config.store) + "\n";
  text += "Listening on " + url + "\n";
  if (!stack.empty()) {
    text += "  stack      " + stack + " in " + std::string(core::default_region) + ": " +
            joined(inventory.functions) + "\n";
  }
  text += "  vote page  " + url + "/\n";
  if (!inventory.api_id.empty()) {
    text +=
        "  API        " + url + inventory.api_url_path + ": " + joined(inventory.api_paths) + "\n";
  }
  text += "  MQTT       ws://" + authority + "/mqtt, topic " + inventory.iot_topic + "\n";
  text += "  AWS APIs   AWS_ENDPOINT_URL=" + url +
          " with any credentials: API Gateway, CloudFormation, Cognito, DynamoDB and its "
          "Streams, IAM, IoT, Lambda, Logs, S3, SQS, STS\n";
  text += "  health     " + url + "/_votemu/health\n";
  if (takes_votes(inventory)) {
    const std::string votes = url + inventory.api_url_path + "/votes";
    text += "Try it:\n  curl -d '{\"id\":\"dog\"}' " + votes + "\n  curl " + votes + "\n";
  }
  return text + "Ready.\n";
}

}  // namespace votemu::app
