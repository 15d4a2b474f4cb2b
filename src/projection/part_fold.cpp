#include "part_fold.hpp"

#include <eventstore/core/stream_id.hpp>

#include "lane.hpp"

namespace eventstore {
inline namespace v1 {

Result<Page> PartFold::next_page(const Source& source) const {
  if (source.stream) return log_.read_stream(*source.stream, {.from = Version{source.next}});
  return log_.read_all({.from = Position{source.next}, .filter = {.organization = part_.organization}});
}

Result<void> PartFold::advance(Position last, const std::set<Position>& set_aside, const std::stop_token& stop) {
  for (auto& source : sources_) EVENTSTORE_TRY(advance(source, last, set_aside, stop));
  return {};
}

Result<void> PartFold::advance(Source& source, Position last, const std::set<Position>& set_aside,
                               const std::stop_token& stop) {
  for (bool at_end = false; !at_end;) {
    if (stop.stop_requested()) return failure(Errc::stopped, "rebuild part", projection_.name(), "nothing was changed");
    EVENTSTORE_TRY_ASSIGN(const Page page, next_page(source));
    at_end = page.at_end;
    for (const auto& event : page.events) {
      if (event.position > last) return {};
      if (!set_aside.contains(event.position)) EVENTSTORE_TRY(project(event));
      source.next = source.stream ? event.version.value + 1 : event.position.value + 1;
      ++events_;
    }
    if (!at_end) source.next = page.next;
  }
  return {};
}

Result<void> PartFold::project(const RecordedEvent& event) {
  if (!projection_.reads(event.stream.substr(0, event.stream.find('-')))) return {};
  EVENTSTORE_TRY(metadata_into(event, metadata_));
  EVENTSTORE_TRY_ASSIGN(const auto around, states_.around(event, metadata_));
  if (around.is_lost)
    return failure(Error{Errc::expired, "rebuild part", projection_.name(),
                         "retention dropped the first events of " + std::string{event.stream} + ": rebuild all of it",
                         event.position});
  const AnyChange change{event, metadata_, around.type, *around.states.before, *around.states.after, schemas_, false};
  pending_.set_organization(event.organization);
  if (change.is_unknown() && !projection_.reads_everything()) {
    if (projection_.passes_over_unknown) return {};
    return failure(Error{Errc::unknown_event_type, "rebuild part", projection_.name(), held_by(event), event.position});
  }
  return projection_.project(change, pending_);
}

}  // namespace v1
}  // namespace eventstore
