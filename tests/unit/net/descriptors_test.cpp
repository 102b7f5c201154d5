#include "net/descriptors.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>

#include "net/limits.h"

namespace votemu::net {
namespace {

TEST(Descriptors, AreAskedForAsManyAsTheServerCanUse) {
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  rlimit few = before;
  few.rlim_cur = 64;
  setrlimit(RLIMIT_NOFILE, &few);
  const auto wanted = limits::max_connections + limits::other_descriptors;
  EXPECT_EQ(raise_descriptor_limit(), std::min<std::size_t>(wanted, before.rlim_max));
  rlimit after{};
  getrlimit(RLIMIT_NOFILE, &after);
  EXPECT_GT(after.rlim_cur, few.rlim_cur);
  setrlimit(RLIMIT_NOFILE, &before);
}

TEST(Descriptors, AreLeftToTheStore) {
  EXPECT_EQ(connections_within(1'024), 1'024 - limits::other_descriptors);
  EXPECT_EQ(connections_within(256), 128U);
  EXPECT_EQ(connections_within(1'000'000), limits::max_connections);
}

}  // namespace
}  // namespace votemu::net
