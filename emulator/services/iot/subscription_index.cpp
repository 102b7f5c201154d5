#include "services/iot/subscription_index.h"

#include <algorithm>

#include "services/iot/client.h"

namespace votemu::iot {
namespace {

using Match = SubscriptionIndex::Match;

auto position(std::vector<Match>& matches, std::uint64_t serial) {
  return std::ranges::lower_bound(matches, serial, {}, &Match::serial);
}

void insert(std::vector<Match>& matches, const Match& match) {
  const auto at = position(matches, match.serial);
  if (at != matches.end() && at->serial == match.serial) {
    *at = match;
  } else {
    matches.insert(at, match);
  }
}

void erase(std::vector<Match>& matches, std::uint64_t serial) {
  const auto at = position(matches, serial);
  if (at != matches.end() && at->serial == serial) matches.erase(at);
}

}  // namespace

void SubscriptionIndex::add(const TopicFilter& filter, Client& client,
                            const mqtt::SubscriptionOptions& options) {
  Node* node = &root_;
  for (const std::string_view level : topic_levels(filter.filter)) {
    std::unique_ptr<Node>& child = node->children[std::string(level)];
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  auto& members =
      filter.share.empty() ? node->subscribers : node->groups[std::string(filter.share)].members;
  insert(members, {&client, client.serial(), options});
}

void SubscriptionIndex::remove(const TopicFilter& filter, const Client& client) {
  remove_below(root_, topic_levels(filter.filter), 0, filter.share, client);
}

// Recurses once for each level, of which a filter has few. True when nothing is left of the node.
bool SubscriptionIndex::remove_below(Node& node, const Levels& levels, std::size_t depth,
                                     std::string_view share, const Client& client) {
  if (depth == levels.size()) {
    if (share.empty()) {
      erase(node.subscribers, client.serial());
    } else if (const auto group = node.groups.find(share); group != node.groups.end()) {
      erase(group->second.members, client.serial());
      if (group->second.members.empty()) node.groups.erase(group);
    }
    return node.empty();
  }
  const auto child = node.children.find(levels[depth]);
  if (child == node.children.end()) return false;
  if (remove_below(*child->second, levels, depth + 1, share, client)) node.children.erase(child);
  return node.empty();
}

std::vector<Match> SubscriptionIndex::match(std::string_view topic) {
  std::vector<Match> matches;
  match_below(root_, topic_levels(topic), 0, matches);
  merge(matches);
  return matches;
}

bool SubscriptionIndex::has_match(std::string_view topic) const {
  return has_match_below(root_, topic_levels(topic), 0);
}

bool SubscriptionIndex::has_match_below(const Node& node, const Levels& levels, std::size_t depth) {
  if (depth == levels.size()) return node.has_subscribers();
  const Node* exact = node.child(levels[depth]);
  if (exact && has_match_below(*exact, levels, depth + 1)) return true;
  if (depth == 0 && is_reserved_topic(levels[0])) return false;
  const Node* any_level = node.child("+");
  const Node* all_below = node.child("#");
  return (any_level && has_match_below(*any_level, levels, depth + 1)) ||
         (all_below && all_below->has_subscribers());
}

SubscriptionIndex::Node* SubscriptionIndex::Node::child(std::string_view level) const {
  const auto found = children.find(level);
  return found == children.end() ? nullptr : found->second.get();
}

// Recurses once for each level of the topic, in two directions at each.
void SubscriptionIndex::match_below(Node& node, const Levels& levels, std::size_t depth,
                                    std::vector<Match>& matches) {
  if (depth == levels.size()) return take_subscribers(node, matches);
  if (Node* exact = node.child(levels[depth])) match_below(*exact, levels, depth + 1, matches);
  if (depth == 0 && is_reserved_topic(levels[0])) return;
  if (Node* any_level = node.child("+")) match_below(*any_level, levels, depth + 1, matches);
  if (Node* all_below = node.child("#")) take_subscribers(*all_below, matches);
}

void SubscriptionIndex::take_subscribers(Node& node, std::vector<Match>& matches) {
  matches.insert(matches.end(), node.subscribers.begin(), node.subscribers.end());
  for (auto& entry : node.groups) {
    Group& group = entry.second;
    const std::size_t size = group.members.size();
    const auto member = [&](std::size_t i) -> const Match& {
      return group.members[(group.next + i) % size];
    };
    std::size_t chosen = 0;
    while (chosen < size && !member(chosen).client->link()) ++chosen;
    if (chosen == size) chosen = 0;
    matches.push_back(member(chosen));
    group.next = (group.next + chosen + 1) % size;
  }
}

void SubscriptionIndex::merge(std::vector<Match>& matches) {
  const bool each_once = std::ranges::is_sorted(matches, std::ranges::less_equal(), &Match::serial);
  if (each_once) return;
  std::ranges::stable_sort(matches, {}, &Match::serial);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (kept > 0 && matches[kept - 1].serial == matches[i].serial) {
      mqtt::SubscriptionOptions& options = matches[kept - 1].options;
      options.qos = std::max(options.qos, matches[i].options.qos);
      options.no_local = options.no_local && matches[i].options.no_local;
      options.retain_as_published |= matches[i].options.retain_as_published;
    } else {
      matches[kept++] = matches[i];
    }
  }
  matches.resize(kept, Match{});
}

}  // namespace votemu::iot
