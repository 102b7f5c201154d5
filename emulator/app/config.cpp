#include "app/config.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/origin_policy.h"
#include "app/version.h"
#include "certificates/host_names.h"

namespace votemu::app {
namespace {

const std::map<std::string, core::Durability> durabilities = {{"os", core::Durability::os},
                                                              {"disk", core::Durability::disk}};
const std::map<std::string, core::LogLevel> log_levels = {{"debug", core::LogLevel::debug},
                                                          {"info", core::LogLevel::info},
                                                          {"warn", core::LogLevel::warn},
                                                          {"error", core::LogLevel::error}};

const std::map<std::string, authorization::Mode> iam_modes = {
    {"off", authorization::Mode::off},
    {"warn", authorization::Mode::warn},
    {"enforce", authorization::Mode::enforce}};

std::map<std::string, std::string> parse_parameters(const std::vector<std::string>& assignments) {
  std::map<std::string, std::string> parameters;
  for (const auto& assignment : assignments) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw CLI::ValidationError("--parameter", "expects Name=Value, not " + assignment);
    }
    parameters[assignment.substr(0, equals)] = assignment.substr(equals + 1);
  }
  return parameters;
}

std::string host_name(const std::string& name) {
  return certificates::is_host_name(name) ? "" : name + " is neither a host name nor an address";
}

std::string origin(const std::string& text) {
  return is_origin_option(text)
             ? ""
             : text + " is not an origin, as https://app.example.com:8443 is, nor * or null";
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  Config config;
  bool ephemeral = false;
  std::string durability = "os";
  std::string log_level = "warn";
  std::string iam = "off";
  std::vector<std::string> assignments;

  CLI::App cli("votemu: the AWS services of an event-driven serverless application, on one port");
  cli.set_version_flag("--version", "votemu " + std::string(version));
  cli.add_option("--port", config.port, "Port to listen on; 0 takes a free one")
      ->capture_default_str();
  cli.add_option("--host", config.hosts, "Addresses to listen on (default: 127.0.0.1 and ::1)");
  cli.add_option("--data-dir", config.store.data_directory, "Where state is kept")
      ->capture_default_str();
  cli.add_option("--hostname", config.hostnames,
                 "A further name, or *.NAME for those below it, under which votemu is called and "
                 "that its TLS certificate is for; repeatable")
      ->type_name("NAME")
      ->check(host_name);
  cli.add_option("--cors-allow-origin", config.cors_allow_origins,
                 "An origin whose pages may call votemu beside those of this machine, as "
                 "https://app.example.com; repeatable; * for all, null for files")
      ->type_name("ORIGIN")
      ->check(origin);
  auto* certificate = cli.add_option("--tls-cert", config.tls_certificate_file,
                                     "Serve TLS with this certificate and chain (PEM)")
                          ->check(CLI::ExistingFile);
  auto* key = cli.add_option("--tls-key", config.tls_key_file, "The key of --tls-cert (PEM)")
                  ->check(CLI::ExistingFile)
                  ->needs(certificate);
  certificate->needs(key);
  cli.add_flag("--ephemeral", ephemeral, "Keep everything in memory and write nothing");
  cli.add_option(
         "--durability", durability,
         "os: survives the death of the process; disk: one fsync a turn, survives power loss")
      ->check(CLI::IsMember({"os", "disk"}))
      ->capture_default_str();
  cli.add_option("--template", config.template_file, "Deploy this SAM or CloudFormation template")
      ->check(CLI::ExistingFile);
  cli.add_option("--parameter", assignments,
                 "Name=Value for a parameter of the template; repeatable")
      ->type_name("NAME=VALUE");
  cli.add_option("--stack-name", config.stack_name, "Name of the stack (default: voting-app)");
  cli.add_flag("--empty", config.empty, "Deploy nothing")->excludes("--template");
  cli.add_option("--iam", iam,
                 "enforce: signatures are verified and policies evaluated; warn: what would be "
                 "denied is logged")
      ->check(CLI::IsMember({"off", "warn", "enforce"}))
      ->capture_default_str();
  cli.add_option("--log-level", log_level, "Least severe lines on stderr")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
  try {
    cli.parse(argc, argv);
    config.parameters = parse_parameters(assignments);
  } catch (const CLI::Success& asked_for) {  // --help, --version
    return {std::nullopt, cli.exit(asked_for)};
  } catch (const CLI::ParseError& error) {
    std::cerr << "votemu: " << error.what() << " (see votemu --help)\n";
    return {std::nullopt, 1};
  }
  config.store.durability = durabilities.at(durability);
  config.log_level = log_levels.at(log_level);
  config.iam = iam_modes.at(iam);
  if (ephemeral) config.store.durability = core::Durability::memory;
  return {std::move(config), 0};
}

}  // namespace votemu::app
