#pragma once
// A condition on the data of an event: the value at a path is this one.
#include <eventstore/history/data_path.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {

/// Holds where the data has an equal value at the path: numbers by their exact value, objects whatever the order of
/// their members. A value that is left out equals nothing, not even null. Of members by one name the first counts.
struct DataCondition {
  DataPath path;
  std::string json;                   ///< the value as canonical JSON
  std::optional<std::string> text{};  ///< of a value that is text
};

/// Reads "PATH=VALUE". VALUE is JSON where it reads as JSON, and text otherwise: status=failed, count=3, note="3".
/// Errors: invalid_argument (no '='); as parse_data_path.
Result<DataCondition> parse_data_condition(std::string_view text);

}  // namespace v1
}  // namespace eventstore
