#include <eventstore/projection/subscription.hpp>

#include <eventstore/core/detail/guarded.hpp>

#include <algorithm>
#include <chrono>

namespace eventstore {
inline namespace v1 {
namespace {

// Bounds a wait whose wake was lost, as when the process that appends was killed.
constexpr std::chrono::seconds patience{1};

std::string category_of(const SubscriptionFilter& filter) {
  if (!filter.stream.empty()) return filter.stream.substr(0, filter.stream.find('-'));
  return filter.categories.size() == 1 ? filter.categories.front() : std::string{};
}

Filter asked_of_log(const SubscriptionFilter& filter) {
  return {category_of(filter), filter.types.size() == 1 ? filter.types.front() : std::string{}, filter.organization};
}

bool has_more(const SubscriptionFilter& filter) {
  return filter.categories.size() > 1 || filter.types.size() > 1 || !filter.stream.empty() ||
         filter.partition.count != 1;
}

std::string path_of(const SubscriptionOptions& options) {
  const auto& partition = options.filter.partition;
  if (partition.count == 1) return options.checkpoint;
  return options.checkpoint + '.' + std::to_string(partition.index) + "-of-" + std::to_string(partition.count);
}

Result<void> check(const SubscriptionOptions& options) {
  const auto& partition = options.filter.partition;
  if (partition.index >= partition.count)
    return failure(Errc::invalid_argument, "subscribe",
                   "partition " + std::to_string(partition.index) + " of " + std::to_string(partition.count),
                   "partitions are numbered from 0 to the one before their count");
  if (!options.checkpoint.empty() && options.files == nullptr)
    return failure(Errc::invalid_argument, "subscribe", options.checkpoint,
                   "a checkpoint needs a file system: set SubscriptionOptions::files");
  return {};
}

}  // namespace

Subscription::Subscription(const EventLog& log, SubscriptionOptions options)
    : log_{log},
      options_{std::move(options)},
      purpose_{options_.checkpoint_purpose.is_nil() ? options_.filter.digest() : options_.checkpoint_purpose},
      asked_{asked_of_log(options_.filter)},
      compares_{has_more(options_.filter)} {
  if (!options_.checkpoint.empty() && options_.files != nullptr) file_.emplace(*options_.files, path_of(options_));
  auto started = detail::guarded("subscribe", {}, [&] { return start(); });
  if (!started) error_ = std::move(started.error());
}

Result<void> Subscription::start() {
  EVENTSTORE_TRY(check(options_));
  std::optional<LogPlace> kept;
  if (file_) {
    EVENTSTORE_TRY_ASSIGN(kept, file_->read(log_, purpose_));
  }
  if (kept) {
    seen_ = saved_ = kept->position;
  } else {
    EVENTSTORE_TRY_ASSIGN(seen_, options_.from.resolve(log_));
    saved_ = seen_;
    EVENTSTORE_TRY(write_checkpoint());  // otherwise a crash before the first event would begin at a later "now"
  }
  started_ = true;
  return {};
}

const RecordedEvent* Subscription::next(std::stop_token stop) { return step(Wait::yes, stop); }

const RecordedEvent* Subscription::next_here() { return step(Wait::no, {}); }

Result<void> Subscription::ended() const {
  if (error_) return failure(*error_);
  return {};
}

Result<void> Subscription::save() {
  return detail::guarded("subscribe", options_.checkpoint, [&] { return write_checkpoint(); });
}

Result<void> Subscription::write_checkpoint() {
  if (!file_) return {};
  const auto place = LogPlace::at(log_, seen_);
  if (!place && place.error().code == Errc::not_found) return {};  // before an event that is not there yet
  if (!place) return tl::unexpected<Error>{place.error()};
  if (options_.before_checkpoint) EVENTSTORE_TRY(options_.before_checkpoint());
  EVENTSTORE_TRY(file_->write(*place, purpose_));
  saved_ = seen_;
  has_given_ = false;
  return {};
}

const RecordedEvent* Subscription::step(Wait wait, const std::stop_token& stop) {
  if (error_ && started_) error_.reset();
  while (!stop.stop_requested()) {
    while (at_ < page_.events.size() && !is_at_end()) {
      const auto& event = page_.events[at_];
      if (options_.to != Position{0} && event.position > options_.to) {
        seen_ = options_.to;
        return nullptr;
      }
      ++at_;
      seen_ = event.position;
      if (compares_ && !options_.filter.admits(event)) continue;
      has_given_ = true;
      return &event;
    }
    auto filled = detail::guarded("subscribe", {}, [&] { return refill(wait, stop); });
    if (!filled) error_ = std::move(filled.error());
    if (!filled || !*filled) return nullptr;
  }
  return nullptr;
}

// False: there are no more events, now or at all.
Result<bool> Subscription::refill(Wait wait, const std::stop_token& stop) {
  if (!started_) {
    EVENTSTORE_TRY(start());
    error_.reset();
  }
  while (!is_at_end() && !stop.stop_requested()) {
    if (seen_.value - saved_.value >= options_.checkpoint_every) EVENTSTORE_TRY(write_checkpoint());
    at_ = 0;
    page_ = {};
    EVENTSTORE_TRY_ASSIGN(
        page_,
        log_.read_all(
            {.from = seen_.next(), .limit = options_.page_events, .filter = asked_, .as_stored = options_.as_stored}));
    if (!page_.events.empty()) return true;
    seen_ = std::max(seen_, Position{page_.next - 1});  // over what the log's own filter withheld
    if (!page_.at_end) continue;
    if (has_given_) EVENTSTORE_TRY(write_checkpoint());
    if (wait == Wait::no) return false;
    EVENTSTORE_TRY(log_.wait_past(seen_, stop, patience));
  }
  return false;
}

}  // namespace v1
}  // namespace eventstore
