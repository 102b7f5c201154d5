#include "app/config.h"

#include <gtest/gtest.h>

#include <vector>

namespace votemu::app {
namespace {

CommandLine parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "votemu");
  return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

TEST(ConfigTest, HasDefaults) {
  const auto config = parse({}).config.value();
  EXPECT_EQ(config.port, 4566);
  EXPECT_EQ(config.store.data_directory, ".votemu");
  EXPECT_EQ(config.store.durability, core::Durability::os);
  EXPECT_EQ(config.hosts, (std::vector<std::string>{"127.0.0.1", "::1"}));
  EXPECT_FALSE(config.empty);
}

TEST(ConfigTest, ReadsOptions) {
  const auto config = parse({"--port", "0", "--host", "0.0.0.0", "--data-dir", "d", "--durability",
                             "disk", "--parameter", "A=1", "--parameter", "B=x=y"})
                          .config.value();
  EXPECT_EQ(config.port, 0);
  EXPECT_EQ(config.hosts, std::vector<std::string>{"0.0.0.0"});
  EXPECT_EQ(config.store.data_directory, "d");
  EXPECT_EQ(config.store.durability, core::Durability::disk);
  EXPECT_EQ(config.parameters, (std::map<std::string, std::string>{{"A", "1"}, {"B", "x=y"}}));
}

TEST(ConfigTest, EphemeralWritesNothing) {
  EXPECT_EQ(parse({"--ephemeral"}).config.value().store.durability, core::Durability::memory);
}

TEST(ConfigTest, ReadsWhatTheCertificateIsFor) {
  const auto config = parse({"--hostname", "votes.test", "--hostname", "10.0.0.1"}).config.value();
  EXPECT_EQ(config.hostnames, (std::vector<std::string>{"votes.test", "10.0.0.1"}));
  const auto* file = "/dev/null";
  const auto own = parse({"--tls-cert", file, "--tls-key", file}).config.value();
  EXPECT_EQ(own.tls_certificate_file, file);
  EXPECT_EQ(own.tls_key_file, file);
}

TEST(ConfigTest, ReadsWhosePagesMayCall) {
  const auto config = parse({"--cors-allow-origin", "https://app.example.com:8443",
                             "--cors-allow-origin", "null", "--cors-allow-origin", "*"})
                          .config.value();
  EXPECT_EQ(config.cors_allow_origins,
            (std::vector<std::string>{"https://app.example.com:8443", "null", "*"}));
}

TEST(ConfigTest, RefusesWhatItDoesNotKnow) {
  for (const auto& arguments : std::vector<std::vector<const char*>>{
           {"--nonsense"},
           {"--port", "70000"},
           {"--durability", "maybe"},
           {"--parameter", "novalue"},
           {"--hostname", "http://votes.test"},
           {"--hostname", "a b"},
           {"--tls-cert", "/dev/null"},
           {"--tls-key", "/dev/null"},
           {"--tls-cert", "no-such-file", "--tls-key", "/dev/null"},
           {"--cors-allow-origin", "app.example.com"},
           {"--cors-allow-origin", "https://app.example.com/page"},
           {"--cors-allow-origin", "https://*.example.com"},
           {"--cors-allow-origin", ""},
           {"--template", "no-such-file"}}) {
    const auto parsed = parse(arguments);
    EXPECT_FALSE(parsed.config) << arguments[0];
    EXPECT_EQ(parsed.exit_status, 1) << arguments[0];
  }
}

TEST(ConfigTest, HelpIsNotAnError) {
  const auto parsed = parse({"--help"});
  EXPECT_FALSE(parsed.config);
  EXPECT_EQ(parsed.exit_status, 0);
}

}  // namespace
}  // namespace votemu::app
