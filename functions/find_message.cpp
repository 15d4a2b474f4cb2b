#include <functions/find_message.hpp>

#include <aggregates/conversation/conversation.hpp>
#include <eventstore/aggregate/read_event.hpp>
#include <functions/documents.hpp>
#include <projections/projections.hpp>

#include <algorithm>

namespace domain {

namespace es = eventstore;
using std::optional, std::string;

namespace {

// Whether an event brings the message.
struct MessageFinder {
  template <class E> static constexpr bool wants = std::is_same_v<E, MessageSent> || std::is_same_v<E, MessageReceived>;

  const string& message_id;
  bool found = false;

  template <class E> void operator()(const E& event, const es::EventPart&) {
    if constexpr (wants<E>) found = found || event.message_id == message_id;
  }
};

es::Result<bool> has_message(const es::AskContext& context, const es::RecordedEvent& event, const string& message_id) {
  if (!es::readable_schemas<Conversation>().has_name(event.type)) return false;
  MessageFinder finder{message_id};
  EVENTSTORE_TRY(es::with_events<Conversation>(event, context.schemas, finder));
  return finder.found;
}

// Whether the conversation had the message before `event`, which repeats it then.
es::Result<bool> repeats(const es::AskContext& context, const es::RecordedEvent& event, const string& message_id) {
  const auto stream = es::StreamId::trusted(event.stream);
  es::ReadStream from{es::Version{event.version.value - 1}, es::Direction::backward, 1024};
  while (from.from != es::Version{0}) {
    const auto page = context.log.read_stream(stream, from);
    if (!page && page.error().code == es::Errc::expired) return false;  // what is left was read
    if (!page) return tl::make_unexpected(page.error());
    for (const auto& earlier : page->events) {
      EVENTSTORE_TRY_ASSIGN(const bool has, has_message(context, earlier, message_id));
      if (has) return true;
    }
    from.from = es::Version{page->at_end ? 0 : page->next};
  }
  return false;
}

// Reads backward from `from`, and no event at `down_to` or before.
es::Result<optional<string>> find_in_log(const es::AskContext& context, const string& message_id, es::Position from,
                                         es::Position down_to) {
  es::ReadAll options{from, es::Direction::backward, 0, {"conversation", "", context.organization}};
  while (options.from > down_to) {
    options.limit = std::min<std::size_t>(1024, options.from.value - down_to.value);
    const auto page = context.log.read_all(options);
    if (!page && page.error().code == es::Errc::expired)
      return es::failure(es::Errc::expired, "find message", message_id,
                         "no event that is left has this message, and retention dropped the earlier ones");
    if (!page) return tl::make_unexpected(page.error());
    for (const auto& event : page->events) {
      if (event.position <= down_to) return optional<string>{};
      EVENTSTORE_TRY_ASSIGN(const bool has, has_message(context, event, message_id));
      if (!has) continue;
      EVENTSTORE_TRY_ASSIGN(const bool is_repeat, repeats(context, event, message_id));
      if (!is_repeat) return optional{string{es::StreamId::trusted(event.stream).key()}};
    }
    if (page->at_end) break;
    options.from = es::Position{page->next};
  }
  return optional<string>{};
}

// The organization's messages, and how far they reflect the log; none where they may not be believed.
struct KnownMessages {
  optional<es::DocumentsOf<MessageDocument>> messages{};
  es::Position position{};
};

KnownMessages known_messages(const es::AskContext& context) {
  static const es::ProjectionType projection = message_logs_projection();
  auto messages = documents_of<MessageDocument>(context, projection);
  if (!messages) return {};
  const auto checkpoint = context.collections->checkpoint(projection.name());
  if (!checkpoint || !*checkpoint) return {};
  return {std::move(*messages), (*checkpoint)->position};
}

optional<string> find_in(const KnownMessages& known, const string& message_id) {
  if (!known.messages) return {};
  const auto found =
      known.messages->where<&MessageDocument::message_id>(message_id).newest<&MessageDocument::position>(1);
  if (!found || found->documents.empty()) return {};
  return found->documents.front().conversation_id;
}

}  // namespace

es::Result<string> conversation_of(const es::AskContext& context, const string& message_id) {
  const auto known = known_messages(context);
  EVENTSTORE_TRY_ASSIGN(const auto head, context.log.head());
  EVENTSTORE_TRY_ASSIGN(auto found, find_in_log(context, message_id, head, known.position));
  if (!found) found = find_in(known, message_id);
  // Documents expire, and what a collection does not have the log may have.
  if (!found) {
    EVENTSTORE_TRY_ASSIGN(found, find_in_log(context, message_id, known.position, es::Position{0}));
  }
  if (found) return std::move(*found);
  return es::failure(es::Errc::not_found, "find message", message_id,
                     "no such message: log it first, or name its conversation_id, so that the status waits there");
}

}  // namespace domain
