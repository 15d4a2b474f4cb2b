#include "fold_race.hpp"

#include <eventstore/aggregate/first_state.hpp>
#include <eventstore/os/detail/mapping_failures.hpp>
#include <eventstore/schema/json_codec.hpp>

#include "common_fields.hpp"

namespace eventstore {
inline namespace v1 {

// False: one of them cannot begin.
Result<bool> FoldRace::begin(const StreamId& stream, Outcome& outcome) {
  auto older = first_state(log_, schemas_, folds_.older, stream);
  auto newer = first_state(log_, schemas_, folds_.newer, stream);
  for (auto* const each : {&older, &newer}) {
    if (*each) continue;
    if (each->error().code != Errc::unreadable_schema) return failure_of(*each);
    outcome.left_out = std::move(each->error());
    return false;
  }
  older_ = std::move(*older);
  newer_ = std::move(*newer);
  return true;
}

Result<FoldRace::Outcome> FoldRace::run(const StreamId& stream) {
  Outcome outcome;
  EVENTSTORE_TRY_ASSIGN(bool goes_on, begin(stream, outcome));
  while (goes_on) {
    const auto failures = mapping_failures();
    auto page = log_.read_stream(stream, {older_->version.next()});
    if (!page && page.error().code == Errc::expired) {
      outcome.left_out = std::move(page.error());
      return outcome;
    }
    if (!page) return failure_of(page);
    for (const auto& event : page->events) {
      EVENTSTORE_TRY_ASSIGN(goes_on, take(event, outcome));
      if (!goes_on) break;
    }
    if (mapping_failures() != failures)
      return failure(Errc::io_failed, "replay", stream.text(),
                     "the disk cannot read a part of a file: look at the disk, then run verify");
    goes_on = goes_on && !page->at_end && !page->events.empty();
  }
  return outcome;
}

Result<bool> FoldRace::take(const RecordedEvent& event, Outcome& outcome) {
  EVENTSTORE_TRY(metadata_into(event, metadata_));
  auto older = older_->apply(event, metadata_, schemas_);
  auto newer = newer_->apply(event, metadata_, schemas_);
  ++outcome.events;
  FoldDifference found{std::string{event.stream}, event.version, event.position, std::string{event.type}};
  if (!older && !newer) {
    outcome.left_out = std::move(older.error());
    return false;
  }
  if (!older) found.old_error = std::move(older.error());
  if (!newer) found.new_error = std::move(newer.error());
  if (older && newer) {
    EVENTSTORE_TRY_ASSIGN(auto changes, difference());
    if (!changes) return true;
    found.changes = std::move(*changes);
  }
  outcome.difference = std::move(found);
  return false;
}

Result<std::optional<Changes>> FoldRace::difference() {
  if (folds_.is_same == nullptr) return difference_of_types();
  if (!folds_.is_same(*older_, *newer_)) return std::optional{newer_->changes_since(*older_)};
  // From here on they share what neither changes, so that the next comparison passes it by.
  auto passed_over = newer_->passed_over;
  newer_->assign(*older_);
  newer_->passed_over = std::move(passed_over);
  return std::optional<Changes>{};
}

Result<std::optional<Changes>> FoldRace::difference_of_types() {
  const AnyState* const states[]{older_.get(), newer_.get()};
  const Type* const types[]{&folds_.older.state_schema->type, &folds_.newer.state_schema->type};
  for (const auto i : {0, 1}) {
    bytes_[i].clear();
    states[i]->encode_to(bytes_[i]);
  }
  if (folds_.older.state_schema->id == folds_.newer.state_schema->id && bytes_[0] == bytes_[1])
    return std::optional<Changes>{};
  JsonNode nodes[2];
  for (const auto i : {0, 1}) {
    texts_[i].clear();
    EVENTSTORE_TRY(bytes_to_json(*types[i], bytes_[i], texts_[i]));
    EVENTSTORE_TRY_ASSIGN(nodes[i], documents_[i].parse(texts_[i]));
  }
  auto changes = common_changes(*types[0], nodes[0], *types[1], nodes[1]);
  return changes.empty() ? std::optional<Changes>{} : std::optional{std::move(changes)};
}

}  // namespace v1
}  // namespace eventstore
