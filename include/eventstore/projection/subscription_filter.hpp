#pragma once
// Which events a subscription gives.
#include <cstdint>
#include <eventstore/log/event.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Those streams whose number modulo `count` is `index`: all events of a stream go to one of `count` readers.
struct Partition {
  std::uint32_t index = 0;
  std::uint32_t count = 1;

  /// The stream's number: the 64-bit XXH3 of its name, the same in every release and on any machine.
  [[nodiscard]] static std::uint64_t number_of(std::string_view stream);
  [[nodiscard]] bool has(std::string_view stream) const { return count == 1 || number_of(stream) % count == index; }
};

/// What is empty lets all pass; an event passes if it passes each part.
struct SubscriptionFilter {
  std::vector<std::string> categories{};  ///< any of them
  std::vector<std::string> types{};       ///< any of them
  std::string organization{};
  std::string stream{};
  Partition partition{};

  [[nodiscard]] bool admits(const RecordedEvent& event) const;
  /// The same for filters that admit the same: a checkpoint keeps it, because what one filter has passed over, another
  /// one would have given.
  [[nodiscard]] Uuid digest() const;
};

}  // namespace v1
}  // namespace eventstore
