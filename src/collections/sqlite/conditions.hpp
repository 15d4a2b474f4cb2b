#pragma once
// Private to the SQLite engine: the WHERE of a question.
#include "compile.hpp"

namespace eventstore::engine::sqlite {

/// SELECT with _id, organization_id and the columns.
std::string select_document(const CollectionShape& shape);

/// How rows are found: by the indexes of conditions, or by their numbers, which a condition that follows lists.
enum class Lookup : std::uint8_t { by_index, by_row };

/// Appends WHERE with the organization and the checked conditions.
void append_where(const CollectionShape& shape, std::string_view organization, const Conditions& where, Sql& sql,
                  Lookup lookup = Lookup::by_index);

/// The field as it is ordered: enumerators by their rank.
std::string ordered_expression(const CollectionShape& shape, const QueriedField& field);
/// Whether there is anything in the field: text of no characters, and JSON of no elements, is nothing. An index that
/// leaves such documents out says the same.
std::string is_filled(const QueriedField& field);
/// A comparable value as the field's column stores it.
SqlValue stored(const QueryValue& value);
/// The same where values are ordered: an enumerator's rank.
SqlValue ordered(const QueriedField& field, const QueryValue& value);

/// FTS5's expression for a checked search: each phrase in quotes, so that nothing in it is an operator.
std::string match_expression(std::string_view search);

/// The field that a checked question names.
QueriedField known_field(const CollectionShape& shape, std::string_view name);

}  // namespace eventstore::engine::sqlite
