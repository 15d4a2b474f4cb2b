#include <eventstore/log/event_opener.hpp>
#include <eventstore/schema/detail/blank_value.hpp>
#include <eventstore/security/erased_values.hpp>

#include <algorithm>
#include <set>

#include "encrypted_places.hpp"

namespace eventstore {
inline namespace v1 {

using namespace security;

Result<Bytes> with_some_values(const RecordedEvent& event, const Schema& schema) {
  const auto erased = eventstore::erased_places(event);
  EVENTSTORE_TRY_ASSIGN(const auto places, encrypted_places(schema, event.data));
  Bytes filled;
  std::size_t copied = 0;
  const auto copy_to = [&](std::size_t end) {
    const auto bytes = event.data.subspan(copied, end - copied);
    filled.insert(filled.end(), bytes.begin(), bytes.end());
    copied = end;
  };
  for (const auto& place : places) {
    if (std::ranges::find(erased, static_cast<std::uint32_t>(place.offset)) == erased.end()) continue;
    copy_to(place.offset);
    append_some(*place.type, place.blank, filled);
    copied += place.size;
  }
  copy_to(event.data.size());
  return filled;
}

Result<std::vector<std::size_t>> said_places(const Schema& schema, BytesView data,
                                             const std::vector<std::size_t>& places, BytesView other) {
  EVENTSTORE_TRY_ASSIGN(const auto in_data, encrypted_places(schema, data));
  EVENTSTORE_TRY_ASSIGN(const auto in_other, encrypted_places(schema, other));
  std::set<std::string_view> said;
  for (const auto& place : in_other)
    if (!is_blank(place, other)) said.insert(place.path);
  std::vector<std::size_t> found;
  for (const auto& place : in_data)
    if (std::ranges::find(places, place.offset) != places.end() && said.contains(place.path))
      found.push_back(place.offset);
  return found;
}

}  // namespace v1
}  // namespace eventstore
