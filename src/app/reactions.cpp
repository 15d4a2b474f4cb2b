// Runs reactions, and tells how they are.
#include <eventstore/app/reactions.hpp>

#include <eventstore/projection/detail/backoff.hpp>
#include <eventstore/projection/reaction_status.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <mutex>
#include <thread>

namespace eventstore::app {
namespace {

struct Running {
  std::string name;
  ReactionWorker worker;
  ReactionReport first{};  // the sum of its runs before it follows
};

ReactionRun row_of(const std::string& name, const ReactionReport& run) {
  return {name, run.events, run.done, run.refused, run.set_aside, run.fired, run.position.value, run.stopped, run.next};
}

Result<std::optional<From>> read_place(const std::string& from) {
  if (from.empty()) return std::optional<From>{};
  if (from == "now") return std::optional{From::now()};
  if (from == "beginning") return std::optional{From::beginning()};
  std::uint64_t position = 0;
  const auto* const end = from.data() + from.size();
  const auto read = std::from_chars(from.data(), end, position);
  if (read.ec != std::errc{} || read.ptr != end || position == 0)
    return failure(Errc::invalid_argument, "react", "--from " + from,
                   "a reaction begins from now, from the beginning or from a position, which is 1 or more");
  return std::optional{From::position(Position{position})};
}

// All can begin before the first one does.
Result<void> check_begun(Store& store, const std::vector<const ReactionType*>& reactions) {
  for (const auto* const reaction : reactions) {
    EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::of(reaction_category, reaction->name));
    EVENTSTORE_TRY_ASSIGN(const Version version, store.log().head(stream));
    if (version == Version{0})
      return failure(Errc::invalid_argument, "react", reaction->name,
                     "it has never run: say where it begins, with --from now, --from beginning or --from POSITION");
  }
  return {};
}

Result<void> run_once(Running& each, const std::stop_token& stop, bool& has_found) {
  EVENTSTORE_TRY_ASSIGN(const auto run, each.worker.run(stop));
  has_found = has_found || run.events != 0 || run.fired != 0;
  each.first.events += run.events;
  each.first.done += run.done;
  each.first.refused += run.refused;
  each.first.set_aside += run.set_aside;
  each.first.fired += run.fired;
  each.first.position = run.position;
  each.first.stopped = run.stopped;
  each.first.next = run.next;
  each.first.retry = run.retry;
  return {};
}

// What one reaction does may be an event for another one.
Result<void> handle_all(std::vector<Running>& running, const std::stop_token& stop) {
  for (bool has_found = true; has_found && !stop.stop_requested();) {
    has_found = false;
    for (auto& each : running) EVENTSTORE_TRY(run_once(each, stop, has_found));
  }
  return {};
}

// The number of tries is the worker's: they end while it lives, or the next run would begin to count again.
Result<void> handle_retries(std::vector<Running>& running, const Clock& clock, const RetryOptions& retry,
                            const std::stop_token& stop) {
  const Backoff waits{retry};
  while (!stop.stop_requested()) {
    std::optional<Timestamp> first;
    for (const auto& each : running)
      if (each.first.retry) first = std::min(first.value_or(*each.first.retry), *each.first.retry);
    if (!first) break;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - clock.now());
    waits.wait(std::clamp(left, std::chrono::milliseconds{1}, std::chrono::milliseconds{1000}), stop);
    EVENTSTORE_TRY(handle_all(running, stop));
  }
  return {};
}

// What ended the first of several threads, and with it the others.
class FirstEnd {
 public:
  void stop() { all_.request_stop(); }
  [[nodiscard]] std::stop_token token() const { return all_.get_token(); }
  void end(Result<void> result) {
    const std::lock_guard lock{mutex_};
    if (!result && result_) result_ = std::move(result);
    all_.request_stop();
  }
  [[nodiscard]] const Result<void>& result() const { return result_; }

 private:
  std::stop_source all_;
  std::mutex mutex_;
  Result<void> result_{};  // guarded by mutex_ while the threads run
};

Result<void> follow(std::vector<Running>& running, FunctionRef<Result<void>(const ReactionRun&)> on_run,
                    const std::stop_token& stop) {
  FirstEnd first;
  const std::stop_callback passed_on{stop, [&] { first.stop(); }};
  std::mutex telling;
  const auto run = [&](Running& each) {
    const auto tell = [&](const ReactionReport& report) {
      if (report.refused == 0 && report.set_aside == 0) return;
      const std::lock_guard lock{telling};
      if (auto told = on_run(row_of(each.name, report)); !told) first.end(std::move(told));
    };
    first.end(each.worker.follow(first.token(), tell));
  };
  {
    std::vector<std::jthread> threads;
    for (auto& each : running) threads.emplace_back([&run, &each] { run(each); });
  }
  return first.result();
}

ReactionStanding standing_of(const ReactionType& reaction, const Result<ReactionStatus>& status) {
  ReactionStanding row{};
  row.reaction = reaction.name;
  row.health = "unwell";
  if (!status) {
    row.error = status.error().message();
    return row;
  }
  const auto& noted = status->noted;
  row.position = status->position.value;
  row.behind = status->behind;
  row.refused = noted.refused;
  row.dead_letters = noted.letters.size();
  row.timers = noted.timers.size();
  for (const auto& [name, timer] : noted.timers) row.next_timer = std::min(row.next_timer.value_or(timer.at), timer.at);
  if (noted.letters.empty()) row.health = status->has_begun ? "live" : "missing";
  return row;
}

}  // namespace

Result<void> run_reactions(Store& store, const RunReactions& parameters,
                           FunctionRef<Result<void>(const ReactionRun&)> on_run, const RetryOptions& retry,
                           std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto reactions, find_reactions(store.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto from, read_place(parameters.from));
  if (!from) EVENTSTORE_TRY(check_begun(store, reactions));
  const ReactionOptions options{.from = from.value_or(From::now()),
                                .attempts_max = static_cast<unsigned>(retry.retries_max + 1),
                                .retry_delay = retry.delay};
  std::vector<Running> running;
  for (const auto* const reaction : reactions) {
    EVENTSTORE_TRY_ASSIGN(auto worker, store.react(reaction->name, options));
    running.push_back({reaction->name, std::move(worker)});
  }
  EVENTSTORE_TRY(handle_all(running, stop));
  if (!parameters.follow) EVENTSTORE_TRY(handle_retries(running, store.clock(), retry, stop));
  for (const auto& each : running) EVENTSTORE_TRY(on_run(row_of(each.name, each.first)));
  if (!parameters.follow || running.empty()) return {};
  return follow(running, on_run, stop);
}

Result<void> list_reactions(Store& store, FunctionRef<Result<void>(const ReactionStanding&)> on_reaction) {
  for (const auto& reaction : store.model().reactions)
    EVENTSTORE_TRY(on_reaction(standing_of(reaction, look_at(store.reaction_host(), reaction))));
  return {};
}

}  // namespace eventstore::app
