#pragma once
// Private to the SQLite engine: the numbers to which an increment adds.
#include "connection.hpp"

#include <eventstore/collections/document_write.hpp>
#include <eventstore/collections/shape.hpp>

namespace eventstore::engine::sqlite {

/// Running totals of the fields of one increment, added up in the order of the events.
class Numbers {
 public:
  /// Begins with the numbers in the columns 1… of a row.
  static Numbers of_row(const Statement& row, const CollectionShape& shape, const DocumentWrite& increment);
  /// Begins with the numbers of the increment's own `document`. Errors: corrupt_record.
  static Result<Numbers> of_document(const CollectionShape& shape, const DocumentWrite& increment, BytesView document);

  /// Adds what another has.
  void add(const Numbers& more);
  /// Adds the increment's further numbers. Errors: corrupt_record.
  Result<void> add_further(const DocumentWrite& increment);
  /// Binds them to `first_place` and the places after it.
  void bind(Statement& statement, int first_place) const;
  /// Binds them to the places of their columns.
  void bind_columns(Statement& statement, int first_column_place, const DocumentWrite& increment) const;

 private:
  struct Number {
    bool is_real = false;
    double real = 0;
    std::int64_t whole = 0;

    void add(const Number& more);
    void bind(Statement& statement, int place) const;
  };
  std::vector<Number> numbers_;
};

}  // namespace eventstore::engine::sqlite
