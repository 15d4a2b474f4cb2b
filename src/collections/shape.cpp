#include <eventstore/collections/shape.hpp>
#include <eventstore/schema/detail/flattened.hpp>
#include "words.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// Of the values in a document: since form 2 every time has six digits of a second.
constexpr const char* values_form = "\nvalues 2";

void add_columns(const Type& record, std::vector<Column>& columns) {
  for (const auto& field : record.fields) {
    if (is_flattened(field)) {
      add_columns(field.type, columns);
      continue;
    }
    const bool nullable = field.type.kind == Kind::optional;
    columns.push_back({field.name, nullable ? field.type.element() : field.type, nullable});
  }
}

}  // namespace

CollectionShape CollectionShape::of(std::string name, const Schema& document, std::vector<Index> indexes,
                                    int keep_days) {
  CollectionShape shape{std::move(name), &document, {}, std::move(indexes), keep_days};
  add_columns(document.type, shape.columns);
  return shape;
}

std::size_t CollectionShape::column(std::string_view column_name) const {
  std::size_t place = 0;
  while (place < columns.size() && columns[place].name != column_name) ++place;
  return place;
}

Result<std::size_t> CollectionShape::keep_since_column() const {
  auto place = column(keep_since.empty() ? "created_at" : std::string_view{keep_since});
  // Documents that gather many events are as old as the hour they stand for.
  if (keep_since.empty() && place == columns.size()) place = column("timestamp");
  if (place < columns.size() && columns[place].type.kind == Kind::timestamp) return place;
  return failure(Errc::invalid_argument, "expire documents", name,
                 keep_since.empty() ? "its documents have no time: name one that they live from, keep_since = "
                                      "&Document::opened_at"
                                    : "its documents have no time in " + keep_since);
}

std::string CollectionShape::columns_text() const {
  std::string text = values_form;
  for (const auto& each : columns)
    text += "\n" + each.name + ":" + canonical_text(each.type) + (each.nullable ? "?" : "");
  return text;
}

std::string CollectionShape::fingerprint() const {
  std::string text = canonical_text(document->type) + values_form;
  for (const auto& index : indexes) {
    text += '\n';
    text += std::to_string(static_cast<int>(index.kind));
    for (const auto& field : index.fields) text += ' ' + field;
    if (index.unique) text += "\tunique";
    if (!index.where_not_empty.empty()) text += "\twhere " + index.where_not_empty;
  }
  const auto has = [&](auto is_such) { return std::any_of(indexes.begin(), indexes.end(), is_such); };
  if (has([](const Index& index) { return index.kind == Index::Kind::full_text; })) text += '\n' + words_form();
  // Since form 2 the name of an index over a path has no dot.
  const auto is_path = [](const std::string& field) { return field.find('.') != std::string::npos; };
  if (has([&](const Index& index) { return std::any_of(index.fields.begin(), index.fields.end(), is_path); }))
    text += "\nnames 2";
  return text;
}

Uuid document_id(std::string_view collection, std::string_view key) {
  static const Uuid space = Uuid::v5(eventstore_namespace, "document");
  std::string name{collection};
  name += '\n';
  name += key;
  return Uuid::v5(space, name);
}

}  // namespace v1
}  // namespace eventstore
