#include "tests/sim/machine.h"

#include <algorithm>
#include <utility>

#include "tests/sim/background_work.h"
#include "tests/sim/violation.h"

namespace votemu::sim {
namespace {

constexpr std::uint16_t port = 4566;

app::Config config_of(const std::string& directory, core::Durability durability,
                      std::shared_ptr<SimulatedDisk> disk) {
  app::Config config;
  config.store = {directory, durability, std::move(disk)};
  config.log_level = core::LogLevel::error;
  return config;
}

}  // namespace

Connection::Connection(Machine& machine, std::function<void(std::string_view)> on_bytes,
                       std::function<void()> on_end)
    : machine_(machine), on_bytes_(std::move(on_bytes)), on_end_(std::move(on_end)) {}

void Connection::send_to_server(std::string_view bytes) {
  if (peer_ && !closing_) peer_->receive(bytes);
}

void Connection::send(std::shared_ptr<const std::string> bytes) {
  if (closing_) return;
  outgoing_ += *bytes;
  schedule();
}

void Connection::close() {
  closing_ = true;
  schedule();
}

void Connection::schedule() {
  if (std::exchange(scheduled_, true)) return;
  machine_.cloud().turn().hold([this] { let_out(); });
}

void Connection::let_out() {
  scheduled_ = false;
  if (!machine_.leaves()) return;
  const std::string bytes = std::exchange(outgoing_, {});
  if (!bytes.empty()) on_bytes_(bytes);
  closed_ = closing_;
}

Machine::Machine(const std::string& directory, const SimulatedDisk::Image& image,
                 core::Durability durability, std::uint64_t seed, Trace& trace)
    : disk_(std::make_shared<SimulatedDisk>()), random_(seed), trace_(trace) {
  config_ = config_of(directory, durability, disk_);
  disk_->load(image);
}

Machine::~Machine() {
  calls_.clear();
  connections_.clear();
}

void Machine::start(std::vector<abi::NamedHandler> handlers, const std::string& iot_endpoint) {
  config_.parameters["IotEndpoint"] = iot_endpoint;
  run([&] {
    cloud_ = std::make_unique<app::Cloud>(config_, clock_, random_, std::move(handlers));
    use_one_background_thread();
    finish_background_work(*disk_);
    if (disk_->is_full()) disk_->die();
    cloud_->start(port);
  });
}

void Machine::run(const std::function<void()>& work) {
  try {
    work();
  } catch (const core::StoreError& error) {
    if (!disk_->fault_happened() && !disk_->is_dead()) {
      throw Violation(std::string("it ended on a sound disk: ") + error.what());
    }
    trace_.note("the process ends");
    trace_.tell(error.what());
    return end_process();
  }
  if (outputs_left_ == 0U) disk_->die();
  if (disk_->is_dead()) end_process();
}

void Machine::run_turn() {
  drop_what_is_over();
  run([this] {
    cloud_->timers().run_due();
    cloud_->turn().finish();
  });
}

void Machine::finish_turns() {
  if (!is_up()) return;
  do run_turn();
  while (is_up() && !cloud_->turn().idle());
}

void Machine::advance(std::int64_t duration_ms) {
  const std::int64_t end_ms = clock_.steady_ms() + duration_ms;
  finish_turns();
  while (is_up() && cloud_->timers().next_due_ms().value_or(end_ms + 1) <= end_ms) {
    clock_.advance(std::max<std::int64_t>(*cloud_->timers().next_due_ms() - clock_.steady_ms(), 0));
    finish_turns();
  }
  clock_.advance(end_ms - clock_.steady_ms());
}

// A flush that failed for want of space is tried again for ever: the process is ended then.
void Machine::flush() {
  run([this] {
    cloud_->flush();
    finish_background_work(*disk_);
    if (disk_->is_full()) disk_->die();
  });
}

void Machine::kill() {
  disk_->die();
  end_process();
}

// The process's own end, by a failed commit, destroys everything as main() does.
void Machine::end_process() {
  outputs_left_.reset();
  auto calls = std::exchange(calls_, {});
  auto connections = std::exchange(connections_, {});
  for (const auto& call : calls) call->answering.reset();
  for (const auto& connection : connections) connection->peer_.reset();
  cloud_.reset();
  disk_->die();
  for (const auto& call : calls) {
    if (!call->over) call->on_answer(nullptr);
  }
  for (const auto& connection : connections) connection->on_end_();
}

bool Machine::leaves() {
  if (!outputs_left_) return true;
  if (*outputs_left_ == 0) return false;
  --*outputs_left_;
  return true;
}

void Machine::send(wire::HttpRequest request, OnAnswer on_answer) {
  if (!is_up()) return on_answer(nullptr);
  request.headers.add("Host", "localhost:4566");
  request.source_ip = "127.0.0.1";
  trace_.note(request.method + " " + request.target, request.body);
  const auto call = std::make_shared<Call>(Call{std::move(request), std::move(on_answer), {}});
  calls_.push_back(call);
  auto answered = cloud_->dispatch().handle(call->request);
  if (auto* response = std::get_if<wire::HttpResponse>(&answered)) {
    return answer(call, std::move(*response));
  }
  call->answering = std::get<abi::Task<wire::HttpResponse>>(std::move(answered));
  Call* const waiting = call.get();
  call->answering.start([this, waiting] {
    const auto found =
        std::ranges::find(calls_, waiting, [](const auto& each) { return each.get(); });
    answer(*found, waiting->answering.outcome().take());
  });
}

void Machine::answer(const std::shared_ptr<Call>& call, wire::HttpResponse response) {
  cloud_->turn().hold([this, call, response = std::move(response)] {
    if (call->over || !leaves()) return;
    call->over = true;
    trace_.note(std::to_string(response.status), response.body);
    call->on_answer(&response);
  });
}

void Machine::abandon_waiting() {
  for (const auto& call : calls_) {
    if (call->over || !call->answering || call->answering.done()) continue;
    call->over = true;
    call->answering.reset();
    call->on_answer(nullptr);
  }
}

void Machine::drop_what_is_over() {
  std::erase_if(calls_, [](const auto& call) { return call->over; });
  for (auto at = connections_.begin(); at != connections_.end();) {
    const auto connection = *at;
    if (!connection->closed_) {
      ++at;
      continue;
    }
    at = connections_.erase(at);
    connection->peer_.reset();
    connection->on_end_();
  }
}

std::shared_ptr<Connection> Machine::connect(std::function<void(std::string_view)> on_bytes,
                                             std::function<void()> on_end) {
  auto connection = std::make_shared<Connection>(*this, std::move(on_bytes), std::move(on_end));
  const wire::HttpRequest request{"GET", "/mqtt", {{"Host", "localhost:4566"}}, "", "127.0.0.1"};
  connection->peer_ = cloud_->dispatch().open_websocket(request, *connection);
  connections_.push_back(connection);
  return connection;
}

void Machine::disconnect(const std::shared_ptr<Connection>& connection, bool goodbye) {
  if (!connection->peer_) return;
  if (goodbye) connection->peer_->said_goodbye();
  connection->closing_ = true;
  connection->closed_ = true;
  connection->outgoing_.clear();
}

}  // namespace votemu::sim
