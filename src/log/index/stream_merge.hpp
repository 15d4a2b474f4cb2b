#pragma once
// Goes through the streams of several tables at once.
#include "table.hpp"

namespace eventstore::engine {

using TableInputs = std::span<const std::shared_ptr<const Table>>;

/// The streams of all inputs in the order of names, each once. Lifetime: the inputs outlive it.
class StreamMerge {
 public:
  explicit StreamMerge(TableInputs inputs) : inputs_{inputs}, heads_(inputs.size()) { parts_.reserve(inputs.size()); }

  struct Part {
    std::size_t input = 0;
    StreamEntry entry;
  };

  /// The parts of the next stream, in the order of inputs; none at the end. Lifetime: until the next call.
  /// Errors: corrupt_record, naming the input whose names do not ascend, or whose versions do not continue.
  Result<std::span<const Part>> next();

 private:
  Result<void> read(std::size_t input, std::uint64_t rank);
  [[nodiscard]] Result<void> check_parts() const;

  const TableInputs inputs_;
  std::vector<std::optional<StreamEntry>> heads_;
  std::vector<Part> parts_;
  bool is_begun_ = false;
};

}  // namespace eventstore::engine
