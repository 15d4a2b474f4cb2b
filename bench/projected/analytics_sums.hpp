#pragma once
// The handwritten `analytics`: sums in memory, written once.
#include <bench/projected/collections_file.hpp>
#include <eventstore/aggregate/measurements.hpp>
#include <eventstore/core/timestamp.hpp>

#include <string>
#include <string_view>
#include <unordered_map>

namespace bench {

/// Threads: one at a time.
class AnalyticsSums {
 public:
  /// Adds a measurement of an event of `organization` that happened `at`. Sums are added in the order of the calls.
  void add(std::string_view organization, const eventstore::Measurement& measurement, eventstore::Timestamp at);
  /// Writes every sum as a row, in the order of their ids. Throws std::runtime_error.
  void write(CollectionsFile& file) const;

 private:
  struct Sum {
    std::string organization;
    eventstore::Measurement measurement;  // with the value and the count of all
    eventstore::Timestamp hour;
  };
  std::unordered_map<std::string, Sum> sums_;
  std::string key_;  // used again
};

}  // namespace bench
