#include "app/start_text.h"

#include <algorithm>
#include <filesystem>

#include "app/root_credentials.h"
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

// How clients come to trust the certificate.
std::string trust(const Config& config, const std::string& url) {
  if (!config.tls_certificate_file.empty()) return "certificate " + config.tls_certificate_file;
  if (config.store.durability == core::Durability::memory) {
    return "to trust it: curl -s " + url +
           "/_votemu/ca.pem > votemu-ca.pem; export NODE_EXTRA_CA_CERTS=$PWD/votemu-ca.pem";
  }
  const auto directory = std::filesystem::absolute(config.store.data_directory);
  return "to trust it: export NODE_EXTRA_CA_CERTS=" +
         (directory / "ca.pem").lexically_normal().string();
}

// "" where policies are not looked at.
std::string policies(authorization::Mode mode) {
  switch (mode) {
    case authorization::Mode::off:
      return "";
    case authorization::Mode::warn:
      return "  IAM        what policies would deny is let through and logged\n";
    default:
      return "  IAM        enforced; the account's own access key is " +
             std::string(root_access_key) + " with the secret " +
             std::string(root_secret_access_key) + "\n";
  }
}

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

// "" where nobody else can reach it.
std::string openness(const Config& config) {
  if (std::ranges::all_of(config.hosts, is_loopback)) return "";
  return "  Warning    listens on " + joined(config.hosts) +
         ": whoever reaches this machine over the network may call it" +
         (config.iam == authorization::Mode::enforce ? "" : " with any credentials") + "\n";
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
  text += "  TLS        https:// and wss:// on the same port; " + trust(config, url) + "\n";
  text += "  AWS APIs   AWS_ENDPOINT_URL=" + url +
          (config.iam == authorization::Mode::enforce ? "" : " with any credentials") +
          ": API Gateway, CloudFormation, Cognito, DynamoDB and its "
          "Streams, IAM, IoT, Lambda, Logs, S3, SQS, STS\n";
  text += policies(config.iam);
  text += openness(config);
  text += "  health     " + url + "/_votemu/health\n";
  if (takes_votes(inventory)) {
    const std::string votes = url + inventory.api_url_path + "/votes";
    text += "Try it:\n  curl -d '{\"id\":\"dog\"}' " + votes + "\n  curl " + votes + "\n";
  }
  return text + "Ready.\n";
}

}  // namespace votemu::app
