#pragma once
// Made-up event lines, for trials and for measurements.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/app/progress.hpp>
#include <eventstore/core/function_ref.hpp>
#include <span>
#include <string>
#include <vector>

namespace eventstore::app {

struct Generate {
  EVENTSTORE_FIELDS(Generate, (std::uint64_t, events, 1000, help("Number of events to make up")),
                    (std::uint64_t, seed, 1, help("Seed of the random generator: the same seed gives the same events")),
                    (std::vector<std::string>, category, std::vector<std::string>{},
                     help("Make up histories of this category; give it several times for several of them")));
};

/// An event as a line, without the line end. Errors: end the use case with them.
using OnLine = FunctionRef<Result<void>(std::string_view line)>;

/// Makes up histories by the aggregates' `make_up` functions; the same lines for the same seed and the same aggregates.
/// Without categories, of all aggregates that have one.
/// Errors: not_found, if no aggregate, or none of a category that is named, has a `make_up`; user_exception; those of
/// `on_line`.
Result<void> generate(std::span<const AggregateType> aggregates, const Generate& parameters, OnLine on_line,
                      const OnProgress& on_progress = {});

}  // namespace eventstore::app
