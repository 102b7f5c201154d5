#include "certificates/host_names.h"

#include <gtest/gtest.h>

namespace votemu::certificates {
namespace {

TEST(HostNames, AreDnsNamesAndAddresses) {
  for (const auto* name :
       {"localhost", "my-host", "host.docker.internal", "votes.example.com", "*.example.com", "a_b",
        "10.0.0.1", "fe80::1", "::1", "xn--bcher-kva.example", "1.example"}) {
    EXPECT_TRUE(is_host_name(name)) << name;
  }
}

TEST(HostNames, AreNothingElse) {
  for (const auto& name : {std::string(),
                           std::string("."),
                           std::string("a..b"),
                           std::string("a."),
                           std::string(".a"),
                           std::string("-a"),
                           std::string("a-"),
                           std::string("a b"),
                           std::string("a,DNS:b"),
                           std::string("http://a"),
                           std::string("a:4566"),
                           std::string("a/b"),
                           std::string("*"),
                           std::string("*.*.a"),
                           std::string("a.*"),
                           std::string("10.0.0.256"),
                           std::string("1.2.3"),
                           std::string("[::1]"),
                           std::string("b\xc3\xbc\x63her"),
                           std::string("a\0b", 3),
                           std::string(64, 'a'),
                           std::string(127, 'a').replace(63, 1, ".") + "." + std::string(127, 'b'),
                           std::string("\n")}) {
    EXPECT_FALSE(is_host_name(name)) << name;
  }
}

TEST(HostNames, OfThisMachineAreHostNames) {
  for (const auto& name : names_of_this_machine()) EXPECT_TRUE(is_host_name(name)) << name;
}

}  // namespace
}  // namespace votemu::certificates
