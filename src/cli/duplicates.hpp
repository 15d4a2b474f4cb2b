#pragma once
// Private to the command line: what is said of unique values that another stream has.
#include <fmt/format.h>
#include <eventstore/app/duplicate_in_line.hpp>

#include "call.hpp"

namespace eventstore::cli {

/// A line on standard error for each. Lifetime: borrows `call`.
inline auto tell_duplicates(Call& call) {
  return [&call](const app::DuplicateInLine& duplicate) {
    call.note(
        fmt::format("duplicate: line {}: another stream has the {} of {}, which was appended and does not claim it",
                    duplicate.line, duplicate.field, duplicate.stream));
  };
}

}  // namespace eventstore::cli
