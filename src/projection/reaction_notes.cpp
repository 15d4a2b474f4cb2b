#include "reaction_notes.hpp"

#include <eventstore/projection/outgoing.hpp>
#include <eventstore/projection/reaction_type.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// Notes are of the program and not of one of the organizations whose events it handles.
constexpr std::string_view organization_of_notes = "eventstore";

Metadata metadata_of_note(const Uuid& event_id) {
  Metadata metadata;
  metadata.organization = organization_of_notes;
  if (!event_id.is_nil()) metadata.causation_id = event_id.to_string();
  return metadata;
}

}  // namespace

ReactionNotes::ReactionNotes(EventLog& log, const Clock& clock, const std::string& reaction)
    : log_{log},
      clock_{clock},
      stream_{StreamId::trusted(std::string{reaction_category} + '-' + reaction)},
      schemas_{log},
      records_{log, clock} {}

Result<void> ReactionNotes::begin(const From& from) {
  auto loaded = records_.load(stream_.key());
  if (!loaded && loaded.error().code != Errc::not_found) return failure_of(loaded);
  const bool has_begun = loaded.has_value();
  if (has_begun) loaded_ = std::move(*loaded);
  Position after{};
  if (!has_begun) {
    EVENTSTORE_TRY_ASSIGN(after, from.resolve(log_));
  }
  // The outcome is appended in any case: a log that is open for reading refuses it, and one that has it appends
  // nothing. A log that was imported has the event without its outcome.
  const auto id = reaction_note_id(eventstore_namespace, "reaction\n" + stream_.text() + "\nstarted");
  const DecidedEvent started{&schema_of<ReactionStarted>(), encode(ReactionStarted{after.value})};
  auto metadata = metadata_of_note({});
  metadata.created_at = clock_.now();
  EventWriter writer;
  if (!has_begun) {
    EVENTSTORE_TRY(writer.add(stream_, {&started, 1}, metadata, EventIdRule::of_command(id)));
    writer.expect(stream_, ExpectedVersion::exactly(Version{0}));
  }
  writer.add_outcome({stream_, id, {}, metadata.organization, {}});
  auto appended = writer.append_to(log_);
  if (!appended && appended.error().code == Errc::read_only)
    return failure(Errc::read_only, "react", stream_.text(),
                   "a reaction runs in the process that writes the log, because it appends: run it there, and open the "
                   "log for writing");
  if (!appended && appended.error().code != Errc::wrong_version) return failure_of(appended);
  return refresh();
}

Result<void> ReactionNotes::refresh() {
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const Page page, log_.read_stream(stream_, {.from = loaded_.version.next()}));
    EVENTSTORE_TRY(fold(loaded_, page.events, schemas_));
    if (page.at_end) return {};
  }
}

From ReactionNotes::place() const {
  return From::position(Position{std::max(loaded_.state.after + 1, loaded_.state.noted)});
}

std::string ReactionNotes::checkpoint_path(const std::string& directory) const {
  return directory + '/' + std::string{stream_.key()};
}

Uuid ReactionNotes::checkpoint_purpose() const { return Uuid::v5(eventstore_namespace, stream_.text()); }

Result<void> ReactionNotes::add(const Uuid& id, const DecidedEvent& event, const Uuid& event_id) {
  EVENTSTORE_TRY(
      append_events(log_, clock_, stream_, {&event, 1}, {.metadata = metadata_of_note(event_id), .command_id = id}));
  return refresh();
}

Result<void> ReactionNotes::add(const Uuid& id) {
  EventWriter writer;
  writer.add_outcome({stream_, id, {}, organization_of_notes, {}});
  EVENTSTORE_TRY(writer.append_to(log_));
  return {};
}

Result<bool> ReactionNotes::has(const Uuid& id) const {
  const auto found = log_.find_outcome(stream_, id);
  if (!found && found.error().code != Errc::not_found) return tl::unexpected<Error>{found.error()};
  return found.has_value();
}

}  // namespace v1
}  // namespace eventstore
