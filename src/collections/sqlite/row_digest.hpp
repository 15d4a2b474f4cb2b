#pragma once
// Private to the SQLite engine: the digest of a row of a collection's table, wherever its values stand.
#include "../content_digest.hpp"
#include "connection.hpp"

namespace eventstore::engine::sqlite {

/// A field as a row's digest sees it.
struct DigestField {
  std::string name;
  int place;         // of the column in the table
  bool is_real;      // declared so: SQLite keeps whole numbers of it as such
  bool has_entries;  // the entries of its maps are pieces of their own
};

/// Threads: one at a time.
class RowDigest {
 public:
  /// Of the rows of `table`, with the fields that it has; those that `shape` has are of its types. Errors: not_found.
  static Result<RowDigest> of_table(sqlite3* connection, const CollectionShape& shape, std::string_view table);

  /// In the order of their names.
  [[nodiscard]] const std::vector<DigestField>& fields() const { return fields_; }
  [[nodiscard]] int id_place() const { return id_place_; }
  [[nodiscard]] int organization_place() const { return organization_place_; }
  [[nodiscard]] ContentDigest& pieces() { return pieces_; }

  /// Of the row whose values `values` gives: id(), organization(), and of the field of a number type() and then
  /// integer(), real() or text(), as SQLite's functions for them. Throws std::bad_alloc.
  template <class Values> Digest128 of(const Values& values);

 private:
  template <class Values> void add(const Values& values, std::size_t field);

  std::vector<DigestField> fields_;
  int id_place_ = 0;
  int organization_place_ = 0;
  ContentDigest pieces_;
};

template <class Values> Digest128 RowDigest::of(const Values& values) {
  pieces_.begin_document(values.id(), values.organization());
  for (std::size_t field = 0; field < fields_.size(); ++field)
    if (!fields_[field].has_entries) add(values, field);
  auto sum = pieces_.end_document();
  for (std::size_t field = 0; field < fields_.size(); ++field)
    if (fields_[field].has_entries && values.type(field) != SQLITE_NULL)
      sum += pieces_.map(values.id(), fields_[field].name, values.text(field));
  return sum;
}

template <class Values> void RowDigest::add(const Values& values, std::size_t field) {
  const auto& [name, place, is_real, has_entries] = fields_[field];
  switch (values.type(field)) {
    case SQLITE_INTEGER:
      if (is_real) return pieces_.real(name, values.real(field));
      return pieces_.integer(name, values.integer(field));
    case SQLITE_FLOAT: return pieces_.real(name, values.real(field));
    case SQLITE_TEXT: return pieces_.text(name, values.text(field));
    case SQLITE_BLOB: return pieces_.bytes(name, values.text(field));
    default: return;
  }
}

}  // namespace eventstore::engine::sqlite
