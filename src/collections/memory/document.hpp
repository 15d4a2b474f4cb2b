#pragma once
// Private to the engine in memory: a document, and its values as questions see them.
#include <eventstore/collections/query.hpp>
#include <string>
#include <vector>
#include "../queried_field.hpp"

namespace eventstore::engine::memory {

struct Document {
  std::string id;
  std::string organization;
  std::vector<Bytes> columns;  // each with the flag of its optional, where it is one
};

/// The column as JSON; empty where it has no value.
std::string json_of(const Column& column, const Bytes& value);
std::string json_of(const CollectionShape& shape, const Document& document);

/// The value of a checked question's field.
QueryValue value_of(const CollectionShape& shape, const Document& document, const QueriedField& field);
/// Whether `a` comes before `b` among the field's values; no value comes before every value.
bool comes_before(const QueriedField& field, const QueryValue& a, const QueryValue& b);

/// Whether the document fulfils all of the checked conditions.
bool fulfils(const CollectionShape& shape, const Document& document, const Conditions& where);

/// Whether the text has the words of a search.
bool has_words(std::string_view text, std::string_view search);

}  // namespace eventstore::engine::memory
