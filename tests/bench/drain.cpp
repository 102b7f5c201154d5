// Drains an SQS queue: every connection receives a batch, deletes it and receives the next.
//
//   bench_drain PORT CONNECTIONS SECONDS COUNT <BLOCKS
//
// The blocks (see read_blocks) are a whole ReceiveMessage request, the head of a DeleteMessageBatch
// request without its Content-Length and empty line, and its body up to the entries. Ends after so
// many seconds, when so many messages are deleted or when the queue is empty, and prints one line
// of JSON.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <utility>

#include "tests/bench/http_load.h"

namespace {

constexpr std::size_t most_received = 10;  // at once

class Drain : public bench::HttpLoad {
 public:
  Drain(std::vector<std::string> blocks, std::uint64_t count, std::size_t connections)
      : blocks_(std::move(blocks)), count_(count), batches_(connections) {
    if (blocks_.size() != 3) throw std::runtime_error("three blocks are needed");
  }

  std::uint64_t deleted() const { return deleted_; }

 private:
  // What a connection has received and is deleting; of size 0 while it receives.
  struct Batch {
    std::size_t size = 0;
    bool queue_was_empty = false;
    std::string request;
  };

  std::string_view next(std::size_t connection) override {
    const auto& batch = batches_[connection];
    if (batch.size > 0) return batch.request;
    if (batch.queue_was_empty || asked_for_ >= count_) return {};
    asked_for_ += most_received;
    return blocks_[0];
  }

  void answered(std::size_t connection, std::string_view body) override {
    auto& batch = batches_[connection];
    if (batch.size == 0) {
      received(batch, body);
      return;
    }
    if (body.find("\"Failed\":[{") != body.npos) throw std::runtime_error(std::string(body));
    deleted_ += std::exchange(batch.size, 0);
  }

  void received(Batch& batch, std::string_view body) {
    constexpr std::string_view name = "\"ReceiptHandle\":\"";
    std::string entries;
    for (auto at = body.find(name); at != body.npos; at = body.find(name, at)) {
      at += name.size();
      const auto handle = body.substr(at, body.find('"', at) - at);
      entries += entries.empty() ? "{\"Id\":\"" : ",{\"Id\":\"";
      entries += std::to_string(batch.size++);
      entries.append("\",\"ReceiptHandle\":\"").append(handle).append("\"}");
    }
    batch.queue_was_empty = batch.size == 0;
    asked_for_ -= most_received - batch.size;
    entries += "]}";
    const auto length = blocks_[2].size() + entries.size();
    batch.request = blocks_[1];
    batch.request.append("content-length: ").append(std::to_string(length)).append("\r\n\r\n");
    batch.request.append(blocks_[2]).append(entries);
  }

  const std::vector<std::string> blocks_;
  const std::uint64_t count_;
  std::vector<Batch> batches_;
  std::uint64_t asked_for_ = 0;  // deleted, received or as many as an answer may bring
  std::uint64_t deleted_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "bench_drain PORT CONNECTIONS SECONDS COUNT <BLOCKS\n");
    return 2;
  }
  try {
    const std::size_t connections = std::strtoull(argv[2], nullptr, 10);
    Drain load(bench::read_blocks(), std::strtoull(argv[4], nullptr, 10), connections);
    const auto report =
        load.run(static_cast<std::uint16_t>(std::atoi(argv[1])), connections, std::atof(argv[3]));
    std::printf("{\"count\": %llu, \"seconds\": %.6f, \"generator_core\": %.3f}\n",
                static_cast<unsigned long long>(load.deleted()), report.seconds,
                report.generator_share);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_drain: %s\n", error.what());
    return 1;
  }
}
