#include "subject_notes.hpp"

#include <eventstore/aggregate/read_event.hpp>
#include <eventstore/projection/reaction_timer.hpp>
#include <eventstore/security/kept_json.hpp>

#include "subject_traces.hpp"

namespace eventstore::app {
namespace {

class Notes {
 public:
  Notes(const Store& store, const Subject& subject) : store_{store}, subject_{subject} {}

  Result<void> begin() {
    EVENTSTORE_TRY_ASSIGN(const auto key, store_.keys().find(subject_));
    if (key) key_id_ = key->id;
    return {};
  }

  // Absent where the event has nothing about the person.
  Result<std::optional<SubjectNote>> note_of(const RecordedEvent& stored, const StreamId& stream) const {
    std::optional<SubjectNote> note;
    Result<void> looked{};
    const auto look = [&]<class E>(const E& event, const EventPart&) {
      if constexpr (std::is_same_v<E, ReactionTimerSet>) looked = add(event, stored, stream, note);
    };
    auto read = with_events<ReactionRecord>(stored, store_.schemas(), look);
    // A newer build's note is its own to tell about.
    if (!read && read.error().code != Errc::unknown_event_type) return failure_of(read);
    EVENTSTORE_TRY(std::move(looked));
    return note;
  }

 private:
  Result<void> add(const ReactionTimerSet& set, const RecordedEvent& stored, const StreamId& stream,
                   std::optional<SubjectNote>& note) const {
    if (set.what.cause.organization != subject_.organization) return {};
    const auto encrypted = encrypted_part(set.what.data.text);
    std::vector<std::string> fields;
    std::string unnamed;
    if (encrypted.empty()) {
      EVENTSTORE_TRY_ASSIGN(fields, clear_fields(set.what));
      if (fields.empty()) return {};
    } else if (!key_id_ || !has_texts_of(encrypted, *key_id_)) {
      EVENTSTORE_TRY_ASSIGN(unnamed, unnamed_stream_of(set.what, encrypted));
      if (unnamed.empty()) return {};
    }
    auto shown = set;
    EVENTSTORE_TRY_ASSIGN(auto clear, opened_json(store_.log(), place_of_timer(stream, set.what), set.what.data.text,
                                                  ShownSecrets::sealed));
    if (clear) shown.what.data.text = std::move(*clear);
    note.emplace(SubjectNote{stored, {}, std::move(fields), std::move(unnamed)});
    return bytes_to_json(schema_of<ReactionTimerSet>().type, encode(shown), note->json);
  }

  // The stream that is commanded, where its own key encrypts what is in fact about the person; otherwise empty.
  Result<std::string> unnamed_stream_of(const ReactionTimer& timer, std::string_view encrypted) const {
    const auto stream = StreamId::of(timer.category, timer.key);
    if (!stream) return std::string{};
    const auto type = find_aggregate(store_.model(), timer.category);
    if (!type || !(*type)->subject) return std::string{};
    EVENTSTORE_TRY_ASSIGN(const auto own, store_.keys().find(Subject{subject_.organization, stream->text()}));
    if (!own || !has_texts_of(encrypted, own->id)) return std::string{};
    EVENTSTORE_TRY_ASSIGN(const auto named, subject_of_stream(store_, **type, *stream));
    return named == subject_.id ? stream->text() : std::string{};
  }

  // Of a command that an earlier build kept in clear. Nobody knows the fields of an argument any more.
  Result<std::vector<std::string>> clear_fields(const ReactionTimer& timer) const {
    std::vector<std::string> fields;
    if (timer.category.empty() || !StreamId::of(timer.category, timer.key)) return fields;
    const auto type = find_aggregate(store_.model(), timer.category);
    const auto* const command = type ? (*type)->command(timer.name) : nullptr;
    if (command == nullptr || !command->schema->has_encrypted) return fields;
    const auto data = json_to_bytes(command->schema->type, timer.data.text, stored_json);
    if (!data) return fields;
    EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::of(timer.category, timer.key));
    EVENTSTORE_TRY_ASSIGN(const auto own, subject_of_stream(store_, **type, stream));
    EVENTSTORE_TRY_ASSIGN(const auto values, clear_values(*command->schema, *data, own));
    for (const auto& value : values)
      if (value.subject == subject_.id) fields.push_back("what.data." + value.path);
    return fields;
  }

  const Store& store_;
  const Subject& subject_;
  std::optional<Uuid> key_id_;
};

Result<std::uint64_t> each_in_stream(const Store& store, const Notes& notes, const StreamId& stream,
                                     const std::function<Result<void>(const SubjectNote&)>& on_note) {
  std::uint64_t found = 0;
  ReadStream next{.as_stored = true};
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const Page page, store.log().read_stream(stream, next));
    for (const auto& event : page.events) {
      EVENTSTORE_TRY_ASSIGN(const auto note, notes.note_of(event, stream));
      if (!note) continue;
      ++found;
      EVENTSTORE_TRY(on_note(*note));
    }
    more = !page.at_end;
    next.from = Version{page.next};
  }
  return found;
}

}  // namespace

Result<std::uint64_t> each_subject_note(const Store& store, const Subject& subject,
                                        const std::function<Result<void>(const SubjectNote&)>& on_note) {
  constexpr std::size_t page = 256;
  Notes notes{store, subject};
  EVENTSTORE_TRY(notes.begin());
  std::uint64_t found = 0;
  std::string after;
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const auto streams, store.log().streams(reaction_category, after, page));
    for (const auto& info : streams) {
      after = info.stream;
      EVENTSTORE_TRY_ASSIGN(const auto in_stream,
                            each_in_stream(store, notes, StreamId::trusted(info.stream), on_note));
      found += in_stream;
    }
    more = streams.size() == page;
  }
  return found;
}

}  // namespace eventstore::app
