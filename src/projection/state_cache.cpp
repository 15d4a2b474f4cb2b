#include <eventstore/projection/detail/state_cache.hpp>

#include <eventstore/aggregate/detail/stream_of.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// Of a state without its fields, with its place in the cache.
constexpr std::size_t entry_bytes = 1024;
// A field in memory takes about so many times its bytes in the log: nodes are not full, and texts have room.
constexpr std::size_t memory_factor = 3;

}  // namespace

Result<std::unique_ptr<AnyState>> StateCache::load_before(const RecordedEvent& event, const AggregateType& type) const {
  const Version preceding{event.version.value - 1};
  if (type.state_schema != nullptr) return load_state(log_, schemas_, type, StreamId::trusted(event.stream), preceding);
  // A category without state has nothing to replay; it is only told where it stands.
  auto state = type.new_state();
  state->version = preceding;
  return state;
}

Result<StateCache::States> StateCache::enter(const RecordedEvent& event, const Metadata& metadata,
                                             const AggregateType& type) {
  auto& entry = entry_of(event.stream);
  if (entry.state == nullptr || entry.state->version.next() != event.version) {
    // Two streams that are one aggregate's would write the same documents.
    if (!type.former_categories.empty()) EVENTSTORE_TRY(stream_of(log_, type, StreamId::trusted(event.stream).key()));
    auto loaded = load_before(event, type);
    if (!loaded) {
      erase(entry);
      return failure_of(loaded);
    }
    entry.state = std::move(*loaded);
    entry.measured = 0;
  }
  auto& before = before_of(type);
  before.assign(*entry.state);
  if (auto applied = entry.state->apply(event, metadata, schemas_); !applied) {
    erase(entry);
    return failure_of(applied);
  }
  count(entry, event.data.size());
  return States{&before, entry.state.get()};
}

StateCache::Entry& StateCache::entry_of(std::string_view stream) {
  if (const auto known = by_stream_.find(stream); known != by_stream_.end()) {
    entries_.splice(entries_.begin(), entries_, known->second);
    return entries_.front();
  }
  entries_.push_front(Entry{std::string{stream}});
  by_stream_.emplace(entries_.front().stream, entries_.begin());
  return entries_.front();
}

void StateCache::erase(Entry& entry) {
  const auto known = by_stream_.find(entry.stream);
  bytes_ -= entry.bytes;
  const auto place = known->second;
  by_stream_.erase(known);
  entries_.erase(place);
}

// A state is measured when it was met, and again once its events may have doubled it.
void StateCache::count(Entry& entry, std::size_t event_bytes) {
  bytes_ -= entry.bytes;
  entry.bytes += event_bytes;
  if (entry.measured == 0 || entry.bytes > 2 * entry.measured) {
    scratch_.clear();
    entry.state->encode_to(scratch_);
    entry.bytes = entry.measured = entry_bytes + memory_factor * scratch_.size();
  }
  bytes_ += entry.bytes;
  while (bytes_ > limit_ && entries_.size() > 1) erase(entries_.back());
}

AnyState& StateCache::before_of(const AggregateType& type) {
  const auto known = std::ranges::find(before_, type.category, &decltype(before_)::value_type::first);
  if (known != before_.end()) return *known->second;
  return *before_.emplace_back(type.category, type.new_state()).second;
}

void StateCache::clear() {
  by_stream_.clear();
  entries_.clear();
  before_.clear();
  bytes_ = 0;
}

}  // namespace v1
}  // namespace eventstore
