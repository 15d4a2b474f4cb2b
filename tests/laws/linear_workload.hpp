#pragma once
// Threads that append with all kinds of expectations, retry and read, and write down what they were told.
#include <random>
#include <thread>

#include "laws/event_log_laws.hpp"
#include "laws/linear_history.hpp"

namespace eventstore::laws {

struct Workload {
  std::uint64_t seed = 1;
  std::uint64_t threads = 16;
  std::uint64_t operations = 60;  ///< of each thread
  std::uint64_t streams = 4;
  bool mixes_durabilities = false;
};

/// One thread's part. Threads: each has its own, but for `time`.
class HistoryWriter {
 public:
  HistoryWriter(EventLog& log, const Workload& workload, std::uint64_t thread, std::atomic<std::uint64_t>& time)
      : log_{log}, workload_{workload}, thread_{thread}, time_{time}, random_{workload.seed * 1000 + thread} {}

  std::vector<Operation> run() {
    for (std::uint64_t i = 0; i < workload_.operations; ++i) {
      const auto dice = below(20);
      if (dice < 9)
        append(i);
      else if (dice < 11)
        retry();
      else if (dice < 16)
        read_head(below(workload_.streams));
      else if (dice < 18)
        read_log_head();
      else
        read_stream(below(workload_.streams));
    }
    return std::move(history_);
  }

 private:
  std::uint64_t below(std::uint64_t end) { return std::uniform_int_distribution<std::uint64_t>{0, end - 1}(random_); }
  static std::string name_of(StreamNumber stream) { return "account-" + std::to_string(stream); }

  Operation begin(Operation::Kind kind) {
    Operation operation;
    operation.kind = kind;
    operation.called = ++time_;
    return operation;
  }
  void keep(Operation operation) {
    operation.answered = ++time_;
    history_.push_back(std::move(operation));
  }

  std::uint64_t read_head(StreamNumber stream) {
    auto operation = begin(Operation::Kind::head_of_stream);
    operation.streams = {stream};
    const auto head = log_.head(stream_named(name_of(stream)));
    operation.value = head ? head->value : ~std::uint64_t{0};
    keep(operation);
    return operation.value;
  }
  void read_log_head() {
    auto operation = begin(Operation::Kind::head_of_log);
    const auto head = log_.head();
    operation.value = head ? head->value : ~std::uint64_t{0};
    keep(std::move(operation));
  }
  void read_stream(StreamNumber stream) {
    auto operation = begin(Operation::Kind::read_stream);
    operation.streams = {stream};
    const auto visited = log_.visit_stream(stream_named(name_of(stream)), {.limit = no_limit}, [&](const auto& event) {
      operation.commits.push_back(std::stoull(std::string{as_text(event.data)}));
      return true;
    });
    if (!visited) operation.commits.push_back(0);
    keep(std::move(operation));
  }

  Operation::Expected expected_of(StreamNumber stream) {
    switch (below(6)) {
      case 0: return {stream, ExpectedVersion::any()};
      case 1: return {stream, ExpectedVersion::no_stream()};
      case 2: return {stream, ExpectedVersion::stream_exists()};
      case 3: return {stream, ExpectedVersion::exactly(Version{below(30)})};  // most are stale
      default: return {stream, ExpectedVersion::exactly(Version{read_head(stream)})};
    }
  }

  void append(std::uint64_t number) {
    last_ = {};
    last_.commit = (thread_ + 1) * 1'000'000 + number;
    const auto first = below(workload_.streams);
    const auto second = (first + 1) % workload_.streams;
    for (std::uint64_t left = 1 + below(3); left > 0; --left) last_.streams.push_back(below(3) == 0 ? second : first);
    if (below(4) != 0) last_.expectations.push_back(expected_of(first));
    if (below(4) == 0) last_.expectations.push_back(expected_of(second));
    retry();
  }

  void retry() {
    if (last_.commit == 0) return;
    const auto data = std::to_string(last_.commit);
    std::vector<std::string> names;
    for (const auto stream : last_.streams) names.push_back(name_of(stream));
    std::vector<NewEvent> events;
    for (std::size_t i = 0; i < names.size(); ++i) events.push_back(event(names[i], last_.commit * 4 + i, data));
    std::vector<Expectation> expectations;
    for (const auto& expected : last_.expectations)
      expectations.push_back({stream_named(name_of(expected.stream)), expected.version});
    std::optional<Durability> durability;
    if (workload_.mixes_durabilities) durability = static_cast<Durability>(below(3));
    auto operation = last_;
    operation.called = ++time_;
    const auto receipt = log_.append({events, expectations, {}, durability});
    take_answer(receipt, operation);
    keep(std::move(operation));
  }

  static void take_answer(const Result<Receipt>& receipt, Operation& operation) {
    if (receipt) {
      operation.answer = receipt->already_there ? Operation::Answer::already_there : Operation::Answer::written;
      for (const auto& placed : receipt->events) {
        operation.versions.push_back(placed.version.value);
        operation.positions.push_back(placed.position.value);
      }
      return;
    }
    const auto& error = receipt.error();
    operation.answer = error.code == Errc::wrong_version     ? Operation::Answer::wrong_version
                       : error.code == Errc::outcome_unknown ? Operation::Answer::unknown
                                                             : Operation::Answer::not_done;
    for (const auto& conflict : error.conflicts)
      operation.conflicts.push_back({std::stoull(conflict.stream.substr(8)), conflict.actual.value});
    std::sort(operation.conflicts.begin(), operation.conflicts.end());
  }

  EventLog& log_;
  const Workload& workload_;
  const std::uint64_t thread_;
  std::atomic<std::uint64_t>& time_;
  std::mt19937_64 random_;
  Operation last_{};
  std::vector<Operation> history_;
};

/// Runs the threads at once; gives what all of them were told.
inline std::vector<Operation> run(EventLog& log, const Workload& workload) {
  std::atomic<std::uint64_t> time{0};
  std::vector<std::vector<Operation>> histories(workload.threads);
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t thread = 0; thread < workload.threads; ++thread)
      threads.emplace_back([&, thread] { histories[thread] = HistoryWriter{log, workload, thread, time}.run(); });
  }
  std::vector<Operation> all;
  for (const auto& history : histories) all.insert(all.end(), history.begin(), history.end());
  return all;
}

/// What the log of a workload holds.
inline std::vector<FinalEvent> final_events(const EventLog& log) {
  std::vector<FinalEvent> events;
  const auto visited = log.visit_all({.limit = no_limit}, [&](const RecordedEvent& event) {
    events.push_back({std::stoull(std::string{as_text(event.data)}), std::stoull(std::string{event.stream.substr(8)})});
    return true;
  });
  if (!visited) FAIL(visited.error().message());
  return events;
}

inline std::size_t count_of(const std::vector<Operation>& history, Operation::Answer answer) {
  return static_cast<std::size_t>(std::count_if(
      history.begin(), history.end(), [&](const Operation& operation) { return operation.answer == answer; }));
}

}  // namespace eventstore::laws
