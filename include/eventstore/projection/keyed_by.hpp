#pragma once
// What the documents of a projection belong to, so that a part of them can be made again in place.
#include <cstdint>

namespace eventstore {
inline namespace v1 {

/// A projection declares it: `static constexpr auto keyed_by = es::KeyedBy::stream;`. Nothing checks the declaration
/// but the verification of the collection after a part of it was rebuilt.
enum class KeyedBy : std::uint8_t {
  /// Documents may come from events of several organizations. No part can be made again.
  nothing,
  /// Each document comes from the events of one organization alone, and has that organization.
  organization,
  /// Each document comes from the events of one stream alone; so, because a stream belongs to one organization, it
  /// comes from that organization's.
  stream,
};

}  // namespace v1
}  // namespace eventstore
