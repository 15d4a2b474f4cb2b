#pragma once
// A unique value of an event line that another stream has: lines are facts, so that it is told and not refused.
#include <cstdint>
#include <eventstore/schema/fields.hpp>
#include <string>

namespace eventstore::app {

/// The line was appended, and does not claim the value.
struct DuplicateInLine {
  EVENTSTORE_FIELDS(DuplicateInLine, (std::uint64_t, line), (std::string, field), (std::string, stream));
};

}  // namespace eventstore::app
