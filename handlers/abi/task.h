// Task<T>: a lazy coroutine that yields one T or throws.
//
// It does not know any event loop: whoever resumes what it waits for drives it. Inside votemu the
// clients answer at once, so a whole handler runs without suspending; in a real Lambda they wait
// for the network. Destroying a Task that has not finished abandons it, and with it everything it
// owns.
#pragma once

#include <coroutine>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

namespace votemu::abi {

template <class T>
class Task;

// What a finished task left behind: a value or an exception.
template <class T>
class Outcome {
 public:
  Outcome(std::optional<T> value, std::exception_ptr error)
      : value_(std::move(value)), error_(std::move(error)) {}

  // The value, or throws what the task threw.
  T take() {
    if (error_) std::rethrow_exception(error_);
    return std::move(*value_);
  }

 private:
  std::optional<T> value_;
  std::exception_ptr error_;
};

template <>
class Outcome<void> {
 public:
  explicit Outcome(std::exception_ptr error) : error_(std::move(error)) {}
  void take() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::exception_ptr error_;
};

namespace detail {

struct PromiseBase {
  struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    void await_resume() const noexcept {}

    // The frame may be destroyed by what runs here: nothing of it is touched afterwards.
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) const noexcept {
      PromiseBase& promise = self.promise();
      if (promise.continuation) return promise.continuation;
      if (promise.on_done) {
        const auto notify = std::move(promise.on_done);
        notify();
      }
      return std::noop_coroutine();
    }
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  FinalAwaiter final_suspend() const noexcept { return {}; }
  void unhandled_exception() { error = std::current_exception(); }

  std::coroutine_handle<> continuation;
  std::function<void()> on_done;
  std::exception_ptr error;
};

template <class T>
struct Promise : PromiseBase {
  Task<T> get_return_object();
  void return_value(T result) { value.emplace(std::move(result)); }
  Outcome<T> outcome() { return Outcome<T>(std::move(value), error); }
  std::optional<T> value;
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() const {}
  Outcome<void> outcome() const { return Outcome<void>(error); }
};

}  // namespace detail

template <class T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  Task() = default;
  explicit Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      reset();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() { reset(); }

  bool done() const { return handle_ && handle_.done(); }
  explicit operator bool() const { return static_cast<bool>(handle_); }

  // Abandons the task: its frame and everything in it are destroyed.
  void reset() {
    if (handle_) std::exchange(handle_, {}).destroy();
  }

  // Runs the task until it first suspends. `on_done` is called once it has finished, possibly
  // before start() returns; it may destroy this Task after it has taken the outcome. It must not
  // throw.
  void start(std::function<void()> on_done) {
    handle_.promise().on_done = std::move(on_done);
    handle_.resume();
  }

  // Once, after the task has finished.
  Outcome<T> outcome() { return handle_.promise().outcome(); }

  auto operator co_await() && {
    struct Awaiter {
      Handle handle;
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) const noexcept {
        handle.promise().continuation = caller;
        return handle;
      }
      T await_resume() const { return handle.promise().outcome().take(); }
    };
    return Awaiter{handle_};
  }

 private:
  Handle handle_;
};

template <class T>
Task<T> detail::Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise>::from_promise(*this));
}

inline Task<void> detail::Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise>::from_promise(*this));
}

// Runs a task that cannot suspend and returns its value, or throws what it threw; a task that did
// suspend is abandoned and reported as std::logic_error.
template <class T>
T run_now(Task<T> task) {
  task.start([] {});
  if (!task.done()) throw std::logic_error("the task suspended where it must not");
  return task.outcome().take();
}

}  // namespace votemu::abi
