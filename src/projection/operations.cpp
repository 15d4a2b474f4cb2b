#include <eventstore/projection/operations.hpp>

#include <eventstore/schema/detail/bytes_reader.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// A document's bytes, cut into its columns' (with the optional where a column has one).
std::vector<BytesView> split(const CollectionShape& shape, BytesView document) {
  BytesReader in{document};
  std::vector<BytesView> parts;
  for (const auto& column : shape.columns)
    parts.push_back(column.nullable ? in.value(Type{Kind::optional, column.type}) : in.value(column.type));
  return parts;
}

Bytes with_column(const CollectionShape& shape, const Bytes& document, std::size_t column, BytesView value) {
  auto parts = split(shape, document);
  parts[column] = value;
  Bytes whole;
  for (const auto& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

template <class Number> Bytes sum_of(BytesView a, BytesView b) {
  Number x{};
  Number y{};
  std::memcpy(&x, a.data(), sizeof x);
  std::memcpy(&y, b.data(), sizeof y);
  x += y;
  Bytes bytes(sizeof x);
  std::memcpy(bytes.data(), &x, sizeof x);
  return bytes;
}

Bytes add(Kind kind, BytesView a, BytesView b) {
  return kind == Kind::float64 ? sum_of<double>(a, b) : sum_of<std::int64_t>(a, b);
}

}  // namespace

DocumentWrite* PendingDocuments::last_of(std::string_view key) {
  const auto known = last_.find(std::string{key});
  return known == last_.end() ? nullptr : &writes_[known->second];
}

DocumentWrite& PendingDocuments::add(DocumentWrite::Kind kind, std::string_view key) {
  last_.insert_or_assign(std::string{key}, writes_.size());
  return writes_.emplace_back(DocumentWrite{kind, std::string{key}, organization_});
}

void PendingDocuments::put(std::string_view key, Bytes document) {
  auto* write = last_of(key);
  if (write == nullptr) write = &add(DocumentWrite::Kind::put, key);
  write->kind = DocumentWrite::Kind::put;
  write->organization = organization_;
  write->document = std::move(document);
  write->fields.clear();
}

void PendingDocuments::remove(std::string_view key) {
  auto* write = last_of(key);
  if (write == nullptr) write = &add(DocumentWrite::Kind::remove, key);
  write->kind = DocumentWrite::Kind::remove;
  write->document.clear();
  write->fields.clear();
}

void PendingDocuments::patch(std::string_view key, std::vector<DocumentWrite::FieldValue> fields) {
  auto* const write = last_of(key);
  if (write == nullptr || write->kind == DocumentWrite::Kind::increment) {
    add(DocumentWrite::Kind::patch, key).fields = std::move(fields);
    return;
  }
  if (write->kind == DocumentWrite::Kind::remove) return;
  for (auto& field : fields) {
    if (write->kind == DocumentWrite::Kind::put) {
      write->document = with_column(*shape_, write->document, field.column, field.value);
      continue;
    }
    const auto same = std::find_if(write->fields.begin(), write->fields.end(),
                                   [&](const auto& known) { return known.column == field.column; });
    if (same == write->fields.end())
      write->fields.push_back(std::move(field));
    else
      same->value = std::move(field.value);
  }
}

void PendingDocuments::increment(std::string_view key, Bytes document, const std::vector<std::size_t>& columns) {
  const auto amounts = split(*shape_, document);
  auto* const write = last_of(key);
  const auto adds_same = [&] {
    return write->kind == DocumentWrite::Kind::increment && write->fields.size() == columns.size() &&
           std::equal(columns.begin(), columns.end(), write->fields.begin(),
                      [](std::size_t column, const auto& field) { return column == field.column; });
  };
  // Floating-point sums depend on their order. Onto a value that is not known yet they are added one by one, so that
  // the document does not depend on how the log was cut into batches.
  const bool exact = std::none_of(columns.begin(), columns.end(), [this](std::size_t column) {
    return shape_->columns[column].type.kind == Kind::float64;
  });
  if (write != nullptr && (write->kind == DocumentWrite::Kind::put || (exact && adds_same()))) {
    for (const auto column : columns) {
      const auto sum =
          eventstore::add(shape_->columns[column].type.kind, split(*shape_, write->document)[column], amounts[column]);
      write->document = with_column(*shape_, write->document, column, sum);
    }
    return;
  }
  if (write != nullptr && write->kind == DocumentWrite::Kind::remove) return put(key, std::move(document));
  auto& added = add(DocumentWrite::Kind::increment, key);
  for (const auto column : columns) added.fields.push_back({column, {}});
  added.document = std::move(document);
}

std::vector<DocumentWrite> PendingDocuments::take() {
  last_.clear();
  return std::exchange(writes_, {});
}

}  // namespace v1
}  // namespace eventstore
