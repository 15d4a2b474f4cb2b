#include <eventstore/log/event_opener.hpp>

#include <cstring>

namespace eventstore {
inline namespace v1 {

std::vector<std::uint32_t> erased_places(const RecordedEvent& event) {
  std::vector<std::uint32_t> places;
  if (event.encryption_key != erased_values) return places;
  constexpr std::size_t header_bytes = 1 + sizeof(std::uint32_t);
  for (auto rest = event.metadata; rest.size() >= header_bytes;) {
    std::uint32_t length = 0;
    std::memcpy(&length, rest.data() + 1, sizeof length);
    if (rest.size() - header_bytes < length) break;
    if (rest.front() == std::byte{erased_tag}) {
      places.resize(length / sizeof(std::uint32_t));
      std::memcpy(places.data(), rest.data() + header_bytes, places.size() * sizeof(std::uint32_t));
    }
    rest = rest.subspan(header_bytes + length);
  }
  return places;
}

}  // namespace v1
}  // namespace eventstore
