// The documents of a collection one after the other.
#include "document_json.hpp"
#include "impl.hpp"

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {
namespace {

// `_row`, and ranks, which follow from other fields, are no fields of a document.
bool is_field(std::string_view column, const CollectionShape& shape) {
  return column != "_row" && column != "_id" && column != "organization_id" &&
         (!column.ends_with("_rank") || shape.column(column) < shape.columns.size());
}

struct ScannedColumn {
  int place;
  std::size_t of_shape;  // the shape's columns, or their number
};

}  // namespace

Result<ScannedPage> SqliteCollections::scan(const CollectionShape& shape, std::string_view name, std::string_view after,
                                            std::size_t limit) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, sqlite::table_exists(impl_->handle(), name));
  if (!exists) return failure(Errc::not_found, "scan collection", std::string{name}, "no such collection");
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      sqlite::Statement::prepare(impl_->handle(),
                                 fmt::format("SELECT _id AS \"_id_\", organization_id AS \"_organization_\", * FROM {} "
                                             "WHERE _id > ?1 ORDER BY _id LIMIT ?2",
                                             sqlite::quoted(name))));
  statement.bind(1, after);
  statement.bind(2, static_cast<std::int64_t>(limit));
  Result<ScannedPage> scanned{ScannedPage{}};
  std::vector<ScannedColumn> columns;
  for (int place = 2; place < statement.columns(); ++place) {
    const auto column = statement.name(place);
    if (!is_field(column, shape)) continue;
    columns.push_back({place, shape.column(column)});
    scanned->fields.emplace_back(column);
  }
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) return scanned;
    auto& into = scanned->documents.emplace_back(
        ScannedPage::Document{std::string{statement.text(0)}, std::string{statement.text(1)}, {}});
    for (const auto& [place, of_shape] : columns) {
      auto& value = into.values.emplace_back();
      if (statement.column_type(place) == SQLITE_NULL) continue;
      const auto* const type = of_shape < shape.columns.size() ? &shape.columns[of_shape].type : nullptr;
      sqlite::append_field(type, statement, place, value);
    }
  }
}

Result<void> SqliteCollections::hold_snapshot() { return sqlite::run_sql(impl_->handle(), "BEGIN"); }

void SqliteCollections::release_snapshot() {
  if (sqlite3_get_autocommit(impl_->handle()) == 0) (void)sqlite::run_sql(impl_->handle(), "ROLLBACK");
}

}  // namespace v1
}  // namespace eventstore
