#pragma once
// Which stream an aggregate's events stand in, where its category was renamed.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// The stream of the aggregate `key`: the one that exists, by whichever of the category's names; where none does,
/// today's. Errors: invalid_argument (no such key can be); id_conflict where there are streams of two names, as when a
/// program that knows only the old name opened one meanwhile: nobody could say in which order their events came to be.
/// Cost: none for a category that never was renamed; otherwise the head of one stream a name.
Result<StreamId> stream_of(const EventLog& log, const AggregateType& type, std::string_view key);

/// What must hold for an aggregate's first event: no stream of another of the category's names than `stream`'s.
/// Errors: invalid_argument.
Result<std::vector<Expectation>> no_stream_of_another_name(const AggregateType& type, const StreamId& stream);

/// Whether each category is one aggregate's alone, earlier names among them. Errors: invalid_argument, naming both.
Result<void> check_categories(std::span<const AggregateType> types);

}  // namespace v1
}  // namespace eventstore
