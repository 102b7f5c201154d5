#include "services/sqs/wait_line.h"

#include <utility>

namespace votemu::sqs {

WaitLine::Place::Place(std::shared_ptr<WaitLine> line)
    : line_(std::move(line)), position_(line_->places_.insert(line_->places_.end(), this)) {}

WaitLine::Place::~Place() {
  line_->places_.erase(position_);
  if (called_) line_->call_next();
}

void WaitLine::Place::sleep(core::Wakeup& wakeup) {
  wakeup_ = &wakeup;
  if (called_) wakeup.wake();
}

void WaitLine::Place::awake() {
  wakeup_ = nullptr;
  called_ = false;
}

void WaitLine::Place::time_out() {
  timed_out_ = true;
  if (wakeup_) wakeup_->wake();
}

void WaitLine::Place::call() {
  called_ = true;
  if (wakeup_) wakeup_->wake();
}

void WaitLine::call(std::size_t messages) {
  for (Place* place : places_) {
    if (messages == 0) return;
    --messages;
    if (!place->called_) place->call();
  }
}

void WaitLine::time_out_all() {
  for (Place* place : places_) place->time_out();
}

void WaitLine::call_next() {
  for (Place* place : places_) {
    if (!place->called_) return place->call();
  }
}

}  // namespace votemu::sqs
