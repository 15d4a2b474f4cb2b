#pragma once
// Private to the functions: streams that are named by a word which several organizations may use, "metric-cpu".
#include <eventstore/app/function.hpp>
#include <eventstore/core/stream_id.hpp>

namespace domain {

/// Whether the streams of `category` are named so: activity and metric.
bool has_named_streams(std::string_view category);

/// The stream that an organization tries for `name` after `number` streams that are another's: `<name>`, then
/// `<name>@<organization>`, then keys that are UUIDs of the organization, the name and the number. A name with the
/// organization that is no key (200 bytes at most) is passed over. The same for ever, so that what was written is found
/// again. Errors: invalid_argument, where `category` or `name` is none.
eventstore::Result<eventstore::StreamId> named_stream(std::string_view category, std::string_view name,
                                                      std::string_view organization, std::size_t number);

/// The first of these streams that is the organization's, or that nobody has yet. Errors: also as EventLog::info. Cost:
/// one info for each stream that is another's.
eventstore::Result<eventstore::StreamId> own_named_stream(const eventstore::EventLog& log, std::string_view category,
                                                          std::string_view name, std::string_view organization);

}  // namespace domain
