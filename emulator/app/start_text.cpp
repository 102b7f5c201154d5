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

bool takes_votes(const DeployedStack& stack) {
  return std::find(stack.api_paths.begin(), stack.api_paths.end(), "POST /votes") !=
         stack.api_paths.end();
}

}  // namespace

std::string start_text(const Config& config, std::uint16_t port, const DeployedStack& stack) {
  const std::string authority = "localhost:" + std::to_string(port);
  const std::string url = "http://" + authority;
  std::string text = "votemu " + std::string(version) + ", state " + storage(config.store) + "\n";
  text += "Listening on " + url + "\n";
  if (!stack.name.empty()) {
    text += "  stack      " + stack.name + " in " + stack.region + ": " + joined(stack.functions) +
            "\n";
  }
  text += "  vote page  " + url + "/\n";
  if (!stack.api_id.empty()) {
    text += "  API        " + url + "/" + stack.api_stage + ": " + joined(stack.api_paths) + "\n";
  }
  text += "  MQTT       ws://" + authority + "/mqtt, topic " + stack.iot_topic + "\n";
  text += "  AWS APIs   AWS_ENDPOINT_URL=" + url +
          " with any credentials: API Gateway, DynamoDB and its Streams, IoT, Lambda, Logs, SQS\n";
  text += "  health     " + url + "/_votemu/health\n";
  if (takes_votes(stack)) {
    const std::string votes = url + "/" + stack.api_stage + "/votes";
    text += "Try it:\n  curl -d '{\"id\":\"dog\"}' " + votes + "\n  curl " + votes + "\n";
  }
  return text + "Ready.\n";
}

}  // namespace votemu::app
