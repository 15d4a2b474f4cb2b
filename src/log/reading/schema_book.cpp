#include "schema_book.hpp"

#include <algorithm>

namespace eventstore::engine {

using format::Location;

void SchemaBook::add(const SchemaId& id, BytesView descriptor, Location location) {
  const std::lock_guard lock{mutex_};
  const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.id == id; });
  if (known != entries_.end() && known->location <= location) return;
  const auto at =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return location < entry.location; });
  // An earlier one may be met later; descriptors that were given out stay where they are.
  if (known == entries_.end()) {
    entries_.insert(at, {id, Bytes{descriptor.begin(), descriptor.end()}, location});
  } else {
    entries_.splice(at, entries_, known);
    known->location = location;
  }
}

void SchemaBook::add_damaged(const SchemaId& id, Error damage) {
  const std::lock_guard lock{mutex_};
  may_read_more_ = may_read_more_ || damage.code == Errc::io_failed;
  damaged_.push_back({id, std::move(damage)});
}

void SchemaBook::add_hidden(Error damage) {
  const std::lock_guard lock{mutex_};
  may_read_more_ = may_read_more_ || damage.code == Errc::io_failed;
  if (!hidden_) hidden_ = std::move(damage);
}

bool SchemaBook::has(const Entries& entries, const SchemaId& id) {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.id == id; });
}

void SchemaBook::add_later(std::function<Result<void>()> rest) {
  const std::lock_guard lock{rest_mutex_};
  rest_ = std::move(rest);
  is_complete_ = false;
  forget_damage();
}

void SchemaBook::forget_damage() {
  const std::lock_guard lock{mutex_};
  damaged_.clear();
  hidden_.reset();
  may_read_more_ = false;
}

bool SchemaBook::may_read_more() const {
  const std::lock_guard lock{mutex_};
  return may_read_more_;
}

Result<void> SchemaBook::complete() {
  if (is_complete_.load(std::memory_order_acquire)) return {};
  const std::lock_guard lock{rest_mutex_};
  if (is_complete_.load(std::memory_order_relaxed)) return {};
  return read_rest();
}

Result<void> SchemaBook::read_again() {
  if (is_complete_.load(std::memory_order_acquire) && !may_read_more()) return {};
  const std::lock_guard lock{rest_mutex_};
  if (!rest_ || (is_complete_.load(std::memory_order_relaxed) && !may_read_more())) return {};
  // Others wait until it is complete again: meanwhile nothing says what is hidden.
  is_complete_.store(false, std::memory_order_release);
  forget_damage();
  return read_rest();
}

Result<void> SchemaBook::read_rest() {
  EVENTSTORE_TRY(rest_());
  if (!may_read_more()) rest_ = nullptr;
  is_complete_.store(true, std::memory_order_release);
  return {};
}

void SchemaBook::add_commit(const std::byte* commit, Location location) {
  format::each_schema(commit, [&](const format::SchemaHeader& schema, std::uint32_t distance) {
    add(SchemaId{schema.id}, {commit + distance + sizeof schema, schema.prefix.ordinal}, location);
  });
}

Result<std::vector<SchemaRecord>> SchemaBook::all(Location last) const {
  const std::lock_guard lock{mutex_};
  if (hidden_) return failure(*hidden_);
  for (const auto& damaged : damaged_)
    if (!has(entries_, damaged.id)) return failure(damaged.damage);
  std::vector<SchemaRecord> records;
  for (const auto& entry : entries_)
    if (entry.location <= last) records.push_back({entry.id, entry.descriptor});
  return records;
}

Result<void> SchemaBook::check_not_hidden(const SchemaId& id) const {
  const std::lock_guard lock{mutex_};
  if (has(entries_, id)) return {};
  for (const auto& damaged : damaged_)
    if (damaged.id == id) return failure(damaged.damage);
  return hidden_ ? failure(*hidden_) : Result<void>{};
}

std::optional<BytesView> SchemaBook::find(const SchemaId& id, Location last) const {
  const std::lock_guard lock{mutex_};
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.id == id && entry.location <= last; });
  return found == entries_.end() ? std::nullopt : std::optional{BytesView{found->descriptor}};
}

}  // namespace eventstore::engine
