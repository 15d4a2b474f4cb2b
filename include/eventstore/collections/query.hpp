#pragma once
// Questions to a collection as values that depend on no engine: each engine compiles them to its own language. The
// organization is not part of a question: it is an argument of each call. Programs write questions with
// documents_of.hpp.
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A field's value; std::monostate where the document has none. Enumerators and UUIDs are text.
using QueryValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, Timestamp>;

/// A condition that a document must fulfil. A field is named like a column ("status"), by a path into a nested record
/// or into free data ("package_details.fragile"), or `_id`.
struct Condition {
  enum class Kind : std::uint8_t {
    equal,      ///< to values[0]
    any_of,     ///< equal to one of `values`; false if there are none
    less,       ///< than values[0]. Enumerators are in their declared order
    at_most,    ///< values[0]
    greater,    ///< than values[0]
    at_least,   ///< values[0]
    empty,      ///< has no value; a text, list, map or free data without content also counts as empty
    not_empty,  ///< the opposite
    contains,   ///< a list of which values[0] is an element
    words,      ///< values[0] is a search (text_search.hpp); the field has a full_text index
  };
  std::string field;
  Kind kind = Kind::equal;
  std::vector<QueryValue> values{};

  friend bool operator==(const Condition&, const Condition&) = default;
};
using Conditions = std::vector<Condition>;

/// Documents that are equal in all fields of `by` are in the order of their `_id`. A document without a value is the
/// first in ascending order, and the last in descending order.
struct Order {
  std::vector<std::string> by;
  bool descending = true;

  friend bool operator==(const Order&, const Order&) = default;
};

/// A place in an order: the place of one document.
struct Cursor {
  std::vector<QueryValue> values;  ///< of the fields of Order::by
  std::string id{};                ///< its `_id`; empty: after all documents that have these values

  /// As text that a user gets and gives back.
  [[nodiscard]] std::string text() const;
  /// Errors: invalid_argument.
  static Result<Cursor> parse(std::string_view text);

  friend bool operator==(const Cursor&, const Cursor&) = default;
};

/// The first `limit` documents in `order` that fulfil `where` and come after `after`.
struct DocumentQuery {
  Conditions where{};
  Order order{};
  std::optional<Cursor> after{};
  std::size_t limit = 50;  ///< 1 to 1,000,000
};

struct DocumentPage {
  std::vector<std::string> documents;  ///< JSON: _id, organization_id and the fields that have a value
  std::optional<Cursor> next{};        ///< absent after the last document
};

/// A span of UTC time, named by its start: "2026-01-27T10", "2026-01-27", the week's Monday, "2026-01".
enum class Period : std::uint8_t { hour, day, week, month };

/// The key by which documents are grouped: the values of a field, or the periods of a field that is a time.
struct GroupKey {
  std::string field;
  std::optional<Period> period{};
};

/// Counts, and sums of number fields, of the documents that fulfil `where`, by groups; one group if `by` is empty.
struct GroupQuery {
  Conditions where{};
  std::vector<GroupKey> by{};
  std::vector<std::string> of{};      ///< the number fields that are summed
  std::optional<QueryValue> after{};  ///< only groups whose first key comes after this one
};

/// Sums of one field over a group.
struct Sum {
  double total = 0;         ///< NaN if no double holds it
  std::uint64_t count = 0;  ///< documents that have a value
  double smallest = 0;
  double largest = 0;

  [[nodiscard]] double average() const { return count == 0 ? 0 : total / static_cast<double>(count); }
  friend bool operator==(const Sum&, const Sum&) = default;
};

struct Group {
  std::vector<QueryValue> key;  ///< a value for each of `by`; a period's is its name
  std::uint64_t documents = 0;
  std::vector<Sum> sums{};  ///< one for each of `of`

  friend bool operator==(const Group&, const Group&) = default;
};

/// Documents within `radius_meters` of a point, nearest first; equally near ones in the order of their `_id`.
struct NearQuery {
  std::string field;  ///< with a location index: a record with longitude and latitude in degrees
  double longitude = 0;
  double latitude = 0;
  double radius_meters = 0;
  Conditions where{};
  std::size_t limit = 50;  ///< 1 to 1,000,000
};

struct NearDocument {
  std::string document;  ///< as in DocumentPage
  double distance_meters = 0;
};

}  // namespace v1
}  // namespace eventstore
