#pragma once
// The differences between two values of one record type.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Two JSON objects with the same fields: the fields that differ, with their values before and after.
struct Changes {
  std::string before{"{}"};
  std::string after{"{}"};

  [[nodiscard]] bool empty() const { return before == "{}" && after == "{}"; }
  /// {"before": …, "after": …}
  [[nodiscard]] std::string to_json() const;
};

/// Compares two values of the record `type`. Nested records and maps are entered, so that a changed entry of a large
/// map is shown alone. An entry that only one side has is null on the other side. Lists are shown whole. A
/// field marked `bookkeeping` is left out. Errors: corrupt_record where the bytes are not values of `type`. Cost:
/// linear in the bytes.
Result<Changes> changes_between(const Type& type, BytesView before, BytesView after);

}  // namespace v1
}  // namespace eventstore
