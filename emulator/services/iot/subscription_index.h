// Who subscribes to what: topic filters as a tree of their levels.
//
// AWS's deviations live here: `sensor/#` does not match `sensor`, and a filter that begins with a
// wildcard hears nothing of `$` topics.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/iot/mqtt/subscribe.h"
#include "services/iot/topic.h"

namespace votemu::iot {

class Client;

class SubscriptionIndex {
 public:
  struct Match {
    Client* client;
    std::uint64_t serial;
    mqtt::SubscriptionOptions options;
  };

  // Replaces the client's subscription to the same filter, if there is one.
  void add(const TopicFilter& filter, Client& client, const mqtt::SubscriptionOptions& options);
  void remove(const TopicFilter& filter, const Client& client);

  // Each client once, in the order in which they came, with the highest QoS of its filters that
  // match. Of each shared subscription's group one takes part: the next in turn who is connected.
  std::vector<Match> match(std::string_view topic);
  // Whether that would find anybody. Takes nobody's turn.
  bool has_match(std::string_view topic) const;

 private:
  struct Group {
    std::vector<Match> members;
    std::size_t next = 0;
  };
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> children;
    std::vector<Match> subscribers;  // by serial
    std::map<std::string, Group, std::less<>> groups;
    bool has_subscribers() const { return !subscribers.empty() || !groups.empty(); }
    Node* child(std::string_view level) const;
    bool empty() const { return children.empty() && subscribers.empty() && groups.empty(); }
  };

  using Levels = std::vector<std::string_view>;
  static void match_below(Node& node, const Levels& levels, std::size_t depth,
                          std::vector<Match>& matches);
  static bool has_match_below(const Node& node, const Levels& levels, std::size_t depth);
  static void take_subscribers(Node& node, std::vector<Match>& matches);
  static void merge(std::vector<Match>& matches);
  static bool remove_below(Node& node, const Levels& levels, std::size_t depth,
                           std::string_view share, const Client& client);

  Node root_;
};

}  // namespace votemu::iot
