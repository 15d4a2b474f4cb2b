#include "row_digest.hpp"

#include <algorithm>

namespace eventstore::engine::sqlite {

// Hidden columns are ranks, which follow from other fields; `_row` is the row's number.
Result<RowDigest> RowDigest::of_table(sqlite3* connection, const CollectionShape& shape, std::string_view table) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection, "SELECT cid, name, type FROM pragma_table_xinfo(?1) WHERE NOT hidden"));
  statement.bind(1, table);
  RowDigest made;
  bool has_id = false;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
    if (!found) break;
    const auto place = static_cast<int>(statement.integer(0));
    const std::string name{statement.text(1)};
    const auto of_shape = shape.column(name);
    if (name == "_id") {
      made.id_place_ = place;
      has_id = true;
    } else if (name == "organization_id") {
      made.organization_place_ = place;
    } else if (name != "_row") {
      const bool has_map = of_shape < shape.columns.size() && has_entries(shape.columns[of_shape]);
      made.fields_.push_back({name, place, statement.text(2) == "REAL", has_map});
    }
  }
  if (!has_id) return failure(Errc::not_found, "make digest", std::string{table}, "no such collection");
  std::ranges::sort(made.fields_, {}, &DigestField::name);
  return made;
}

}  // namespace eventstore::engine::sqlite
