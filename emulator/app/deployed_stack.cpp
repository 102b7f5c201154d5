#include "app/deployed_stack.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "app/voting_template.h"

namespace votemu::app {
namespace {

std::string read_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw cloudformation::TemplateError(name + ": cannot be read");
  return text;
}

cloudformation::Deployment deployment_of(const Config& config, std::uint16_t port) {
  cloudformation::Deployment deployment;
  deployment.stack_name = config.stack_name.empty() ? "voting-app" : config.stack_name;
  deployment.parameters = config.parameters;
  if (!config.template_file.empty()) {
    deployment.template_text = read_file(config.template_file);
    deployment.file_name = config.template_file;
    return deployment;
  }
  deployment.template_text = std::string(voting_template());
  deployment.file_name = "voting-app/template.yaml";
  deployment.parameters.try_emplace("IotEndpoint", "localhost:" + std::to_string(port));
  return deployment;
}

}  // namespace

std::string deploy_stack(const Config& config, std::uint16_t port, cloudformation::Stacks& stacks) {
  if (config.empty) return "";
  core::RequestContext context;
  context.host = "localhost:" + std::to_string(port);
  return stacks.deploy(context, deployment_of(config, port)).name;
}

}  // namespace votemu::app
