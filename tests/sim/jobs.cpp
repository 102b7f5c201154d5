#include "tests/sim/jobs.h"

#include <algorithm>
#include <utility>

#include "tests/sim/requests.h"
#include "tests/sim/violation.h"

namespace votemu::sim {

using core::Json;

void Jobs::call(const char* operation, Json members, std::function<void(const Json*)> on_answer) {
  members["QueueUrl"] = std::string("http://localhost:4566/000000000000/") + queue;
  auto request = json_call(std::string("AmazonSQS.") + operation, members);
  machine_.send(
      std::move(request), [then = std::move(on_answer)](const wire::HttpResponse* answer) {
        if (!answer) return then(nullptr);
        if (answer->status != 200) throw Violation("the queue answers " + answer->body);
        const Json result = answer->body.empty() ? Json::object() : core::parse_json(answer->body);
        then(&result);
      });
}

void Jobs::create_queue() {
  machine_.send(json_call("AmazonSQS.CreateQueue", {{"QueueName", queue}}), [](const auto*) {});
  machine_.finish_turns();
}

void Jobs::act() {
  Job* job = received();
  switch (random_.below(job ? 8 : 4)) {
    case 0:
    case 1:
      return send();
    case 2:
    case 3:
    case 4: {
      std::optional<std::int64_t> visibility;
      if (random_.below(2) == 0) visibility = static_cast<std::int64_t>(random_.below(20));
      return receive(static_cast<std::int64_t>(random_.below(3) * 5), visibility);
    }
    case 5:
      return change_visibility(*job);
    case 6:
      return remove(*job);
    default:
      return random_.below(4) == 0 ? change_default_visibility() : remove(*job);
  }
}

void Jobs::hide(Job& job, std::int64_t seconds) const {
  job.latest_ms = machine_.clock().now_ms();
  job.not_before_ms = job.latest_ms + 1'000 * seconds;
}

void Jobs::note_time() {
  for (Job& job : jobs_) job.latest_ms = std::max(job.latest_ms, machine_.clock().now_ms());
}

void Jobs::send() {
  Job& job = jobs_.emplace_back(Job{"job-" + std::to_string(jobs_.size())});
  const auto delay_s = random_.below(3) == 0 ? static_cast<std::int64_t>(random_.below(20)) : 0;
  hide(job, delay_s);
  call("SendMessage", {{"MessageBody", job.body}, {"DelaySeconds", delay_s}},
       [this, &job](const Json* answer) {
         if (!answer) return;
         job.sent = Known::yes;
         coverage_.add(Happened::message_sent);
       });
}

void Jobs::receive(std::int64_t wait_s, std::optional<std::int64_t> visibility_s) {
  Json members{{"MaxNumberOfMessages", 1 + random_.below(5)},
               {"WaitTimeSeconds", wait_s},
               {"AttributeNames", {"All"}}};
  if (visibility_s) members["VisibilityTimeout"] = *visibility_s;
  call("ReceiveMessage", std::move(members), [this, visibility_s](const Json* answer) {
    if (!answer || !answer->contains("Messages")) return;
    for (const Json& message : (*answer)["Messages"]) {
      take(message, visibility_s.value_or(*default_visibility_s_.begin()));
    }
  });
}

void Jobs::take(const Json& message, std::int64_t visibility_s) {
  const auto body = message["Body"].get<std::string>();
  const auto found = std::ranges::find(jobs_, body, &Job::body);
  if (found == jobs_.end()) throw Violation("message " + body + " was never sent");
  const std::int64_t now = std::max(found->latest_ms, machine_.clock().now_ms());
  if (found->deleted == Known::yes) throw Violation("message " + body + " was deleted");
  if (now < found->not_before_ms) {
    throw Violation("message " + body + " came " + std::to_string(found->not_before_ms - now) +
                    " ms too early");
  }
  const auto receives =
      std::stoll(message["Attributes"]["ApproximateReceiveCount"].get<std::string>());
  if (receives <= found->receives) throw Violation("the receives of " + body + " are not counted");
  coverage_.add(found->receives > 0 ? Happened::message_redelivered : Happened::message_received);
  found->receives = receives;
  found->sent = Known::yes;
  found->drained = found->drained || draining_;
  found->receipt_handle = message["ReceiptHandle"].get<std::string>();
  hide(*found, visibility_s);
}

Jobs::Job* Jobs::received() {
  if (jobs_.empty()) return nullptr;
  const auto first = random_.below(jobs_.size());
  for (std::size_t i = 0; i < jobs_.size(); ++i) {
    Job& job = jobs_[(first + i) % jobs_.size()];
    if (!job.receipt_handle.empty() && job.deleted == Known::no) return &job;
  }
  return nullptr;
}

void Jobs::remove(Job& job) {
  job.deleted = Known::perhaps;
  call("DeleteMessage", {{"ReceiptHandle", job.receipt_handle}}, [this, &job](const Json* answer) {
    if (!answer) return;
    job.deleted = Known::yes;
    coverage_.add(Happened::message_deleted);
  });
}

// Until the answer is there, the message may be hidden by the old timeout or by the new one.
void Jobs::change_visibility(Job& job) {
  const auto seconds = static_cast<std::int64_t>(random_.below(30));
  const std::int64_t asked_ms = machine_.clock().now_ms();
  job.not_before_ms = std::min(job.not_before_ms, asked_ms + 1'000 * seconds);
  call("ChangeMessageVisibility",
       {{"ReceiptHandle", job.receipt_handle}, {"VisibilityTimeout", seconds}},
       [this, &job, seconds](const Json* answer) {
         if (!answer) return;
         hide(job, seconds);
         coverage_.add(Happened::visibility_changed);
       });
}

void Jobs::change_default_visibility() {
  const auto seconds = static_cast<std::int64_t>(random_.below(40));
  default_visibility_s_.insert(seconds);
  call("SetQueueAttributes", {{"Attributes", {{"VisibilityTimeout", std::to_string(seconds)}}}},
       [this, seconds](const Json* answer) {
         if (!answer) return;
         default_visibility_s_ = {seconds};
         coverage_.add(Happened::settings_changed);
       });
}

void Jobs::check(const std::set<std::string>& stored) const {
  for (const Job& job : jobs_) {
    const bool is_stored = stored.contains(job.body);
    if (is_stored && job.deleted == Known::yes) {
      throw Violation("message " + job.body + " was deleted and is stored");
    }
    if (!is_stored && job.sent == Known::yes && job.deleted == Known::no) {
      throw Violation("message " + job.body + " was lost");
    }
  }
}

void Jobs::expect_anything() {
  default_visibility_s_.insert(0);
  for (Job& job : jobs_) {
    job.sent = Known::perhaps;
    if (job.deleted == Known::yes) job.deleted = Known::perhaps;
    job.not_before_ms = 0;
    job.receives = 0;
    job.receipt_handle.clear();
  }
}

void Jobs::drain() {
  draining_ = true;
  for (std::size_t i = 0; i <= jobs_.size() && machine_.is_up(); ++i) {
    receive(0, 1'000);
    machine_.finish_turns();
  }
}

void Jobs::check_drained() const {
  for (const Job& job : jobs_) {
    if (job.sent == Known::yes && job.deleted == Known::no && !job.drained) {
      throw Violation("message " + job.body + " is never received");
    }
  }
}

}  // namespace votemu::sim
