#pragma once
// The handwritten collections of aggregates' states: each state in memory, written once.
#include <bench/projected/row_writer.hpp>
#include <eventstore/log/event.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bench {

/// Whether a row has its two times once, or again under the source system's names.
enum class Times : std::uint8_t { once, twice };

/// The states of all streams of A. Threads: one at a time.
template <class A> class KeptStates {
 public:
  struct Kept {
    std::string key;
    std::string organization;
    typename A::State state{};
    std::int64_t version = 0;
    eventstore::Timestamp created_at{};
    eventstore::Timestamp updated_at{};
  };

  /// What is kept of the stream of `event`, whose place and times it takes. Lifetime: as this object.
  Kept& enter(const eventstore::RecordedEvent& event, std::string_view key) {
    auto known = by_key_.find(key);
    if (known == by_key_.end()) {
      auto made = std::make_unique<Kept>(Kept{std::string{key}, std::string{event.organization}});
      made->created_at = event.created_at;
      const std::string_view its_key = made->key;
      known = by_key_.emplace(its_key, std::move(made)).first;
    }
    known->second->version = static_cast<std::int64_t>(event.version.value);
    known->second->updated_at = event.created_at;
    return *known->second;
  }

  /// Writes every state of `collection` as a row of `table`, in the order of their ids, and the entries of large maps
  /// into `parts`. Throws std::runtime_error.
  void write(CollectionsFile& file, std::string_view collection, std::string_view table, std::string_view parts = {},
             Times times = Times::once) const {
    std::vector<std::pair<IdText, const Kept*>> rows;
    rows.reserve(by_key_.size());
    for (const auto& [key, kept] : by_key_) rows.emplace_back(IdText{collection, key}, kept.get());
    std::ranges::sort(rows, {}, [](const auto& row) { return row.first.text(); });
    RowWriter to{file, table, parts};
    for (const auto& [id, kept] : rows) {
      to.add(id.text());
      to.add(kept->organization);
      to.add(kept->key);
      to.add_fields(kept->state);
      to.add(kept->version);
      for (int i = times == Times::once ? 1 : 0; i < 2; ++i) {
        to.add(kept->created_at);
        to.add(kept->updated_at);
      }
      to.write();
    }
  }

 private:
  std::unordered_map<std::string_view, std::unique_ptr<Kept>> by_key_;
};

}  // namespace bench
