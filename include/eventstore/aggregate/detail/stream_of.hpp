#pragma once
// The stream of an aggregate's events, if its category was renamed.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// The stream of the aggregate `key`: the existing one, under any of the category's names; if none exists, the stream
/// of today's name. Errors: invalid_argument (no key can have this form); id_conflict if there are streams of two
/// names, because a program that knows only the old name opened one: their events have no common order. Cost: none for
/// a category that was never renamed; otherwise the head of one stream for each name.
Result<StreamId> stream_of(const EventLog& log, const AggregateType& type, std::string_view key);

/// The expectations of an aggregate's first event: no stream exists under another of the category's names than
/// `stream`'s. Errors: invalid_argument.
Result<std::vector<Expectation>> no_stream_of_another_name(const AggregateType& type, const StreamId& stream);

/// Whether each category, under all its names, belongs to one aggregate. Errors: invalid_argument, naming both
/// aggregates.
Result<void> check_categories(std::span<const AggregateType> types);

}  // namespace v1
}  // namespace eventstore
