#pragma once
// Private to the exports: objects and events as SQLite tables of OCEL 2.0.
#include <eventstore/history/object_log.hpp>
#include <optional>

#include "../new_file.hpp"
#include "sqlite_file.hpp"

namespace eventstore::app {

/// Tables have row numbers, so that readers which keep the order of rows meet events by position.
class OcelSqliteWriter final : public ObjectLogSink {
 public:
  /// Makes the file beside `path`; the store outlives it. Errors: as NewPlace::beside and SqliteFile::make.
  static Result<std::unique_ptr<OcelSqliteWriter>> open(const Store& store, const std::string& path);

  Result<void> begin(const ObjectLogKinds& kinds) override;
  Result<void> begin_object(std::string_view id, std::size_t kind) override;
  Result<void> values(Timestamp time, std::span<const AttributeValue> values) override;
  Result<void> end_object(std::span<const ObjectRelation> relations) override;
  Result<void> event(const MinedEvent& event) override;
  /// Puts the file into its place, too.
  Result<void> end() override;

 private:
  // A table of one kind.
  struct Table {
    const MinedKind* kind;
    SqliteInsert insert;
  };
  struct Common {
    SqliteInsert event, object, event_object, object_object;
  };

  OcelSqliteWriter(FileSystem& files, NewPlace place, SqliteFile file)
      : files_{files}, place_{std::move(place)}, file_{std::move(file)} {}
  Result<void> make_tables(const std::string& prefix, const std::vector<MinedKind>& kinds, std::vector<Table>& tables);
  Result<void> insert_object_row(Timestamp time, std::string_view changed, std::span<const AttributeValue> values);

  FileSystem& files_;
  NewPlace place_;
  SqliteFile file_;
  std::vector<Table> events_;
  std::vector<Table> objects_;
  std::optional<Common> common_;
  std::string object_id_;
  std::size_t object_kind_ = 0;
  bool has_values_ = false;
};

}  // namespace eventstore::app
