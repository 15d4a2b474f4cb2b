#include "line_ids.hpp"

namespace eventstore::app {
namespace {

NewEvent clear_event(const EventLine& line) {
  return NewEvent{.stream = line.stream,
                  .id = line.metadata.event_id,
                  .type = line.type,
                  .organization = line.metadata.organization,
                  .data = line.first_data.empty() ? line.data : line.first_data};
}

// The event that an earlier build, or this one before the erasure, made of the line.
Result<EventId> stored_id(const EventLog& log, const EventLine& line) {
  for (const auto& id : {line.metadata.event_id, line.former_id}) {
    if (id == EventId{}) continue;
    auto found = log.find(line.stream, id);
    if (found) return id;
    if (found.error().code != Errc::not_found) return failure_of(found);
  }
  if (line.version) {
    EVENTSTORE_TRY_ASSIGN(const auto page,
                          log.read_stream(line.stream, {.from = *line.version, .limit = 1, .as_stored = true}));
    if (!page.events.empty()) return page.events.front().id;
  }
  return failure(Error{.code = Errc::refused,
                       .during = "append " + line.type,
                       .where = line.stream.text(),
                       .detail = line.version ? "the person whom the line is about was erased: nothing new is recorded "
                                                "about them"
                                              : "the person whom the line is about was erased, and it says neither the "
                                                "id nor the version of its event: nothing tells whether it is there",
                       .refusal_code = "subject_erased"});
}

}  // namespace

bool has_coded_id(const EventLine& line) {
  return line.has_derived_id && line.schema != nullptr && line.schema->has_encrypted;
}

Result<void> derive_coded_ids(const EventLog& log, std::span<const LineOfSubject> lines, FormerIds former_ids) {
  const auto* const cipher = value_cipher_of(log);
  if (cipher == nullptr) return {};
  std::vector<EventLine*> derived;
  std::vector<NewEvent> events;
  events.reserve(lines.size());
  std::vector<ClearEvent> clear;
  for (const auto& [line, subject] : lines) {
    if (!has_coded_id(*line)) continue;
    derived.push_back(line);
    events.push_back(clear_event(*line));
    clear.push_back({&events.back(), line->schema, subject.empty() ? line->stream.key() : std::string_view{subject}});
  }
  if (clear.empty()) return {};
  EVENTSTORE_TRY_ASSIGN(const auto coded, cipher->coded(clear));
  for (std::size_t i = 0; i < derived.size(); ++i) {
    auto& line = *derived[i];
    auto id = line.metadata.event_id;
    if (coded[i].is_of_erased) {
      EVENTSTORE_TRY_ASSIGN(id, stored_id(log, line));
    } else {
      id = derived_id(line, coded[i].text);
    }
    if (former_ids == FormerIds::derive) line.clear_id = line.metadata.event_id;
    line.metadata.event_id = id;
    line.has_derived_id = false;
  }
  return {};
}

}  // namespace eventstore::app
