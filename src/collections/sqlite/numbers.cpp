#include "numbers.hpp"

#include <eventstore/schema/detail/bytes_reader.hpp>

namespace eventstore::engine::sqlite {
namespace {

bool is_real(const CollectionShape& shape, const DocumentWrite::FieldValue& field) {
  return shape.columns[field.column].type.kind == Kind::float64;
}

// A sum that 64 bits cannot hold begins again at the other end.
void add_whole(std::int64_t& to, std::int64_t more) {
  to = static_cast<std::int64_t>(static_cast<std::uint64_t>(to) + static_cast<std::uint64_t>(more));
}

tl::unexpected<Error> not_a_document() {
  return failure(Errc::corrupt_record, "write document", "", "the bytes are not a document of this shape");
}

}  // namespace

void Numbers::Number::add(const Number& more) {
  if (is_real)
    real += more.real;
  else
    add_whole(whole, more.whole);
}

void Numbers::Number::bind(Statement& statement, int place) const {
  if (is_real)
    statement.bind(place, real);
  else
    statement.bind(place, whole);
}

Numbers Numbers::of_row(const Statement& row, const CollectionShape& shape, const DocumentWrite& increment) {
  Numbers made;
  int column = 1;
  for (const auto& field : increment.fields) {
    made.numbers_.push_back({is_real(shape, field), row.real(column), row.integer(column)});
    ++column;
  }
  return made;
}

Result<Numbers> Numbers::of_document(const CollectionShape& shape, const DocumentWrite& increment, BytesView document) {
  Numbers made;
  made.numbers_.resize(increment.fields.size());
  BytesReader in{document};
  for (std::size_t column = 0; column < shape.columns.size(); ++column) {
    const auto& each = shape.columns[column];
    BytesReader value{in.value(each.nullable ? Type{Kind::optional, each.type} : each.type)};
    for (std::size_t i = 0; i < increment.fields.size(); ++i) {
      if (increment.fields[i].column != column) continue;
      auto& number = made.numbers_[i];
      number.is_real = is_real(shape, increment.fields[i]);
      if (number.is_real)
        number.real = value.number<double>();
      else
        number.whole = value.number<std::int64_t>();
      if (!value.done()) return not_a_document();
    }
  }
  if (!in.done()) return not_a_document();
  return made;
}

void Numbers::add(const Numbers& more) {
  for (std::size_t i = 0; i < numbers_.size(); ++i) numbers_[i].add(more.numbers_[i]);
}

Result<void> Numbers::add_further(const DocumentWrite& increment) {
  if (numbers_.empty()) return {};
  BytesReader in{increment.further};
  while (in.ok() && !in.done())
    for (auto& number : numbers_) {
      if (number.is_real)
        number.real += in.number<double>();
      else
        add_whole(number.whole, in.number<std::int64_t>());
    }
  if (!in.ok()) return not_a_document();
  return {};
}

void Numbers::bind(Statement& statement, int first_place) const {
  for (const auto& number : numbers_) number.bind(statement, first_place++);
}

void Numbers::bind_columns(Statement& statement, int first_column_place, const DocumentWrite& increment) const {
  for (std::size_t i = 0; i < numbers_.size(); ++i)
    numbers_[i].bind(statement, first_column_place + static_cast<int>(increment.fields[i].column));
}

}  // namespace eventstore::engine::sqlite
