#include <eventstore/collections/detail/document_columns.hpp>

#include <eventstore/schema/detail/bytes_reader.hpp>

#include <cstring>

namespace eventstore {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::size_t number_size = 8;  // of int64 and double

template <class Number> void add_as(Bytes& to, BytesView more) {
  Number sum{};
  Number part{};
  std::memcpy(&sum, to.data(), sizeof sum);
  std::memcpy(&part, more.data(), sizeof part);
  sum += part;
  std::memcpy(to.data(), &sum, sizeof sum);
}

// Whether both were numbers.
bool add(const Column& column, Bytes& to, BytesView more) {
  if (to.size() != number_size || more.size() != number_size) return false;
  if (column.type.kind == Kind::float64)
    add_as<double>(to, more);
  else
    add_as<std::int64_t>(to, more);
  return true;
}

tl::unexpected<Error> not_a_document() {
  return failure(Errc::corrupt_record, "write document", "", "the bytes are not a document of this shape");
}

Result<void> add_further(const CollectionShape& shape, const DocumentWrite& increment, DocumentColumns& columns) {
  if (increment.fields.empty()) return {};
  BytesReader in{increment.further};
  while (!in.done())
    for (const auto& field : increment.fields)
      if (!add(shape.columns[field.column], columns[field.column], in.take(number_size))) return not_a_document();
  return {};
}

}  // namespace

Result<DocumentColumns> columns_of(const CollectionShape& shape, BytesView document) {
  BytesReader in{document};
  DocumentColumns columns;
  for (const auto& column : shape.columns) {
    const auto part = in.value(column.nullable ? Type{Kind::optional, column.type} : column.type);
    columns.emplace_back(part.begin(), part.end());
  }
  if (!in.done()) return not_a_document();
  return columns;
}

void patch_columns(const DocumentWrite& patch, DocumentColumns& columns) {
  for (const auto& field : patch.fields) columns[field.column] = field.value;
}

Result<void> increment_columns(const CollectionShape& shape, const DocumentWrite& increment, DocumentColumns& columns) {
  Bytes memory;
  EVENTSTORE_TRY_ASSIGN(const auto added, columns_of(shape, increment.document_bytes(memory)));
  for (const auto& field : increment.fields)
    if (!add(shape.columns[field.column], columns[field.column], added[field.column])) return not_a_document();
  return add_further(shape, increment, columns);
}

Result<DocumentColumns> incremented_from_nothing(const CollectionShape& shape, const DocumentWrite& increment) {
  Bytes memory;
  EVENTSTORE_TRY_ASSIGN(auto columns, columns_of(shape, increment.document_bytes(memory)));
  EVENTSTORE_TRY(add_further(shape, increment, columns));
  return columns;
}

Result<std::optional<DocumentColumns>> changed_columns(const CollectionShape& shape, const DocumentUpdate& change,
                                                       const DocumentColumns* existing) {
  Bytes before;
  if (existing != nullptr) before = bytes_of(*existing);
  Bytes after;
  EVENTSTORE_TRY_ASSIGN(const bool is_there,
                        change.apply(existing == nullptr ? std::nullopt : std::optional{BytesView{before}}, after));
  if (!is_there) return std::optional<DocumentColumns>{};
  EVENTSTORE_TRY_ASSIGN(auto columns, columns_of(shape, after));
  return std::optional{std::move(columns)};
}

Bytes bytes_of(const DocumentColumns& columns) {
  Bytes bytes;
  for (const auto& column : columns) bytes.insert(bytes.end(), column.begin(), column.end());
  return bytes;
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
