// A computer that runs votemu: its disk, its clock, its process and whoever is connected to it.
//
// The process is started, ended at any moment and started again; turns run as core::Loop runs them.
// What a turn lets out reaches its client at once, unless the process is to end in between.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cloud.h"
#include "core/clock.h"
#include "core/random.h"
#include "net/application.h"
#include "tests/sim/simulated_disk.h"
#include "tests/sim/trace.h"

namespace votemu::sim {

// Is given the answer; nullptr when there is no connection or it was lost before.
using OnAnswer = std::function<void(const wire::HttpResponse*)>;

class Machine;

// A client's WebSocket. The client keeps it; `on_bytes` is called after a turn's commit, `on_end`
// when the connection is gone.
class Connection final : public net::WebSocket {
 public:
  Connection(Machine& machine, std::function<void(std::string_view)> on_bytes,
             std::function<void()> on_end);

  // As the client does it. The peer takes note of it in this turn.
  void send_to_server(std::string_view bytes);
  bool is_open() const { return peer_ != nullptr; }

  void send(std::shared_ptr<const std::string> bytes) override;
  void close() override;
  std::size_t unsent_bytes() const override { return outgoing_.size(); }

 private:
  friend class Machine;
  void let_out();
  void schedule();

  Machine& machine_;
  std::function<void(std::string_view)> on_bytes_;
  std::function<void()> on_end_;
  std::unique_ptr<net::WebSocketPeer> peer_;
  std::string outgoing_;
  bool scheduled_ = false;
  bool closing_ = false;
  bool closed_ = false;  // by the server, all that it sent is out
};

class Machine {
 public:
  // `directory` is real, for what Cloud keeps outside of its store.
  Machine(const std::string& directory, const SimulatedDisk::Image& image,
          core::Durability durability, std::uint64_t seed, Trace& trace);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  SimulatedDisk& disk() { return *disk_; }
  core::VirtualClock& clock() { return clock_; }
  // While it is up.
  app::Cloud& cloud() { return *cloud_; }
  bool is_up() const { return cloud_ != nullptr; }

  // Each of these may end in the process's end; throws Violation when it ended, or did not start,
  // although its disk did its duty.
  // A start with another IotEndpoint, a parameter of the stack, updates the stack.
  void start(std::vector<abi::NamedHandler> handlers,
             const std::string& iot_endpoint = "localhost:4566");
  void run_turn();
  void finish_turns();
  void advance(std::int64_t duration_ms);
  void flush();

  // Ends the process. What it has not committed is gone, who is connected loses the connection.
  void kill();
  // Of what the next turns let out, so many answers and packets leave; then the process ends.
  void kill_after_outputs(std::uint64_t count) { outputs_left_ = count; }
  // While it is down.
  void lose_power(core::Random& random) { disk_->lose_power(random); }

  void send(wire::HttpRequest request, OnAnswer on_answer);
  // Whoever waits for an answer does so no longer.
  void abandon_waiting();
  std::shared_ptr<Connection> connect(std::function<void(std::string_view)> on_bytes,
                                      std::function<void()> on_end);
  // The client is gone, with or without WebSocket's goodbye.
  void disconnect(const std::shared_ptr<Connection>& connection, bool goodbye);

 private:
  friend class Connection;
  struct Call {
    wire::HttpRequest request;
    OnAnswer on_answer;
    abi::Task<wire::HttpResponse> answering;
    bool over = false;
  };

  void run(const std::function<void()>& work);
  void answer(const std::shared_ptr<Call>& call, wire::HttpResponse response);
  // Whether an output still leaves the process.
  bool leaves();
  void drop_what_is_over();
  void end_process();

  app::Config config_;
  std::shared_ptr<SimulatedDisk> disk_;
  core::VirtualClock clock_;
  core::SeededRandom random_;
  Trace& trace_;
  std::optional<std::uint64_t> outputs_left_;
  std::unique_ptr<app::Cloud> cloud_;
  std::list<std::shared_ptr<Call>> calls_;
  std::list<std::shared_ptr<Connection>> connections_;
};

}  // namespace votemu::sim
