#pragma once
// Private to the SQLite engine: a document's bytes as SQL values.
#include "connection.hpp"

#include <deque>
#include <eventstore/schema/detail/bytes_reader.hpp>

namespace eventstore::engine::sqlite {

/// Texts that are made for statements. Their memory is used again.
class BoundTexts {
 public:
  /// An empty text. Lifetime: its place stays until clear().
  std::string& next() {
    if (used_ == texts_.size()) texts_.emplace_back();
    auto& text = texts_[used_++];
    text.clear();
    return text;
  }
  void clear() { used_ = 0; }

 private:
  std::deque<std::string> texts_;
  std::size_t used_ = 0;
};

/// Binds values to one statement. Texts are not copied. Lifetime: the bytes and `texts` outlive the statement's run.
class Binder {
 public:
  Binder(Statement& statement, BoundTexts& texts) : statement_{statement}, texts_{texts} {}

  /// Binds the next value of `in`, which is a `column`'s, to `place`. Errors: corrupt_record.
  Result<void> column(int place, const Column& column, BytesReader& in);
  /// Binds a whole document's fields from `first_place` on.
  Result<void> document(int first_place, const CollectionShape& shape, BytesView document);

 private:
  Result<void> value(int place, const Type& type, BytesReader& in);
  Result<void> uuid(int place, BytesReader& in);
  void time(int place, BytesReader& in);

  Statement& statement_;
  BoundTexts& texts_;
};

}  // namespace eventstore::engine::sqlite
