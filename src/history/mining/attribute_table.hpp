#pragma once
// Private to the exports: the attributes of one type of events or objects, found by looking at all their values.
#include <eventstore/history/event_values.hpp>
#include <eventstore/history/object_log.hpp>
#include <map>

#include "unique_names.hpp"

namespace eventstore {
inline namespace v1 {

/// First every value is shown to see(), then finish() gives the attributes their names and types, and value_of() the
/// values in these types.
class AttributeTable {
 public:
  /// So many places have attributes of their own. The values of others, which only data without a schema has, stand
  /// together in one attribute.
  static constexpr std::size_t places_max = 1000;
  static constexpr std::string_view rest_name = "other_data";

  void see(std::string_view place, const DataValue& value);
  /// Adds the attributes to `kind`, in the order in which they were met; `names` has those that are taken.
  void finish(MinedKind& kind, UniqueNames& names);

  /// Adds the value of `place` to `values`, unless its attribute is there; where the place has no attribute of its own,
  /// to `rest`. A value that is none is added only if `shows_none`.
  void add(std::string_view place, const DataValue& value, bool shows_none, std::vector<AttributeValue>& values,
           std::string& rest) const;
  /// Adds `rest`, which the calls of add() have made, and empties it.
  void add_rest(std::string& rest, std::vector<AttributeValue>& values) const;

 private:
  struct Seen {
    std::size_t order;
    std::uint8_t kinds = 0;  // a bit for each that was met
    std::size_t attribute = 0;
    MinedType type = MinedType::text;
  };
  std::map<std::string, Seen, std::less<>> places_;
  bool has_rest_ = false;
  std::size_t rest_attribute_ = 0;
};

}  // namespace v1
}  // namespace eventstore
