#pragma once
// What a delivery adds to the documents of the people whom it names.
#include <aggregates/delivery/state.hpp>
#include <eventstore/log/metadata.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

/// The figures of one delivery as it stands now: what it was before a retry is no part of it.
struct DeliveryFigures {
  std::int64_t active = 0;  ///< assigned or in transit
  std::int64_t ended = 0;   ///< completed or failed
  std::int64_t completed = 0;
  std::int64_t ratings = 0;
  std::int64_t ratings_sum = 0;
  std::int64_t responses = 0;  ///< departed after an assignment
  std::int64_t response_seconds = 0;

  static DeliveryFigures of(const DeliveryState& state);
  bool operator==(const DeliveryFigures&) const = default;
};

/// `sum` / `count`, and 0 where nothing was counted.
double mean(std::int64_t sum, std::int64_t count);

/// The key of a document in a collection to which streams of several aggregates add. An id that a field holds is not
/// unlike those of other organizations, as a stream is, so the key has both.
std::string key_in(const eventstore::Metadata& metadata, std::string_view id);

}  // namespace domain
