#pragma once
// Private to the exports: names that readers of other programs can tell apart.
#include <set>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Names of one kind. A name that is taken already, also in other letters of upper and lower case, gets a number.
class UniqueNames {
 public:
  /// `name` without control characters and not empty: "status", "status_2".
  std::string take(std::string_view name);

 private:
  std::set<std::string, std::less<>> taken_;
};

}  // namespace v1
}  // namespace eventstore
