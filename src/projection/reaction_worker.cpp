#include <eventstore/projection/reaction_worker.hpp>

#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <eventstore/projection/subscription.hpp>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <set>

#include "reaction_handling.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// A clock may be set while a wait goes on, so that none is longer.
constexpr std::chrono::milliseconds patience_most{1000};

Result<void> check_name(std::string_view name) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  if (!name.empty() && name.size() <= 100 && std::ranges::all_of(name, is_plain)) return {};
  return failure(Errc::invalid_argument, "react", std::string{name},
                 "a reaction's name is 1 to 100 of a to z, 0 to 9, - and _: its checkpoint is a file of that name");
}

ReactionOptions with_seed(ReactionOptions options, const Clock& clock) {
  if (options.seed != 0) return options;
  const auto random = new_uuid(clock);
  std::memcpy(&options.seed, random.octets.data() + 8, sizeof options.seed);
  return options;
}

}  // namespace

class ReactionWorker::Engine {
 public:
  Engine(ReactionHost host, ReactionType reaction, ReactionOptions options)
      : host_{std::move(host)},
        reaction_{std::move(reaction)},
        options_{with_seed(options, host_.clock)},
        notes_{host_.log, host_.clock, reaction_.name},
        actions_{host_, notes_},
        handling_{host_, reaction_, options_, notes_, actions_} {}

  Result<void> open();
  /// Does the next bit of work; false: there is nothing more to do now.
  Result<bool> step(ReactionReport& report);
  Result<ReactionReport> run(const std::stop_token& stop);
  Result<void> follow(const std::stop_token& stop, const std::function<void(const ReactionReport&)>& on_run);
  Result<std::size_t> retry_all();

  template <class Call> auto locked(Call call) -> decltype(call()) {
    return detail::guarded("react", notes_.stream().text(), [&] {
      const std::lock_guard lock{mutex_};
      return call();
    });
  }
  ReactionNotes& notes() { return notes_; }
  // With the reasons of its letters in clear.
  [[nodiscard]] ReactionState state() const {
    auto state = notes_.state();
    open_reasons(host_.log, notes_.stream(), state);
    return state;
  }
  ReactionHandling& handling() { return handling_; }

 private:
  Result<void> wait(const ReactionReport& report, const std::stop_token& stop);
  /// Every event up to here is handled, or not the reaction's.
  [[nodiscard]] Position position() const {
    return present_ == nullptr ? events_->position() : Position{present_->position.value - 1};
  }

  ReactionHost host_;
  const ReactionType reaction_;
  const ReactionOptions options_;
  Mutex mutex_;  // guards everything below
  ReactionNotes notes_;
  ReactionActions actions_;
  ReactionHandling handling_;
  std::optional<Subscription> events_;
  const RecordedEvent* present_ = nullptr;  // given by events_, and not handled yet
  std::optional<HandledEvent> handled_;     // of present_
};

Result<void> ReactionWorker::Engine::open() {
  EVENTSTORE_TRY(check_name(reaction_.name));
  for (const auto& category : reaction_.categories) {
    EVENTSTORE_TRY_ASSIGN(const auto* const type, actions_.find_aggregate(category));
    EVENTSTORE_TRY(actions_.check_readable_once(*type));
  }
  EVENTSTORE_TRY(notes_.begin(options_.from));
  events_.emplace(host_.log, SubscriptionOptions{.from = notes_.place(),
                                                 .filter = {.categories = reaction_.categories},
                                                 .checkpoint = notes_.checkpoint_path(host_.directory),
                                                 .checkpoint_purpose = notes_.checkpoint_purpose(),
                                                 .before_checkpoint = [this] { return host_.log.sync(); },
                                                 .files = &host_.files,
                                                 .checkpoint_every = options_.checkpoint_every});
  return events_->ended();
}

Result<bool> ReactionWorker::Engine::step(ReactionReport& report) {
  if (present_ == nullptr) {
    present_ = events_->next_here();
    report.position = position();
    if (present_ == nullptr) {
      EVENTSTORE_TRY(events_->ended());
      EVENTSTORE_TRY(handling_.fire(report));
      return false;
    }
  }
  if (!handled_) {
    EVENTSTORE_TRY_ASSIGN(handled_, handling_.begin(*present_, report));
  }
  EVENTSTORE_TRY_ASSIGN(const bool done, handling_.go_on(*handled_, report));
  if (!done) {
    report.next = report.retry = handled_->not_before;
    return false;
  }
  handled_.reset();
  present_ = nullptr;
  ++report.events;
  report.position = position();
  return true;
}

Result<ReactionReport> ReactionWorker::Engine::run(const std::stop_token& stop) {
  ReactionReport report;
  EVENTSTORE_TRY(locked([&] {
    report.position = position();
    return notes_.refresh();
  }));
  while (true) {
    if (stop.stop_requested()) {
      report.stopped = true;
      return report;
    }
    EVENTSTORE_TRY_ASSIGN(const bool more, locked([&] { return step(report); }));
    if (!more) return report;
  }
}

// Until an event comes, or until something is due. While an event holds up those after it, more of them change nothing.
Result<void> ReactionWorker::Engine::wait(const ReactionReport& report, const std::stop_token& stop) {
  using std::chrono::milliseconds;
  auto patience = patience_most;
  if (report.next) {
    const auto left = std::chrono::ceil<milliseconds>(*report.next - host_.clock.now());
    patience = std::clamp(left, milliseconds{1}, patience_most);
  }
  EVENTSTORE_TRY_ASSIGN(const Position head, host_.log.head());
  const bool is_held_up = locked([&]() -> Result<bool> { return present_ != nullptr; }).value_or(true);
  EVENTSTORE_TRY(host_.log.wait_past(is_held_up ? head : report.position, stop, patience));
  return {};
}

Result<void> ReactionWorker::Engine::follow(const std::stop_token& stop,
                                            const std::function<void(const ReactionReport&)>& on_run) {
  const auto tell = [&](const ReactionReport& report) {
    return detail::guarded("react", notes_.stream().text(), [&]() -> Result<void> {
      if (on_run) on_run(report);
      return {};
    });
  };
  while (!stop.stop_requested()) {
    EVENTSTORE_TRY_ASSIGN(const auto report, run(stop));
    EVENTSTORE_TRY(tell(report));
    if (!report.stopped) EVENTSTORE_TRY(wait(report, stop));
  }
  return {};
}

Result<std::size_t> ReactionWorker::Engine::retry_all() {
  std::size_t done = 0;
  EVENTSTORE_TRY(notes_.refresh());
  std::set<std::string> failed;  // streams
  const auto letters = notes_.state().letters;
  for (const auto& [id, letter] : letters) {
    if (!letter.timer && failed.count(letter.cause.stream) != 0) continue;
    if (handling_.retry(id))
      ++done;
    else if (!letter.timer)
      failed.insert(letter.cause.stream);
  }
  return done;
}

ReactionWorker::ReactionWorker(std::unique_ptr<Engine> engine) : engine_{std::move(engine)} {}
ReactionWorker::ReactionWorker(ReactionWorker&& other) noexcept = default;
ReactionWorker& ReactionWorker::operator=(ReactionWorker&& other) noexcept = default;
ReactionWorker::~ReactionWorker() = default;

Result<ReactionWorker> ReactionWorker::open(ReactionHost host, ReactionType reaction, ReactionOptions options) {
  const auto name = reaction.name;
  return detail::guarded("react", name, [&]() -> Result<ReactionWorker> {
    auto engine = std::make_unique<Engine>(std::move(host), std::move(reaction), options);
    EVENTSTORE_TRY(engine->open());
    return ReactionWorker{std::move(engine)};
  });
}

Result<ReactionReport> ReactionWorker::run(std::stop_token stop) { return engine_->run(stop); }

Result<void> ReactionWorker::follow(std::stop_token stop, const std::function<void(const ReactionReport&)>& on_run) {
  return engine_->follow(stop, on_run);
}

Result<std::vector<DeadLetter>> ReactionWorker::dead_letters() {
  return engine_->locked([&]() -> Result<std::vector<DeadLetter>> {
    EVENTSTORE_TRY(engine_->notes().refresh());
    std::vector<DeadLetter> letters;
    const auto state = engine_->state();
    for (const auto& [id, letter] : state.letters) letters.push_back({id, letter});
    return letters;
  });
}

Result<void> ReactionWorker::retry(const std::string& id) {
  return engine_->locked([&]() -> Result<void> {
    EVENTSTORE_TRY(engine_->notes().refresh());
    return engine_->handling().retry(id);
  });
}

Result<std::size_t> ReactionWorker::retry_all() {
  return engine_->locked([&] { return engine_->retry_all(); });
}

Result<void> ReactionWorker::drop(const std::string& id) {
  return engine_->locked([&]() -> Result<void> {
    EVENTSTORE_TRY(engine_->notes().refresh());
    return engine_->handling().drop(id);
  });
}

Result<ReactionState> ReactionWorker::state() {
  return engine_->locked([&]() -> Result<ReactionState> {
    EVENTSTORE_TRY(engine_->notes().refresh());
    return engine_->state();
  });
}

}  // namespace v1
}  // namespace eventstore
