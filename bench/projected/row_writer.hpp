#pragma once
// Rows of one table, written value by value through a prepared statement.
#include <bench/projected/collections_file.hpp>
#include <eventstore/collections/shape.hpp>
#include <eventstore/schema/codec.hpp>
#include <src/collections/sqlite/map_parts.hpp>

#include <boost/hana.hpp>

#include <concepts>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace bench {

/// The 36 characters of a document's _id.
struct IdText {
  IdText(std::string_view collection, std::string_view key) {
    eventstore::document_id(collection, key).write_to(characters);
  }
  [[nodiscard]] std::string_view text() const { return {characters, sizeof characters}; }
  friend bool operator<(const IdText& a, const IdText& b) { return a.text() < b.text(); }

  char characters[36];
};

/// Values are added in the order of the table's columns; text must live until write(), other values need not. With a
/// table `parts`, the entries of large maps become its rows.
/// Throws std::runtime_error. Threads: one at a time. Lifetime: borrows the file.
class RowWriter {
 public:
  RowWriter(CollectionsFile& file, std::string_view table, std::string_view parts = {})
      : file_{file}, columns_{file.columns(table)}, row_{file.connection(), file.insert_sql(table).c_str()} {
    if (!parts.empty()) entry_.emplace(file.connection(), file.insert_sql(parts).c_str());
  }

  template <class T> void add(const T& value) {
    if constexpr (std::convertible_to<const T&, std::string_view>)
      row_.bind(column_++, std::string_view{value});
    else if constexpr (std::integral<T>)
      row_.bind(column_++, static_cast<std::int64_t>(value));
    else if constexpr (std::floating_point<T>)
      row_.bind(column_++, static_cast<double>(value));
    else if constexpr (std::is_same_v<T, eventstore::Timestamp> || std::is_same_v<T, eventstore::Uuid>)
      add(kept(value.to_string()));
    else if constexpr (std::is_same_v<T, eventstore::Json>)
      add(value.text);
    else if constexpr (eventstore::DescribedEnum<T>)
      add(to_string(value));
    else
      add_json(value);
  }
  template <class T> void add(const std::optional<T>& value) {
    if (value)
      add(*value);
    else
      row_.bind_null(column_++);
  }
  template <class V> void add(const eventstore::Map<V>& map) {
    if (!entry_ || map.size() <= eventstore::engine::sqlite::entries_of_whole_maps_max) return add_json(map);
    for (const auto& [key, value] : map)
      entries_.push_back({columns_[static_cast<std::size_t>(column_)], key, json_of(value)});
    row_.bind_null(column_++);
  }
  /// Each field of a described struct as a column.
  template <eventstore::Described T> void add_fields(const T& record) {
    boost::hana::unpack(boost::hana::accessors<T>(),
                        [&](auto... field) { (add(boost::hana::second(field)(record)), ...); });
  }
  void write() {
    row_.run();
    column_ = 0;
    texts_.clear();
    file_.row_written();
    if (entries_.empty()) return;
    const auto document = sqlite3_last_insert_rowid(file_.connection().raw());
    for (const auto& each : entries_) {
      entry_->bind(0, static_cast<std::int64_t>(document));
      entry_->bind(1, each.field);
      entry_->bind(2, std::string_view{each.key});
      entry_->bind(3, std::string_view{each.json});
      entry_->run();
      file_.row_written();
    }
    entries_.clear();
  }

 private:
  const std::string& kept(std::string text) { return texts_.emplace_back(std::move(text)); }

  template <class T> void add_json(const T& value) { add(kept(json_of(value))); }
  template <class T> std::string json_of(const T& value) {
    static const eventstore::Type type = eventstore::detail::DescribeType<T>::get();
    bytes_.clear();
    eventstore::BytesOut archive{bytes_};
    archive(value);
    std::string json;
    (void)eventstore::bytes_to_json(type, bytes_, json);  // the bytes are such a value
    return json;
  }

  struct Entry {
    std::string_view field;
    std::string key;
    std::string json;
  };

  CollectionsFile& file_;
  const std::vector<std::string>& columns_;
  SqliteStatement row_;
  std::optional<SqliteStatement> entry_;
  std::vector<Entry> entries_;  // of the present row
  int column_ = 0;
  std::deque<std::string> texts_;  // of the present row
  eventstore::Bytes bytes_;
};

}  // namespace bench
