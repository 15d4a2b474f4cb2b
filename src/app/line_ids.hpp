#pragma once
// Private to app: the ids of lines that give none and have personal values. They derive from codes under the keys of
// their subjects, which the reader of lines does not know.
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/security/value_cipher.hpp>
#include <span>
#include <string>
#include <vector>

namespace eventstore::app {

/// A line, and whom it is about where its records name nobody; empty: the stream's key.
struct LineOfSubject {
  EventLine* line = nullptr;
  std::string subject{};
};

/// Whether the id of `line` derives from such codes, in a log that has a cipher.
[[nodiscard]] bool has_coded_id(const EventLine& line);

/// Gives the lines that have_coded_id their ids, and leaves the others alone. The id that earlier builds derived
/// becomes EventLine::clear_id, unless `former_ids` leaves it out. A line about a person who was erased, whose codes
/// nobody can make any more, gets the id of the event that stands at its version, or under an earlier build's id.
/// Errors: refused, with the code "subject_erased", where there is none; those of the log and of ValueCipher::coded.
Result<void> derive_coded_ids(const EventLog& log, std::span<const LineOfSubject> lines, FormerIds former_ids);

}  // namespace eventstore::app
