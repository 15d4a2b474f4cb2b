#pragma once
// The shape of a collection: its documents' fields and its indexes.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/schema.hpp>
#include <initializer_list>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// An index over fields of a document. Every one but `by_id` starts with organization_id.
struct Index {
  enum class Kind : std::uint8_t {
    fields,     ///< one or several fields in order; "package_details.fragile" reaches into a nested record
    rank,       ///< an enumeration in the order of its enumerators; adds the column <field>_rank
    full_text,  ///< words of a text field in any script, without regard to case and accents; the table
                ///< <collection>_text
    location,   ///< a record with longitude and latitude; the R*Tree table <collection>_location
    elements,   ///< a list of numbers or texts, an entry for each of them; the table <collection>_elements
  };
  Kind kind = Kind::fields;
  std::vector<std::string> fields;
  /// Of `fields`: whether no two documents of an organization may have the same values. A document that breaks it stops
  /// its projection: declare it only where the keys of the documents see to it. Documents without a value break none.
  bool unique = false;
  /// Of `fields`: the field without which a document is not in the index; empty: all documents are.
  std::string where_not_empty{};
};

inline Index index_on(std::initializer_list<std::string> fields) { return {Index::Kind::fields, fields}; }
inline Index unique_index_on(std::initializer_list<std::string> fields) { return {Index::Kind::fields, fields, true}; }
/// For questions that ask for documents which are not empty in `field`: `where_not_empty<F>()`.
inline Index index_where_not_empty(std::string field, std::initializer_list<std::string> fields) {
  return {Index::Kind::fields, fields, false, std::move(field)};
}
/// For `where_contains<F>(value)`.
inline Index index_on_elements(std::string field) { return {Index::Kind::elements, {std::move(field)}}; }
inline Index index_by_rank(std::string field) { return {Index::Kind::rank, {std::move(field)}}; }
inline Index full_text_on(std::string field) { return {Index::Kind::full_text, {std::move(field)}}; }
inline Index location_on(std::string field) { return {Index::Kind::location, {std::move(field)}}; }

/// A field as a column: nested records marked `flattened` have given their fields in its place.
struct Column {
  std::string name;
  Type type;  ///< without the optional around it
  bool nullable = false;
};

/// Threads: immutable.
struct CollectionShape {
  std::string name;  ///< a-z, 0-9 and _
  const Schema* document = nullptr;
  std::vector<Column> columns;  ///< besides _id and organization_id, which every document has
  std::vector<Index> indexes;
  int keep_days = 0;  ///< how long a document lives once expiry is on; 0: for ever
  /// The field from whose time on a document lives so long; empty: created_at or, if there is none, timestamp. A
  /// document without a value in it lives for ever.
  std::string keep_since{};

  static CollectionShape of(std::string name, const Schema& document, std::vector<Index> indexes, int keep_days);

  /// The place of the column of that name; columns.size() if there is none.
  [[nodiscard]] std::size_t column(std::string_view column_name) const;
  /// The place of the column of that field. Errors: invalid_argument, if there is none or it has no time.
  [[nodiscard]] Result<std::size_t> keep_since_column() const;
  /// A text that differs if columns or indexes differ, or the words of a full_text index are made in another way.
  [[nodiscard]] std::string fingerprint() const;
  /// The form of the columns' values, and each column with its type: what carried_columns() reads.
  [[nodiscard]] std::string columns_text() const;
};

/// The `_id` of the document with `key` in `collection`: known before any projection has run.
[[nodiscard]] Uuid document_id(std::string_view collection, std::string_view key);

}  // namespace v1
}  // namespace eventstore
