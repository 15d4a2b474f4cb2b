#include "command_outcome.hpp"

#include <eventstore/schema/json_codec.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>
#include <map>

namespace eventstore {
inline namespace v1 {
namespace {

// Of a content: octets 0 to 3 stand for the name, 4 to 7 for the schema, 8 to 15 for the data.
bool has_same(const Uuid& a, const Uuid& b, std::ptrdiff_t first, std::ptrdiff_t last) {
  return std::equal(a.octets.begin() + first, a.octets.begin() + last, b.octets.begin() + first);
}

// Data under another schema comes from another release, and cannot be compared.
bool is_same_command(const Uuid& a, const Uuid& b) {
  if (a.is_nil() || b.is_nil()) return true;
  return has_same(a, b, 0, 4) && (!has_same(a, b, 4, 8) || has_same(a, b, 8, 16));
}

Result<std::optional<RecordedOutcome>> find_outcome(const EventLog& log, const StreamId& stream,
                                                    const Uuid& command_id) {
  auto found = log.find_outcome(stream, command_id);
  if (found) return std::optional{std::move(*found)};
  if (found.error().code != Errc::not_found) return failure_of(found);
  return std::optional<RecordedOutcome>{};
}

Result<CommandResult> read_result(const RecordedOutcome& outcome, const StreamId& stream) {
  const auto bytes = json_to_bytes(schema_of<CommandResult>().type, as_text(outcome.result), stored_json);
  if (!bytes)
    return failure(Errc::corrupt_record, "execute", stream.text(),
                   "the outcome of this command id cannot be read: " + bytes.error().message());
  return decode<CommandResult>(*bytes);
}

ExecutedEvent executed_event(const RecordedEvent& event) {
  return {event.id,         {event.version, event.position}, nullptr, Bytes{event.data.begin(), event.data.end()},
          event.created_at, std::string{event.stream}};
}

// The events that the command left in the stream.
Result<std::vector<ExecutedEvent>> find_events(const EventLog& log, const StreamId& stream,
                                               const CommandOptions& options) {
  std::vector<ExecutedEvent> events;
  const auto ids = EventIdRule::of_command(options.command_id);
  for (std::size_t ordinal = 0;; ++ordinal) {
    const auto id = ids.id(stream, ordinal);
    auto found = log.find(stream, id);
    if (!found && found.error().code == Errc::not_found) return events;
    if (!found) return failure_of(found);
    const auto& event = found->events.front();
    if (event.organization != options.metadata.organization) return wrong_organization(stream);
    events.push_back(executed_event(event));
  }
}

// The events that the command left in several streams.
Result<std::vector<ExecutedEvent>> find_commit(const EventLog& log, const StreamId& stream, const CommandResult& result,
                                               const CommandOptions& options) {
  const auto id_of = [&](const StreamId& in, std::size_t ordinal) {
    return ids_of_command(options.command_id, stream, in).id(in, ordinal);
  };
  const auto first_stream = result.first_stream ? StreamId::trusted(*result.first_stream) : stream;
  auto first = log.find(first_stream, id_of(first_stream, 0));
  std::vector<ExecutedEvent> events;
  if (!first && first.error().code == Errc::not_found) return events;
  if (!first) return failure_of(first);
  const auto wanted = result.events + result.others;
  ReadAll next{.from = first->events.front().position};
  while (events.size() < wanted) {
    next.limit = static_cast<std::size_t>(wanted - events.size());
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_all(next));
    for (const auto& event : page.events) events.push_back(executed_event(event));
    if (page.at_end || page.events.empty()) break;
    next.from = Position{page.next};
  }
  std::map<std::string, std::size_t> ordinals;
  for (const auto& event : events)
    if (event.id != id_of(StreamId::trusted(event.stream), ordinals[event.stream]++))
      return failure(Errc::corrupt_record, "execute", event.stream,
                     "the events of this command id do not stand together in the log");
  return events;
}

}  // namespace

EventIdRule ids_of_command(const Uuid& command_id, const StreamId& own, const StreamId& stream) {
  return EventIdRule::of_command(stream == own ? command_id : Uuid::v5(command_id, own.text()));
}

tl::unexpected<Error> wrong_organization(const StreamId& stream) {
  return failure(Errc::wrong_organization, "execute", stream.text(), "the stream belongs to another organization");
}

namespace {

// `content` with the name and the schema in it.
Uuid content_of(Uuid content, std::string_view name, const Schema& schema) {
  const auto named = Uuid::v5(eventstore_namespace, name);
  std::copy_n(named.octets.begin(), 4, content.octets.begin());
  std::copy_n(schema.id.digest.octets.begin(), 4, content.octets.begin() + 4);
  return content;
}

}  // namespace

Uuid command_content(std::string_view name, const Schema& schema, BytesView command) {
  return content_of(Uuid::v5(eventstore_namespace, command), name, schema);
}

Result<Uuid> command_content(const EventLog& log, std::string_view name, const Schema& schema, BytesView command) {
  const auto* const cipher = schema.has_encrypted ? value_cipher_of(log) : nullptr;
  if (cipher == nullptr) return command_content(name, schema, command);
  EVENTSTORE_TRY_ASSIGN(const auto code, cipher->own_code(command));
  return content_of(code, name, schema);
}

void add_executed(const EventWriter& writer, const StreamId& stream, std::span<const DecidedEvent> events,
                  Executed& executed) {
  for (const auto& event : events) {
    const auto& written = writer.events()[executed.events.size()];
    executed.events.push_back({written.id, Placed{}, event.schema, event.data, written.created_at, stream.text()});
  }
}

void place_executed(const Receipt& receipt, Executed& executed) noexcept {
  executed.already_there = receipt.already_there;
  executed.projected = receipt.projected;
  for (std::size_t i = 0; i < executed.events.size(); ++i) executed.events[i].placed = receipt.events[i];
}

TextPlace place_of_refusal(const StreamId& stream, const CommandOptions& options) {
  return {stream, options.command_id, "refusal", options.metadata.organization};
}

void add_outcome(EventWriter& writer, const StreamId& stream, const CommandResult& result,
                 const CommandOptions& options, std::string& text) {
  if (options.command_id.is_nil()) return;
  text.clear();
  // The bytes were just encoded, so they have the type.
  (void)bytes_to_json(schema_of<CommandResult>().type, encode(result), text);
  writer.add_outcome({stream, options.command_id, options.content, options.metadata.organization, as_bytes(text)});
}

Result<std::optional<Executed>> find_executed(const EventLog& log, const StreamId& stream,
                                              std::span<const Expectation> others, const CommandOptions& options) {
  EVENTSTORE_TRY_ASSIGN(auto outcome, find_outcome(log, stream, options.command_id));
  auto decided_on = stream;
  for (auto other = others.begin(); !outcome && other != others.end(); ++other) {
    EVENTSTORE_TRY_ASSIGN(outcome, find_outcome(log, other->stream, options.command_id));
    decided_on = other->stream;
  }
  if (outcome && outcome->organization != options.metadata.organization) return wrong_organization(stream);
  if (outcome && !is_same_command(outcome->content, options.content))
    return failure(Errc::id_conflict, "execute", stream.text(),
                   "command id " + options.command_id.to_string() +
                       " was used for another command or other data: give each command an id of its own");
  CommandResult result;
  if (outcome) {
    EVENTSTORE_TRY_ASSIGN(result, read_result(*outcome, stream));
  }
  if (result.refusal)
    return failure(Error{.code = Errc::refused,
                         .where = stream.text(),
                         .detail = readable_sentence(log, place_of_refusal(decided_on, options), *result.refusal),
                         .refusal_code = result.refusal_code.value_or("refused")});
  Executed executed{};
  executed.already_there = true;
  executed.stream = stream.text();
  executed.version = Version{result.version};
  const auto events = result.events + result.others;
  if (outcome && events == 0) return std::optional{std::move(executed)};
  // Without an outcome, an earlier build may have executed the command.
  if (result.others == 0) {
    EVENTSTORE_TRY_ASSIGN(executed.events, find_events(log, stream, options));
  } else {
    EVENTSTORE_TRY_ASSIGN(executed.events, find_commit(log, decided_on, result, options));
  }
  if (executed.events.size() < events)
    return failure(Errc::expired, "execute", stream.text(),
                   "the command was executed, and retention dropped its events");
  if (executed.events.empty()) return std::optional<Executed>{};
  if (!outcome) executed.version = executed.events.back().placed.version;
  return std::optional{std::move(executed)};
}

}  // namespace v1
}  // namespace eventstore
