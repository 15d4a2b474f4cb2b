#include "carried_columns.hpp"

#include <eventstore/schema/detail/flattened.hpp>

#include <algorithm>

namespace eventstore::engine {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    lines.push_back(line);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return lines;
}

// The field of the document that the column holds, also inside of flattened records.
const Field* field_of(const Type& record, std::string_view column) {
  for (const auto& field : record.fields) {
    if (is_flattened(field)) {
      if (const auto* const found = field_of(field.type, column)) return found;
    } else if (field.name == column) {
      return &field;
    }
  }
  return nullptr;
}

tl::unexpected<Error> unreadable(const CollectionShape& wanted, std::string reason) {
  return failure(Errc::unreadable_schema, "carry documents over", wanted.name, std::move(reason));
}

Result<Bytes> value_of_new(const CollectionShape& wanted, const Column& column) {
  const auto* const field = field_of(wanted.document->type, column.name);
  if (field != nullptr && field->default_value) return *field->default_value;
  if (column.nullable) return Bytes{std::byte{0}};
  return unreadable(
      wanted, "the documents made so far have no field " + column.name + ": give it a default, or make it optional");
}

}  // namespace

Result<std::vector<CarriedColumn>> carried_columns(std::string_view stored, const CollectionShape& wanted) {
  const auto text = wanted.columns_text();
  const auto there = lines_of(stored);
  const auto here = lines_of(text);
  const auto form_lines = here.size() - wanted.columns.size();  // then one line for each column
  if (there.size() < form_lines ||
      !std::equal(here.begin(), here.begin() + static_cast<std::ptrdiff_t>(form_lines), there.begin()))
    return unreadable(wanted, "the documents made so far have values in another form");
  std::vector<CarriedColumn> carried;
  for (std::size_t i = 0; i < wanted.columns.size(); ++i) {
    const auto& column = wanted.columns[i];
    const auto line = here[form_lines + i];
    const auto known = std::find_if(there.begin() + static_cast<std::ptrdiff_t>(form_lines), there.end(),
                                    [&](auto each) { return each.substr(0, each.find(':')) == column.name; });
    CarriedColumn made;
    if (known == there.end()) {
      EVENTSTORE_TRY_ASSIGN(made.value, value_of_new(wanted, column));
    } else if (*known == line || (column.nullable && std::string{*known} + '?' == line)) {
      made.from = static_cast<std::size_t>(known - there.begin()) - form_lines;
    } else {
      return unreadable(wanted, "the documents made so far have another type in the field " + column.name);
    }
    carried.push_back(std::move(made));
  }
  return carried;
}

}  // namespace eventstore::engine
