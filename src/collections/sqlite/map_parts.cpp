#include "map_parts.hpp"

#include <fmt/format.h>
#include <eventstore/schema/json_codec.hpp>

#include <algorithm>

namespace eventstore::engine::sqlite {

MapParts::MapParts(sqlite3* connection, CollectionShape shape, std::string parts_table)
    : connection_{connection}, shape_{std::move(shape)}, table_{quoted(parts_table)} {}

Result<void> MapParts::write(const Uuid& id, std::int64_t row, std::shared_ptr<const HeldDocument> document,
                             const HeldDocument::Columns& columns) {
  const auto known = std::ranges::find(known_, id, &Known::id);
  std::size_t entries = 0;
  for (const auto column : columns) {
    const bool is_known = known != known_.end() && std::ranges::count(known->columns, column) != 0;
    EVENTSTORE_TRY_ASSIGN(const auto written, is_known ? changed(column, *known->document, *document)
                                                       : unlike_stored(column, row, *document));
    EVENTSTORE_TRY(write(column, row, written));
    entries += document->entries(column);
  }
  forget(id);
  know({id, std::move(document), columns, entries});
  return {};
}

// The entries that are not as in the document that was written before.
Result<std::vector<MapParts::Entry>> MapParts::changed(std::size_t column, const HeldDocument& before,
                                                       const HeldDocument& document) {
  std::vector<Entry> entries;
  Result<void> read{};
  document.each_difference(column, &before, [&](std::string_view key, std::optional<BytesView> value) {
    auto& entry = entries.emplace_back(Entry{std::string{key}, {}});
    if (!value || !read) return;
    auto json = json_of(column, *value);
    if (json)
      entry.json = std::move(*json);
    else
      read = failure_of(json);
  });
  EVENTSTORE_TRY(std::move(read));
  return entries;
}

// The entries that are not as in the table: both have them in the order of their keys.
Result<std::vector<MapParts::Entry>> MapParts::unlike_stored(std::size_t column, std::int64_t row,
                                                             const HeldDocument& document) {
  EVENTSTORE_TRY_ASSIGN(
      auto* const all,
      prepared(all_, "SELECT \"key\", \"value\" FROM {} WHERE _row = ?1 AND \"field\" = ?2 ORDER BY 1"));
  bind(*all, row, column);
  std::vector<Entry> entries;
  Result<bool> stored = all->step();
  const auto has_stored = [&] { return stored && *stored; };
  const auto take_stored = [&] {
    entries.push_back({std::string{all->text(0)}, {}});
    stored = all->step();
  };
  document.each_difference(column, nullptr, [&](std::string_view key, std::optional<BytesView> value) {
    while (has_stored() && all->text(0) < key) take_stored();
    if (!stored) return;
    auto json = json_of(column, *value);
    if (!json) {
      stored = failure_of(json);
      return;
    }
    if (has_stored() && all->text(0) == key) {
      const bool is_same = all->text(1) == *json;
      stored = all->step();
      if (is_same) return;
    }
    entries.push_back({std::string{key}, std::move(*json)});
  });
  while (has_stored()) take_stored();
  all->reset();
  if (!stored) return failure_of(stored);
  return entries;
}

Result<std::string> MapParts::json_of(std::size_t column, BytesView value) const {
  std::string json;
  EVENTSTORE_TRY(bytes_to_json(shape_.columns[column].type.element(), value, json));
  return json;
}

Result<void> MapParts::write(std::size_t column, std::int64_t row, const std::vector<Entry>& entries) {
  EVENTSTORE_TRY_ASSIGN(auto* const put, prepared(put_, "INSERT OR REPLACE INTO {} VALUES (?1, ?2, ?3, ?4)"));
  EVENTSTORE_TRY_ASSIGN(auto* const remove,
                        prepared(remove_, "DELETE FROM {} WHERE _row = ?1 AND \"field\" = ?2 AND \"key\" = ?3"));
  for (const auto& entry : entries) {
    auto& statement = entry.json ? *put : *remove;
    bind(statement, row, column);
    statement.bind(3, std::string_view{entry.key});
    if (entry.json) statement.bind(4, std::string_view{*entry.json});
    EVENTSTORE_TRY(statement.run());
  }
  return {};
}

void MapParts::know(Known document) {
  entries_known_ += document.entries;
  known_.push_front(std::move(document));
  while (entries_known_ > entries_known_max && known_.size() > 1) {
    entries_known_ -= known_.back().entries;
    known_.pop_back();
  }
}

void MapParts::forget(const Uuid& id) {
  const auto known = std::ranges::find(known_, id, &Known::id);
  if (known == known_.end()) return;
  entries_known_ -= known->entries;
  known_.erase(known);
}

Result<Statement*> MapParts::prepared(std::optional<Statement>& statement, std::string_view sql) {
  if (!statement) {
    EVENTSTORE_TRY_ASSIGN(statement, Statement::prepare(connection_, fmt::format(fmt::runtime(sql), table_)));
  }
  return &*statement;
}

void MapParts::bind(Statement& statement, std::int64_t row, std::size_t column) const {
  statement.bind(1, row);
  statement.bind(2, std::string_view{shape_.columns[column].name});
}

}  // namespace eventstore::engine::sqlite
