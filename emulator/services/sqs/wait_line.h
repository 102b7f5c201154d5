// The long polls that wait on one queue, first come first served.
#pragma once

#include <cstddef>
#include <list>
#include <memory>

#include "core/wakeup.h"

namespace votemu::sqs {

class WaitLine {
 public:
  // A waiter's place in the line, for as long as it lives. It keeps the place while it is called
  // and finds that someone else was faster. Lives in the frame of the waiting coroutine.
  class Place {
   public:
    explicit Place(std::shared_ptr<WaitLine> line);
    // A call that did not reach its waiter goes to the next one.
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    // Before and after the coroutine awaits `wakeup`.
    void sleep(core::Wakeup& wakeup);
    void awake();
    // The time to wait is over.
    void time_out();
    bool timed_out() const { return timed_out_; }

   private:
    friend class WaitLine;
    void call();

    std::shared_ptr<WaitLine> line_;
    std::list<Place*>::iterator position_;
    core::Wakeup* wakeup_ = nullptr;
    bool called_ = false;
    bool timed_out_ = false;
  };

  std::size_t size() const { return places_.size(); }

  // Calls the first `messages` in the line, as many as there are messages to take.
  void call(std::size_t messages);
  void call_all() { call(size()); }
  // Ends every wait: nothing more will come.
  void time_out_all();

 private:
  void call_next();

  std::list<Place*> places_;
};

}  // namespace votemu::sqs
