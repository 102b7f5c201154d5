// Sends the requests that it reads, one after the other and over again, on many connections.
//
//   bench_requests PORT CONNECTIONS SECONDS COUNT <BLOCKS
//
// Each block (see read_blocks) is a whole HTTP request. Ends after so many seconds or so many
// requests, whichever comes first, and prints one line of JSON. An answer other than 200 ends it
// with 1.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <utility>

#include "tests/bench/http_load.h"

namespace {

class Requests : public bench::HttpLoad {
 public:
  Requests(std::vector<std::string> requests, std::uint64_t count)
      : requests_(std::move(requests)), count_(count) {}

  std::uint64_t answers() const { return answers_; }

 private:
  std::string_view next(std::size_t) override {
    if (sent_ == count_) return {};
    return requests_[sent_++ % requests_.size()];
  }

  void answered(std::size_t, std::string_view) override { ++answers_; }

  const std::vector<std::string> requests_;
  const std::uint64_t count_;
  std::uint64_t sent_ = 0;
  std::uint64_t answers_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "bench_requests PORT CONNECTIONS SECONDS COUNT <BLOCKS\n");
    return 2;
  }
  try {
    Requests load(bench::read_blocks(), std::strtoull(argv[4], nullptr, 10));
    const auto report = load.run(static_cast<std::uint16_t>(std::atoi(argv[1])),
                                 std::strtoull(argv[2], nullptr, 10), std::atof(argv[3]));
    std::printf("{\"count\": %llu, \"seconds\": %.6f, \"generator_core\": %.3f}\n",
                static_cast<unsigned long long>(load.answers()), report.seconds,
                report.generator_share);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_requests: %s\n", error.what());
    return 1;
  }
}
