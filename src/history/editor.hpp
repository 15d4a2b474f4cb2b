#pragma once
// Private to the history layer: makes an edited history from the edits.
#include "edition.hpp"

namespace eventstore {
inline namespace v1 {

/// Used once. Threads: one at a time. Lifetime: borrows all that it is given.
class EditedStream::Editor {
 public:
  Editor(const EventLog& log, const SchemaReader& schemas, const AggregateType& type, Edition& edition)
      : log_{log}, schemas_{schemas}, type_{type}, edition_{edition} {}

  /// Errors: as EditedStream::make.
  Result<void> edit(std::vector<StreamEdit> edits, Version last);

 private:
  Result<void> check(const std::vector<StreamEdit>& edits) const;
  Result<void> add(const StreamEdit& edit);
  Result<void> add_recorded(Version first, Version last);
  Result<void> add_moved(Version first, Version last);
  Result<void> insert(const StreamEdit& edit);
  Result<void> replace(const StreamEdit& edit, const RecordedEvent& recorded);
  Result<void> add_own(const StreamEdit& edit, const RecordedEvent* recorded, OwnEvent& own, Position position);
  void add_run(Version recorded_first, std::uint64_t events, std::uint64_t shift, const OwnEvent* own);
  [[nodiscard]] Result<Page> recorded_at(Version version) const;
  [[nodiscard]] Result<Page> neighbour_of(Version version) const;
  Result<Position> previous_position();
  Result<void> finish();

  const EventLog& log_;
  const SchemaReader& schemas_;
  const AggregateType& type_;
  Edition& edition_;
  Version next_{1};          // the first recorded version that was not looked at
  Version last_recorded_{};  // in the edited history so far; or the last that was dropped
  // Of the last event in the edited history, where the next recorded one may be in its way.
  std::optional<Position> previous_{};
};

}  // namespace v1
}  // namespace eventstore
