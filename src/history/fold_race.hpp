#pragma once
// Private to the history layer: two folds of one stream, side by side.
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/history/compare_folds.hpp>
#include <eventstore/schema/json_document.hpp>

namespace eventstore {
inline namespace v1 {

/// Its memory is used again from stream to stream. Threads: one at a time. Lifetime: borrows all that it is given.
class FoldRace {
 public:
  FoldRace(const EventLog& log, const SchemaReader& schemas, const detail::FoldPair& folds)
      : log_{log}, schemas_{schemas}, folds_{folds} {}

  struct Outcome {
    std::uint64_t events = 0;
    std::optional<FoldDifference> difference{};
    std::optional<Error> left_out{};
  };
  /// Folds the stream until the states differ. Errors: those of the log.
  Result<Outcome> run(const StreamId& stream);

 private:
  Result<bool> begin(const StreamId& stream, Outcome& outcome);
  // Whether the stream goes on.
  Result<bool> take(const RecordedEvent& event, Outcome& outcome);
  // The first difference of the two states; absent where they are the same.
  Result<std::optional<Changes>> difference();
  Result<std::optional<Changes>> difference_of_types();

  const EventLog& log_;
  const SchemaReader& schemas_;
  const detail::FoldPair& folds_;
  std::unique_ptr<AnyState> older_{};
  std::unique_ptr<AnyState> newer_{};
  Metadata metadata_{};
  std::string texts_[2]{};
  Bytes bytes_[2]{};
  JsonDocument documents_[2]{};
};

}  // namespace v1
}  // namespace eventstore
