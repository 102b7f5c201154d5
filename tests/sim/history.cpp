#include "tests/sim/history.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/json.h"
#include "tests/sim/requests.h"
#include "tests/sim/violation.h"

namespace votemu::sim {

using core::Json;

namespace {

constexpr std::size_t subscribers = 4;
constexpr int max_starts = 5;  // of which the last is left in peace

wire::HttpRequest vote_for(const std::string& candidate) {
  return {"POST", "/dev/votes", {}, Json{{"id", candidate}}.dump(), ""};
}

}  // namespace

SimulatedDisk::Image deployed_image(const std::string& directory) {
  Trace trace(false);
  Machine machine(directory, {}, core::Durability::os, 0, trace);
  machine.start(handlers_with(Faults::none));
  machine.finish_turns();
  machine.flush();
  machine.kill();
  return machine.disk().image();
}

History::Plan::Plan(core::Random& random)
    : durability(random.below(5) < 3 ? core::Durability::os : core::Durability::disk),
      loses_power(durability == core::Durability::disk || random.below(3) == 0),
      loses_unsynced(loses_power && durability == core::Durability::os),
      faults(std::array{Faults::none, Faults::some, Faults::some, Faults::many}[random.below(4)]),
      starts_empty(random.below(24) == 0),
      steps(20 + random.below(80)),
      calm(10 + random.below(30)) {}

History::History(std::uint64_t seed, const std::string& directory,
                 const SimulatedDisk::Image& deployed, Coverage& coverage, Trace& trace)
    : random_(seed),
      plan_(random_),
      coverage_(coverage),
      trace_(trace),
      machine_(directory, plan_.starts_empty ? SimulatedDisk::Image{} : deployed, plan_.durability,
               random_.next(), trace),
      jobs_(machine_, random_, coverage),
      events_(machine_, random_, coverage),
      together_(machine_, random_, coverage) {
  for (std::size_t i = 0; i < subscribers; ++i) {
    subscribers_.emplace_back(machine_, votes_, chat_, coverage_, "subscriber-" + std::to_string(i),
                              i % 2 == 1);
  }
}

void History::run() {
  coverage_.add(Happened::history);
  latest_ms_ = machine_.clock().now_ms();
  recover();
  for (std::uint64_t i = 0; i < plan_.steps; ++i) step();
  settle();
}

void History::step() {
  if (!machine_.is_up()) return recover();
  if (one_in(plan_.calm)) plan_fault();
  for (auto actions = 1 + random_.below(4); actions > 0; --actions) act();
  if (one_in(plan_.calm)) {
    trace_.note("crash before a commit");
    coverage_.add(Happened::crash_before_commit);
    return machine_.kill();
  }
  end_turn();
  if (!machine_.is_up()) return;
  if (one_in(plan_.calm * 2)) {
    trace_.note("crash between turns");
    coverage_.add(Happened::crash_between_turns);
    return machine_.kill();
  }
  if (one_in(4)) let_time_pass();
  if (machine_.is_up() && one_in(25)) set_clock();
  if (machine_.is_up() && one_in(25)) flush();
  if (machine_.is_up() && one_in(10)) audit();
}

void History::act() {
  switch (random_.below(14)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return vote();
    case 5:
      return read_totals();
    case 6:
    case 7:
    case 8:
      return jobs_.act();
    case 9:
    case 10:
      return act_as_subscriber();
    case 11:
      return together_.write();
    case 12:
      return events_.act();
    default:
      return one_in(3) ? change_settings() : vote();
  }
}

// Half of the candidates get one vote alone.
void History::vote() {
  const std::array popular{"dog", "cat", "owl"};
  const bool unique = one_in(2);
  attempt(unique ? "only-" + std::to_string(++candidates_) : popular.at(random_.below(3)), 2);
}

// Clients vote again when they got no answer, or were told of an error of the server.
void History::attempt(const std::string& candidate, int retries) {
  votes_.begin(candidate);
  machine_.send(vote_for(candidate), [this, candidate, retries](const wire::HttpResponse* answer) {
    if (answer && answer->status == 200) {
      votes_.acknowledge(candidate);
      return coverage_.add(Happened::vote_acknowledged);
    }
    if (answer && answer->status == 500) {
      votes_.refuse(candidate);
      coverage_.add(Happened::vote_refused);
    } else {
      votes_.lose(candidate);
      coverage_.add(Happened::vote_answer_lost);
    }
    if (retries > 0) retries_.emplace_back(candidate, retries - 1);
  });
}

void History::read_totals() {
  machine_.send({"GET", "/dev/votes", {}, "", ""}, [this](const wire::HttpResponse* answer) {
    if (!answer || answer->status != 200) return;
    std::map<std::string, std::uint64_t> totals;
    for (const auto& item : core::parse_json(answer->body)) {
      totals[item["PK"].get<std::string>()] = item["votes"].get<std::uint64_t>();
    }
    votes_.read(totals);
    coverage_.add(Happened::total_read);
  });
}

void History::act_as_subscriber() {
  Subscriber& subscriber = subscribers_.at(random_.below(subscribers_.size()));
  if (!subscriber.is_connected()) return subscriber.connect();
  if (one_in(6)) return subscriber.disconnect(one_in(2));
  one_in(3) ? subscriber.talk() : subscriber.acknowledge();
}

void History::change_settings() {
  if (one_in(8)) return machine_.abandon_waiting();
  for (const auto& mapping : machine_.cloud().services().lambda.event_source_mappings()) {
    if (!one_in(2)) continue;
    Json change{{"Enabled", !one_in(4)}, {"BatchSize", 1 + random_.below(10)}};
    if (one_in(3)) change["MaximumBatchingWindowInSeconds"] = random_.below(4);
    call_lambda(mapping.uuid, change);
  }
}

void History::call_lambda(const std::string& mapping_uuid, const Json& change) {
  machine_.send({"PUT", "/2015-03-31/event-source-mappings/" + mapping_uuid, {}, change.dump(), ""},
                [this](const wire::HttpResponse* answer) {
                  if (answer && answer->status >= 300) throw Violation(answer->body);
                  if (answer) coverage_.add(Happened::settings_changed);
                });
}

void History::let_time_pass() {
  const std::array steps_ms{10, 500, 1'000, 4'000, 31'000, 70'000, 900'000};
  const auto most = static_cast<std::uint64_t>(steps_ms.at(random_.below(steps_ms.size())));
  const auto duration_ms = static_cast<std::int64_t>(1 + random_.below(most));
  trace_.note("time passes", std::to_string(duration_ms));
  machine_.advance(duration_ms);
  note_time();
}

void History::note_time() {
  jobs_.note_time();
  for (auto& subscriber : subscribers_) subscriber.note_time();
  latest_ms_ = std::max(latest_ms_, machine_.clock().now_ms());
}

void History::set_clock() {
  const std::array steps_ms{100, 5'000, 60'000, 3'600'000};
  const auto most = static_cast<std::uint64_t>(steps_ms.at(random_.below(steps_ms.size())));
  const auto offset_ms = static_cast<std::int64_t>(1 + random_.below(most));
  const bool forward = one_in(2);
  trace_.note(forward ? "clock set forward" : "clock set back", std::to_string(offset_ms));
  coverage_.add(forward ? Happened::clock_set_forward : Happened::clock_set_back);
  machine_.clock().jump(forward ? offset_ms : -offset_ms);
  note_time();
}

void History::plan_fault() {
  if (machine_.disk().fault_happened()) return;
  FaultPlan fault;
  fault.after = random_.below(one_in(2) ? 3 : 40);
  fault.kept = static_cast<std::uint32_t>(random_.below(1'001));
  const auto kind = random_.below(8);
  fault.fault = kind < 5    ? Fault::death
                : kind == 5 ? Fault::error
                : kind == 6 ? Fault::lost_answer
                            : Fault::no_space;
  trace_.note("fault planned", std::to_string(kind) + " after " + std::to_string(fault.after));
  machine_.disk().plan(fault);
  planned_ = fault.fault;
}

void History::end_turn() {
  if (one_in(plan_.calm * 2)) {
    trace_.note("crash before outputs");
    machine_.kill_after_outputs(random_.below(6));
    machine_.finish_turns();
    if (!machine_.is_up()) coverage_.add(Happened::crash_before_outputs);
    return note_fault(Happened::crash_within_commit);
  }
  if (one_in(8)) {
    machine_.run_turn();
  } else {
    machine_.finish_turns();
  }
  note_fault(Happened::crash_within_commit);
  if (!machine_.is_up()) return;
  for (auto& [candidate, retries] : std::exchange(retries_, {})) {
    coverage_.add(Happened::vote_retried);
    attempt(candidate, retries);
  }
}

// Most faults are met by commits: some are planned for here.
void History::flush() {
  trace_.note("flush");
  if (one_in(4)) plan_fault();
  coverage_.add(Happened::flush);
  machine_.flush();
  note_fault(Happened::crash_within_flush);
}

void History::note_fault(Happened death) {
  if (!planned_ || !machine_.disk().fault_happened()) return;
  coverage_.add(*planned_ == Fault::death      ? death
                : *planned_ == Fault::no_space ? Happened::no_space_left
                                               : Happened::write_failed);
  planned_.reset();
}

void History::recover() {
  for (int starts = 1; !machine_.is_up(); ++starts) {
    const bool power = plan_.loses_power && one_in(2);
    lossy_ = lossy_ || (power && plan_.loses_unsynced);
    if (power) {
      trace_.note("power loss");
      coverage_.add(plan_.loses_unsynced ? Happened::power_loss_without_sync
                                         : Happened::power_loss);
      machine_.lose_power(random_);
    }
    machine_.clock().advance(static_cast<std::int64_t>(random_.below(5'000)));
    machine_.disk().restart();
    planned_.reset();
    if (starts < max_starts && faults_on_ && one_in(6)) plan_fault();
    trace_.note("start");
    if (one_in(4)) {
      iot_endpoint_ = "endpoint-" + std::to_string(random_.below(3)) + ":4566";
      coverage_.add(Happened::start_with_another_stack);
    }
    auto handlers = handlers_with(faults_on_ ? plan_.faults : Faults::none);
    handlers.push_back({Events::handler_name, Events::handle});
    machine_.start(std::move(handlers), iot_endpoint_);
    note_fault(Happened::crash_within_start);
    if (!machine_.is_up()) continue;
    jobs_.create_queue();
    if (machine_.is_up()) together_.set_up();
    if (machine_.is_up()) events_.set_up();
    note_fault(Happened::crash_within_commit);
  }
  note_time();
  audit();
}

void History::audit() {
  coverage_.add(Happened::audit);
  check_deployment();
  together_.check(lossy_);
  if (!machine_.is_up()) return;
  const Stored stored = read_stored(machine_.cloud());
  if (std::exchange(lossy_, false)) {
    votes_.check_after_loss(stored.votes);
    jobs_.expect_anything();
    events_.expect_anything();
    chat_.expect_anything();
    for (auto& subscriber : subscribers_) subscriber.expect_anything();
    checkpoint_.clear();
  }
  votes_.check(stored.votes);
  jobs_.check(stored.jobs);
  events_.check(stored.events);
  if (stored.checkpoint < checkpoint_) throw Violation("the stream's checkpoint went back");
  checkpoint_ = stored.checkpoint;
  trace_.note("audit", stored.checkpoint);
}

// A deployment is one turn: a start that succeeded has brought it about.
void History::check_deployment() {
  const std::string path = "/2015-03-31/functions/voting-service-stream-iot-function/configuration";
  machine_.send(rest_call("lambda", "GET", path), [this](const wire::HttpResponse* answer) {
    if (!answer) return;
    const Json function = core::parse_json(answer->body);
    const Json& endpoint = function["Environment"]["Variables"]["IOT_ENDPOINT"];
    if (endpoint != iot_endpoint_) throw Violation("the stack is not up to date: " + answer->body);
  });
  machine_.finish_turns();
}

// With sound handlers and disks, after the end of every timeout and delay.
void History::settle() {
  faults_on_ = false;
  retries_.clear();
  if (machine_.is_up()) machine_.kill();
  constexpr std::int64_t longest_wait_ms = 300'000;
  const auto behind_ms = std::max<std::int64_t>(latest_ms_ - machine_.clock().now_ms(), 0);
  machine_.clock().advance(behind_ms + longest_wait_ms);
  recover();
  for (auto& subscriber : subscribers_) subscriber.connect();
  for (const auto& mapping : machine_.cloud().services().lambda.event_source_mappings()) {
    call_lambda(mapping.uuid, {{"Enabled", true}, {"BatchSize", 10}});
  }
  for (int i = 0; i < 10; ++i) {
    machine_.advance(1'000);
    for (auto& subscriber : subscribers_) subscriber.acknowledge();
  }
  machine_.finish_turns();
  audit();
  const Stored stored = read_stored(machine_.cloud());
  if (stored.waiting_votes > 0) throw Violation("votes wait for ever");
  if (stored.checkpoint != stored.last_record) throw Violation("the stream is not read to its end");
  for (const auto& subscriber : subscribers_) subscriber.check_complete(stored.totals);
  coverage_.add(Happened::vote_in_dead_letters, stored.dead_votes);
  events_.check_done(stored.events);
  jobs_.drain();
  jobs_.check_drained();
  count_log_lines();
}

void History::count_log_lines() {
  coverage_.add(Happened::handler_timed_out, log_lines_with("\"Task timed out\""));
  coverage_.add(Happened::handler_threw, log_lines_with("\"Invoke Error\""));
  coverage_.add(Happened::batch_failed_in_part, log_lines_with("\"Update DynamoDB Error\""));
  coverage_.add(Happened::vote_redelivered,
                log_lines_with('"' + std::string(redelivery_line) + '"'));
}

std::uint64_t History::log_lines_with(const std::string& pattern) {
  std::uint64_t lines = 0;
  for (const std::string function : {"sqs-publish", "sqs-update-dynamodb", "stream-iot"}) {
    const Json members{{"logGroupName", "/aws/lambda/voting-service-" + function + "-function"},
                       {"filterPattern", pattern}};
    machine_.send(json_call("Logs_20140328.FilterLogEvents", members),
                  [&lines](const wire::HttpResponse* answer) {
                    if (answer && answer->status == 200)
                      lines += core::parse_json(answer->body)["events"].size();
                  });
    machine_.finish_turns();
  }
  return lines;
}

}  // namespace votemu::sim
