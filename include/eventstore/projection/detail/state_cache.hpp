#pragma once
// The states of the streams that a worker passes, each before and after the current event.
#include <eventstore/aggregate/execute.hpp>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time.
class StateCache {
 public:
  static constexpr std::size_t bytes_max = std::size_t{96} << 20;

  /// An event's states. Lifetime: until the next call of the cache.
  struct States {
    const AnyState* before;
    const AnyState* after;
  };

  /// `log` and `schemas` outlive the cache. States are kept up to about so many bytes; what was not needed
  /// for the longest time goes first, and is replayed when it is needed again.
  StateCache(const EventLog& log, const SchemaReader& schemas, std::size_t limit = bytes_max)
      : log_{log}, schemas_{schemas}, limit_{limit} {}

  /// Folds `event` in. A stream that is met in its middle is replayed, from the state that retention kept where it
  /// dropped the first events. Errors: as AnyState::apply, load_state, stream_of; expired, where that state was not
  /// kept. Cost: a copy of the state's fields, whose maps and lists are shared, and the fold.
  Result<States> enter(const RecordedEvent& event, const Metadata& metadata, const AggregateType& type);

  /// Forgets all states: after an exception one may be changed in part.
  void clear();

  /// The bytes of all states that are kept, as estimated.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::string stream;
    std::unique_ptr<AnyState> state{};
    std::size_t bytes = 0;  // as estimated when it was measured last, and the events since then
    std::size_t measured = 0;
  };
  using Entries = std::list<Entry>;  // the one that was used last comes first

  [[nodiscard]] Result<std::unique_ptr<AnyState>> load_before(const RecordedEvent& event,
                                                              const AggregateType& type) const;
  Entry& entry_of(std::string_view stream);
  void erase(Entry& entry);
  void count(Entry& entry, std::size_t event_bytes);
  AnyState& before_of(const AggregateType& type);

  const EventLog& log_;
  const SchemaReader& schemas_;
  const std::size_t limit_;
  Entries entries_;
  std::unordered_map<std::string_view, Entries::iterator> by_stream_;
  std::size_t bytes_ = 0;
  Bytes scratch_;
  std::vector<std::pair<std::string, std::unique_ptr<AnyState>>> before_;  // one a category, used again
};

}  // namespace v1
}  // namespace eventstore
