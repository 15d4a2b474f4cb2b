#pragma once
// What an engine asks for the clear form of events whose data is encrypted. The security layer has one.
#include <eventstore/core/result.hpp>
#include <eventstore/log/event.hpp>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// RecordedEvent::encryption_key of an event as it is stored with encrypted values, in the form of
/// docs/reference/file-format.md, "Encrypted values". Other numbers are the writer's own: nothing opens such an event.
inline constexpr std::uint32_t encrypted_values = 1;
/// The same of an event that was opened, and of which some values were erased: those have their defaults, and the
/// metadata says which they are. An event that was opened whole has 0.
inline constexpr std::uint32_t erased_values = 2;

/// The tag, in the metadata of an event that was opened, of the places of erased values. Never stored.
inline constexpr std::uint8_t erased_tag = 65;

/// The offsets in the data of an opened event at which erased values have their defaults, ascending; empty where none
/// of its data was erased.
[[nodiscard]] std::vector<std::uint32_t> erased_places(const RecordedEvent& event);

/// Threads: any.
class EventOpener {
 public:
  virtual ~EventOpener() = default;

  /// Puts the clear data and metadata of `event` in place of the stored ones; values whose key was erased have their
  /// defaults. Lifetime: the event then views `memory`, besides what it viewed before. Errors: missing_key, where the
  /// key of a value is neither there nor erased; corrupt_record; those of the key store. The event is then unchanged.
  virtual Result<void> open(RecordedEvent& event, Bytes& memory) const = 0;
};

}  // namespace v1
}  // namespace eventstore
