#include "keys_ahead.hpp"

namespace eventstore::security {

Result<std::optional<SubjectKey>> KeysAhead::find(const Uuid& id) {
  if (auto key = read_before(id)) return key;
  EVENTSTORE_TRY_ASSIGN(auto key, keys_.find([&](KeyRows& rows) { return rows.by_id(id); }));
  EVENTSTORE_TRY(count_look_up());
  return key;
}

std::shared_ptr<const KeysAhead::Rows> KeysAhead::rows_of(std::uint64_t generation) {
  const std::lock_guard lock{mutex_};
  if (generation != generation_) {
    rows_ = nullptr;
    look_ups_ = 0;
    generation_ = generation;
  }
  return rows_;
}

std::optional<SubjectKey> KeysAhead::read_before(const Uuid& id) {
  const auto rows = rows_of(keys_.generation());
  if (rows == nullptr) return std::nullopt;
  const auto found = rows->by_id.find(id);
  if (found == rows->by_id.end()) return std::nullopt;
  auto key = keys_.key_of(found->second, *rows->head);
  if (key) return std::move(*key);
  return std::nullopt;  // the master key is another one since, or the row is damaged: a look-up tells
}

Result<void> KeysAhead::count_look_up() {
  {
    const std::lock_guard lock{mutex_};
    if (++look_ups_ != look_ups_before) return {};
  }
  // A key that is destroyed from here on makes the rows those of an earlier generation.
  const auto generation = keys_.generation();
  std::vector<KeyRow> rows;
  const auto read_all = [&](KeyRows& from) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(rows, from.first(rows_max + 1));
    return {};
  };
  EVENTSTORE_TRY(keys_.read(read_all));
  if (rows.size() > rows_max) return {};
  auto read = std::make_shared<Rows>();
  EVENTSTORE_TRY_ASSIGN(read->head, keys_.head());
  if (read->head == nullptr) return {};
  for (auto& row : rows) read->by_id.emplace(row.id, std::move(row));
  const std::lock_guard lock{mutex_};
  if (generation == generation_) rows_ = std::move(read);
  return {};
}

}  // namespace eventstore::security
