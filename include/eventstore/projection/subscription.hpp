#pragma once
// Reads all events from a place on, and then new events as they come: one loop does both.
//
//   es::Subscription subscription{log, {.from = es::From::now(), .filter = {.categories = {"delivery"}}}};
//   for (const auto& event : subscription.until(stop)) …;
//   if (auto ended = subscription.ended(); !ended) return es::failure_of(ended);
//
// or, without iterators, `while (const auto* event = subscription.next(stop)) …;`.
#include <cstddef>
#include <eventstore/log/event_log.hpp>
#include <eventstore/projection/checkpoint_file.hpp>
#include <eventstore/projection/from.hpp>
#include <eventstore/projection/subscription_filter.hpp>
#include <functional>
#include <iterator>
#include <optional>
#include <stop_token>
#include <string>

namespace eventstore {
inline namespace v1 {

struct SubscriptionOptions {
  From from = From::beginning();  ///< where to begin; a checkpoint that is there counts before it
  SubscriptionFilter filter{};
  Position to{};           ///< the loop ends after this position; 0: it goes on with new events
  bool as_stored = false;  ///< as ReadAll::as_stored
  /// The file that keeps how far the subscription is; empty: nothing keeps it. A partition adds its own ending, so that
  /// the readers of one subscription give the same path: "mail.checkpoint.1-of-4".
  std::string checkpoint{};
  /// What the checkpoint is for, the same each time. Nil: it is for the filter, and is refused under another one, which
  /// may want what this one has passed over.
  Uuid checkpoint_purpose{};
  /// Called before the checkpoint is written, to put on the disk what was made of the events. An error of it ends the
  /// loop, and the checkpoint stays.
  std::function<Result<void>()> before_checkpoint{};
  FileSystem* files = nullptr;  ///< of the checkpoint; it outlives the subscription
  std::uint64_t checkpoint_every =
      4096;                        ///< events, given or passed over, after which the file is written at the latest
  std::size_t page_events = 1024;  ///< events that are read at a time
};

/// The caller pulls each event, so it sets the pace.
///
/// Order: that of positions. An event is given at least once: after a crash those since the checkpoint are given again.
/// Without a crash, and with save() at the end, each is given once.
/// Checkpoint: the file is written when the subscription begins, before it waits for new events if some were given
/// since the last time, after `checkpoint_every` events, and by save(). It says that all events given so far are
/// handled: the caller came back for another one. It also moves over events that the filter passes over. Errors: an
/// error ends the loop, and ended() has it. The next call of next() tries again at the same place. Lifetime: an event
/// and its views live until the next call of next() or next_here(), and no longer than the subscription: for the body
/// of the loop. Threads: one at a time; a stop may be requested from any thread. Cost: a page of the log for each
/// `page_events` events; one category, one type and the organization are looked up in the log's index, and everything
/// else of the filter is compared with each event that is read. Waiting costs no processor time: appends wake it, those
/// of another process too.
class Subscription {
 public:
  /// Takes its place: events appended from now on are given. `log` outlives the subscription. An error of it is that of
  /// the first call of next(): as From::resolve, CheckpointFile::read and write; invalid_argument, for a checkpoint
  /// without `files` or a partition that is not one.
  explicit Subscription(const EventLog& log, SubscriptionOptions options = {});
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

  /// The next event; waits for one where all have been given. Null: the loop has ended, and ended() says why.
  [[nodiscard]] const RecordedEvent* next(std::stop_token stop = {});

  /// The next event of those that the log has now. Null: there is none, or an error, which ended() has.
  [[nodiscard]] const RecordedEvent* next_here();

  /// Why the last call gave no event. A success: `stop` was requested, `to` was reached, or no event is there now.
  /// Errors: as the constructor, EventLog::read_all and EventLog::wait_past, CheckpointFile::write; expired, where
  /// retention dropped events that were not given yet; out_of_memory.
  [[nodiscard]] Result<void> ended() const;

  /// Every event up to here was given or passed over.
  [[nodiscard]] Position position() const { return seen_; }

  /// Says that every event given so far is handled, the present one too, and notes it in the checkpoint. Nothing
  /// happens without a checkpoint. Errors: as CheckpointFile::write.
  Result<void> save();

  class Iterator;
  class Range;
  /// `for (const auto& event : subscription.until(stop))`: as a loop over next(stop).
  [[nodiscard]] Range until(std::stop_token stop);
  /// `for (const auto& event : subscription)`: as until() with a stop that nobody requests.
  [[nodiscard]] Iterator begin();
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

 private:
  enum class Wait : std::uint8_t { no, yes };
  const RecordedEvent* step(Wait wait, const std::stop_token& stop);
  Result<bool> refill(Wait wait, const std::stop_token& stop);
  Result<void> start();
  Result<void> write_checkpoint();
  [[nodiscard]] bool is_at_end() const { return options_.to != Position{0} && seen_ >= options_.to; }

  const EventLog& log_;
  const SubscriptionOptions options_;
  const Uuid purpose_;
  const Filter asked_;   // the part of the filter that the log itself looks up
  const bool compares_;  // whether there is more to the filter
  std::optional<CheckpointFile> file_;
  std::optional<Error> error_;
  bool started_ = false;
  Page page_;
  std::size_t at_ = 0;  // in the page
  Position seen_{};
  Position saved_{};
  bool has_given_ = false;  // since the checkpoint was written
};

/// An input iterator; an increment ends the life of the event before it.
class Subscription::Iterator {
 public:
  using value_type = RecordedEvent;
  using difference_type = std::ptrdiff_t;

  explicit Iterator(Subscription& subscription, std::stop_token stop)
      : subscription_{&subscription}, stop_{std::move(stop)}, event_{subscription.next(stop_)} {}

  const RecordedEvent& operator*() const { return *event_; }
  const RecordedEvent* operator->() const { return event_; }
  Iterator& operator++() {
    event_ = subscription_->next(stop_);
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const Iterator& iterator, std::default_sentinel_t) { return iterator.event_ == nullptr; }

 private:
  Subscription* subscription_;
  std::stop_token stop_;
  const RecordedEvent* event_;
};

class Subscription::Range {
 public:
  Range(Subscription& subscription, std::stop_token stop) : subscription_{subscription}, stop_{std::move(stop)} {}
  [[nodiscard]] Iterator begin() const { return Iterator{subscription_, stop_}; }
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

 private:
  Subscription& subscription_;
  std::stop_token stop_;
};

inline Subscription::Range Subscription::until(std::stop_token stop) { return Range{*this, std::move(stop)}; }
inline Subscription::Iterator Subscription::begin() { return Iterator{*this, {}}; }

}  // namespace v1
}  // namespace eventstore
