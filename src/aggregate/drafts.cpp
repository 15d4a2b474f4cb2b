#include "drafts.hpp"

#include <eventstore/aggregate/detail/stream_of.hpp>

#include <algorithm>

#include "command_outcome.hpp"

namespace eventstore {
inline namespace v1 {

Result<const AnyState*> Draft::before() {
  if (state_ == nullptr) {
    EVENTSTORE_TRY_ASSIGN(
        auto state, load_state(sources_.log, sources_.schemas, *type_, stream_, no_version_limit, sources_.snapshots));
    if (state->version != Version{0} && state->organization != sources_.organization)
      return wrong_organization(stream_);
    if (state->passed_over.events != 0 && type_->unknown_events != UnknownEvents::pass_over)
      return failure(
          Error{Errc::unknown_event_type, "execute", stream_.text(),
                "this build does not know " + state->passed_over.to_string() +
                    ", so it cannot decide: use the build that wrote it, or add it to the aggregate's events",
                state->passed_over.first});
    state_ = std::move(state);
  }
  return version() == Version{0} ? nullptr : state_.get();
}

Result<std::unique_ptr<AnyState>> Draft::after(const Metadata& metadata) {
  EVENTSTORE_TRY(before());
  auto state = state_->clone();
  for (const auto& decided : events) {
    const RecordedEvent event{.stream = stream_.text(),
                              .version = state->version.next(),
                              .type = decided.schema->name,
                              .organization = metadata.organization,
                              .created_at = metadata.created_at,
                              .schema = decided.schema->id,
                              .data = decided.data};
    EVENTSTORE_TRY(state->apply(event, metadata, sources_.schemas));
  }
  return state;
}

void Draft::expect_in(EventWriter& writer) const {
  const bool may_be_first = !is_read() ? !events.empty() : version() == Version{0};
  if (may_be_first)
    for (const auto& other : other_names_) writer.expect(other.stream, other.version);
  if (is_read()) writer.expect(stream_, ExpectedVersion::exactly(version()));
}

const AggregateType& Drafts::program_type(const AggregateType& type) const {
  const auto is_it = [&](const AggregateType& each) {
    return each.readable == type.readable && each.category == type.category;
  };
  const auto found = std::find_if(sources_.aggregates.begin(), sources_.aggregates.end(), is_it);
  return found == sources_.aggregates.end() ? type : *found;
}

Result<Draft*> Drafts::find(const AggregateType& type, std::string_view key) {
  if (!StreamId::of(type.category, key)) return static_cast<Draft*>(nullptr);
  EVENTSTORE_TRY_ASSIGN(StreamId stream, stream_of(sources_.log, type, key));
  const auto is_its = [&](const Draft& draft) { return draft.stream() == stream; };
  if (const auto found = std::find_if(drafts_.begin(), drafts_.end(), is_its); found != drafts_.end()) return &*found;
  EVENTSTORE_TRY_ASSIGN(auto other_names, no_stream_of_another_name(type, stream));
  return &drafts_.emplace_back(sources_, program_type(type), std::move(stream), std::move(other_names));
}

void Drafts::decide(Draft& draft, std::vector<DecidedEvent> events) {
  if (events.empty()) return;
  if (draft.events.empty() && &draft != &own()) written_.push_back(&draft);
  std::move(events.begin(), events.end(), std::back_inserter(draft.events));
}

std::vector<Draft*> Drafts::written() {
  std::vector<Draft*> written;
  if (!drafts_.front().events.empty()) written.push_back(&drafts_.front());
  written.insert(written.end(), written_.begin(), written_.end());
  return written;
}

Result<void> Drafts::check_side_by_side() const { return drafts_.size() == 1 ? Result<void>{} : check_unchanged(); }

Result<void> Drafts::check_unchanged() const {
  Error changed{.code = Errc::wrong_version, .during = "execute", .where = drafts_.front().stream().text()};
  for (const auto& draft : drafts_) {
    if (!draft.is_read()) continue;
    EVENTSTORE_TRY_ASSIGN(const Version head, sources_.log.head(draft.stream()));
    if (head != draft.version())
      changed.conflicts.push_back({draft.stream().text(), ExpectedVersion::exactly(draft.version()), head});
  }
  if (!changed.conflicts.empty()) return failure(std::move(changed));
  return {};
}

}  // namespace v1
}  // namespace eventstore
