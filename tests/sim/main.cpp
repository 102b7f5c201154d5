// sim: runs simulated histories, each made from its seed alone. See README.md.
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "tests/sim/history.h"
#include "tests/support/temporary_directory.h"

namespace votemu::sim {
namespace {

constexpr auto usage =
    "sim [--seed N] [--histories N] [--seconds N] [--trace] [--covers] [--twice]\n"
    "  --seed N       the first history's seed; of chance when it is not given\n"
    "  --histories N  how many, with seeds that follow one another; 1 with --seed alone\n"
    "  --seconds N    begins no history after that time\n"
    "  --trace        tells on stderr what happens\n"
    "  --covers       fails unless everything happened that a history can hold\n"
    "  --twice        runs every history twice and fails unless both are the same\n";

struct Options {
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> histories;
  std::optional<std::uint64_t> seconds;
  bool trace = false;
  bool covers = false;
  bool twice = false;
};

[[noreturn]] void refuse() {
  std::cerr << usage;
  std::exit(2);
}

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    const auto number = [&]() -> std::uint64_t {
      if (++i == argc) refuse();
      return std::stoull(argv[i]);
    };
    if (name == "--seed") {
      options.seed = number();
    } else if (name == "--histories") {
      options.histories = number();
    } else if (name == "--seconds") {
      options.seconds = number();
    } else if (name == "--trace") {
      options.trace = true;
    } else if (name == "--covers") {
      options.covers = true;
    } else if (name == "--twice") {
      options.twice = true;
    } else {
      refuse();
    }
  }
  if (options.seed && !options.histories && !options.seconds) options.histories = 1;
  return options;
}

// Ctrl-C and SIGTERM wait until the history that is under way is over.
sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

bool somebody_ends_it() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
}

class Runner {
 public:
  Runner(std::string program, const Options& options)
      : program_(std::move(program)), options_(options) {}

  // False when an invariant did not hold.
  bool run() {
    const auto began = std::chrono::steady_clock::now();
    const auto seconds = [&] {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    };
    std::uint64_t seed = options_.seed ? *options_.seed : std::random_device()() * 1'000'000ULL;
    bool good = true;
    while (good && !is_over(seconds())) good = run_seed(seed++);
    std::cout << coverage_;
    std::cout << seconds() << " seconds, " << 1'000.0 * cpu_seconds() / histories()
              << " ms of processor time a history\n";
    const auto missing = coverage_.missing();
    if (good && options_.covers && !missing.empty()) {
      std::cout << "FAILED: there were no " << missing << std::endl;
      return false;
    }
    return good;
  }

 private:
  static double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
  double histories() const { return static_cast<double>(coverage_.of(Happened::history)); }
  bool is_over(double seconds) const {
    return somebody_ends_it() ||
           (options_.histories && coverage_.of(Happened::history) >= *options_.histories) ||
           (options_.seconds && seconds >= static_cast<double>(*options_.seconds));
  }

  // The seed is known then, too, when the process does not survive it.
  bool run_seed(std::uint64_t seed) {
    std::cerr << "history " << seed << '\n';
    try {
      const auto hash = hash_of(seed, coverage_);
      Coverage again;
      if (!options_.twice || hash_of(seed, again) == hash) return true;
      report(seed, "the same seed gave another history");
    } catch (const std::exception& error) {
      report(seed, error.what());
    }
    return false;
  }
  std::uint64_t hash_of(std::uint64_t seed, Coverage& coverage) {
    Trace trace(options_.trace);
    History history(seed, directory_.path("data"), deployed_, coverage, trace);
    history.run();
    return trace.hash();
  }
  void report(std::uint64_t seed, const std::string& what) const {
    std::cout << "FAILED: " << what << "\n  " << program_ << " --seed " << seed << " --trace"
              << std::endl;
  }

  const std::string program_;
  const Options options_;
  test::TemporaryDirectory directory_;
  SimulatedDisk::Image deployed_ = deployed_image(directory_.path("data"));
  Coverage coverage_;
};

}  // namespace
}  // namespace votemu::sim

int main(int argc, char** argv) {
  const auto options = votemu::sim::read_options(argc, argv);
  const sigset_t signals = votemu::sim::ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return votemu::sim::Runner(argv[0], options).run() ? 0 : 1;
}
