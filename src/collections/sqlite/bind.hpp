#pragma once
// Private to the SQLite engine: a document's bytes as SQL values.
#include "connection.hpp"

#include <deque>
#include <eventstore/schema/detail/bytes_reader.hpp>

namespace eventstore::engine::sqlite {

/// Binds values to one statement and owns the texts made for them until it is cleared.
class Binder {
 public:
  explicit Binder(Statement& statement) : statement_{statement} {}

  /// Binds the next value of `in`, which is a `column`'s, to `place`. Errors: corrupt_record.
  Result<void> column(int place, const Column& column, BytesReader& in);
  /// Binds a whole document's fields from `first_place` on.
  Result<void> document(int first_place, const CollectionShape& shape, BytesView document);

 private:
  Result<void> value(int place, const Type& type, BytesReader& in);

  Statement& statement_;
  std::deque<std::string> texts_;
};

}  // namespace eventstore::engine::sqlite
