#include <eventstore/projection/reaction_status.hpp>

#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/projection/checkpoint_file.hpp>
#include <eventstore/projection/subscription.hpp>

#include "reaction_notes.hpp"
#include "reaction_persons.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

Result<std::uint64_t> count_after(const EventLog& log, Position position, const ReactionType& reaction) {
  std::uint64_t events = 0;
  Subscription later{log, {.from = From::position(position.next()), .filter = {.categories = reaction.categories}}};
  while (later.next_here() != nullptr) ++events;
  EVENTSTORE_TRY(later.ended());
  return events;
}

Result<ReactionStatus> look(const ReactionHost& host, const ReactionType& reaction) {
  ReactionNotes notes{host.log, host.clock, reaction.name};
  EVENTSTORE_TRY(notes.refresh());
  ReactionStatus status{};
  status.has_begun = notes.has_begun();
  if (!status.has_begun) return status;
  status.noted = notes.state();
  open_reasons(host.log, notes.stream(), status.noted);
  const CheckpointFile file{host.files, notes.checkpoint_path(host.directory)};
  EVENTSTORE_TRY_ASSIGN(const auto kept, file.read(host.log, notes.checkpoint_purpose()));
  if (kept) {
    status.position = kept->position;
  } else {
    EVENTSTORE_TRY_ASSIGN(status.position, notes.place().resolve(host.log));
  }
  EVENTSTORE_TRY_ASSIGN(status.behind, count_after(host.log, status.position, reaction));
  return status;
}

}  // namespace

Result<ReactionStatus> look_at(const ReactionHost& host, const ReactionType& reaction) {
  return detail::guarded("react", reaction.name, [&] { return look(host, reaction); });
}

}  // namespace v1
}  // namespace eventstore
