#pragma once
// Errors are values: one code for each reaction of the caller, and a text that tells a person what to do.
#include <cstdint>
#include <eventstore/core/expected_version.hpp>
#include <eventstore/core/ordinal.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The reaction that is open to the caller. Bugs are asserts, never codes.
enum class Errc : std::uint8_t {
  // Fix the call or the input; nothing was written.
  invalid_argument,    ///< malformed input: text, JSON, an id, an option
  unknown_event_type,  ///< no struct of this build and no recorded schema has that name
  too_large,           ///< an event over 16 MiB, a commit over 64 MiB, free data over 64 KiB
  wrong_organization,  ///< the stream belongs to another organization
  wrong_tenant [[deprecated("write wrong_organization")]] = wrong_organization,
  // Load again and retry; nothing was written.
  wrong_version,  ///< at least one expectation does not hold: see Error::conflicts
  id_conflict,    ///< the stream has this event id with other content, or only some of the ids
  // An answer, not a failure.
  not_found,  ///< no such stream, event, collection or name
  refused,    ///< the domain said no: see Error::refusal_code and Error::detail
  expired,    ///< retention dropped the events that were asked for
  stopped,    ///< the caller asked to stop
  // Repair, or give up.
  unreadable_schema,  ///< stored under a schema that this build cannot resolve
  corrupt_record,     ///< stored bytes are damaged; never repaired silently
  out_of_space,       ///< the disk is full
  io_failed,          ///< the system refused a call: see Error::os_errno
  outcome_unknown,    ///< the sync failed: reopen the store and retry with the same ids
  read_only,          ///< the store was opened for reading, or an earlier failure made it read-only
  locked,             ///< another process writes to this store
  newer_format,       ///< a newer version of eventstore wrote the store
  out_of_memory,      ///< memory ran out; it is never reported as damage
  user_exception,     ///< domain code threw
  clock_ran_ahead,    ///< the system's clock ran ahead of the time that passed: see FileLogOptions::clock_lead_max
  missing_key,        ///< a key that encrypted data needs is not there, or the master key does not open it
};

/// One expectation that did not hold.
struct Conflict {
  std::string stream;
  ExpectedVersion expected;
  Version actual;
};

/// What went wrong. `message()` is one line for a person: what, where, and the reason.
struct Error {
  Errc code = Errc::io_failed;
  std::string during{};  ///< the operation that failed: "append", "decode DeliveryScheduled"
  std::string where{};   ///< the stream, file or JSON path; may be empty
  std::string detail{};  ///< the reason and, if there is a remedy, what to do
  Position at{};         ///< the position concerned; 0 where there is none
  int os_errno = 0;      ///< the system's error; 0 where there is none
  std::vector<Conflict> conflicts{};
  std::string
      refusal_code{};  ///< the domain's own code of a refusal, such as "already_exists"; "refused" where it has none

  [[nodiscard]] std::string message() const;
};

/// The code's name as users see it: "wrong_version".
[[nodiscard]] std::string_view to_string(Errc code);

}  // namespace v1
}  // namespace eventstore
