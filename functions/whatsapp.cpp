// log_whatsapp_webhook: the facts of one body, all of them in one commit, each once.
#include <functions/whatsapp.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/message_ids.hpp>
#include <aggregates/conversation/opt_out_words.hpp>
#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/security/own_codes.hpp>
#include <functions/groups.hpp>
#include <functions/record.hpp>
#include <functions/whatsapp_facts.hpp>

#include <array>
#include <deque>
#include <map>
#include <set>

namespace domain {

namespace es = eventstore;
using std::optional, std::string;

namespace {

// A conversation that another writer has changed meanwhile is looked at again.
constexpr int webhook_tries_max = 8;

// A conversation as it is, and then as the facts of the body leave it.
struct Talk {
  ConversationState state{};
  bool is_erased = false;
};

class WebhookLogging {
 public:
  WebhookLogging(const es::RecordContext& context, const es::OwnCodes& codes, const es::ErasureState& erasures)
      : context_{context}, codes_{codes}, erasures_{erasures} {}

  es::Result<void> add(const WhatsappFact& fact, WhatsappWebhookLogged& answer) {
    const auto key = coded("whatsapp contact", fact.contact);
    EVENTSTORE_TRY_ASSIGN(const auto stream, es::StreamId::of(Conversation::category, key.to_string()));
    const auto id = coded("whatsapp fact", fact.name);
    EVENTSTORE_TRY_ASSIGN(const bool is_known, is_there(stream, id));
    if (is_known) {
      ++answer.already_there;
      return {};
    }
    EVENTSTORE_TRY_ASSIGN(auto* const talk, talk_of(stream));
    if (talk->is_erased) {
      ++answer.dropped;
      return {};
    }
    auto metadata = context_.metadata;
    metadata.organization = context_.organization;
    metadata.created_at = fact.at;
    auto events = take(fact, key.to_string(), metadata, talk->state);
    ++(events.empty() ? answer.already_there : answer.appended);
    const auto& kept = events_.emplace_back(std::move(events));
    EVENTSTORE_TRY(writer_.add(stream, kept, metadata, es::EventIdRule::of_command(id), key.to_string()));
    writer_.add_outcome({stream, id, id, context_.organization, {}});
    has_news_ = true;
    return {};
  }

  // False where another writer was faster.
  es::Result<bool> append() {
    if (!has_news_) return true;
    const auto appended = writer_.append_to(context_.log);
    if (appended) return true;
    // One of the facts was appended meanwhile, or a conversation was changed.
    const auto code = appended.error().code;
    if (code == es::Errc::wrong_version || code == es::Errc::id_conflict) return false;
    return tl::make_unexpected(appended.error());
  }

 private:
  [[nodiscard]] es::Uuid coded(std::string_view use, std::string_view text) const {
    const std::array<std::string_view, 2> parts{context_.organization, text};
    return es::Uuid::v5(es::eventstore_namespace, codes_.of(use, parts));
  }

  es::Result<bool> is_there(const es::StreamId& stream, const es::Uuid& id) {
    if (!ids_.insert(id).second) return true;  // the body tells it twice
    const auto found = context_.log.find_outcome(stream, id);
    if (!found && found.error().code != es::Errc::not_found) return tl::make_unexpected(found.error());
    return found.has_value();
  }

  es::Result<Talk*> talk_of(const es::StreamId& stream) {
    const auto [place, is_new] = talks_.try_emplace(string{stream.key()});
    auto& talk = place->second;
    if (!is_new) return &talk;
    EVENTSTORE_TRY_ASSIGN(const auto state, es::load_state(context_.log, context_.schemas, conversation_type_, stream,
                                                           es::no_version_limit, context_.snapshots));
    talk.state = *state->as<ConversationState>();
    talk.is_erased = erasures_.erased_at.contains(stream.key());
    writer_.expect(stream, es::ExpectedVersion::exactly(state->version));
    return &talk;
  }

  template <class Event>
  static void evolve(ConversationState& state, const Event& event, const es::Metadata& metadata) {
    es::evolve<Conversation>(state, event, metadata);
  }

  // The events that the fact becomes, with which `state` evolves; none, where the conversation has the message.
  std::vector<es::DecidedEvent> take(const WhatsappFact& fact, const string& contact_id, const es::Metadata& metadata,
                                     ConversationState& state) const {
    std::vector<es::DecidedEvent> events;
    const auto append = [&](const auto& event) {
      evolve(state, event, metadata);
      for (auto& each : facts(event)) events.push_back(std::move(each));
    };
    std::visit(
        [&](auto event) {
          name_people(fact, contact_id, event);
          if constexpr (requires { event.provider_message_id; }) {
            if (has_message(state, names_of(event))) return;
          } else if constexpr (requires { std::string{event.message_id}; }) {
            event.message_id = known_message_id(state, event.message_id);
          }
          if (!state.opened_at) append(ConversationOpened{contact_id, Channel::whatsapp, {}});
          append(event);
          if constexpr (std::is_same_v<decltype(event), MessageReceived>)
            if (!state.opted_out_at && is_opt_out(event))
              append(ConversationOptedOut{event.message_id, event.message_content});
        },
        fact.event);
    return events;
  }

  static bool is_opt_out(const MessageReceived& message) {
    const bool is_plain = message.message_type == MessageType::text || message.message_type == MessageType::button;
    return is_plain && asks_for_no_more(message.message_content.value_or(""));
  }

  // Nobody is named by a number.
  template <class Event> void name_people(const WhatsappFact& fact, const string& contact_id, Event& event) const {
    const auto who = fact.participant.empty() ? contact_id : coded("whatsapp contact", fact.participant).to_string();
    if constexpr (requires { event.sender_id; }) event.sender_id = fact.is_of_business ? fact.business : who;
    if constexpr (requires { event.receiver_id; }) event.receiver_id = fact.is_of_business ? contact_id : fact.business;
    if constexpr (requires { event.participant_id; })
      if (!fact.participant.empty()) event.participant_id = who;
  }

  const es::RecordContext& context_;
  const es::OwnCodes& codes_;
  const es::ErasureState& erasures_;
  const es::AggregateType conversation_type_ = conversation_type();
  std::map<string, Talk> talks_;  // by key
  std::set<es::Uuid> ids_;
  std::deque<std::vector<es::DecidedEvent>> events_;  // of this try; the writer views them
  es::EventWriter writer_;
  bool has_news_ = false;
};

// Nothing new is kept about those whom the organization's stream of erasures names.
es::Result<es::ErasureState> erasures_of(const es::RecordContext& context) {
  static const es::AggregateType type = es::aggregate<es::ErasureRecord>();
  EVENTSTORE_TRY_ASSIGN(const auto stream, es::StreamId::of(es::ErasureRecord::category, context.organization));
  EVENTSTORE_TRY_ASSIGN(const auto state, es::load_state(context.log, context.schemas, type, stream,
                                                         es::no_version_limit, context.snapshots));
  return *state->as<es::ErasureState>();
}

}  // namespace

es::Result<WhatsappWebhookLogged> log_whatsapp_webhook(const es::RecordContext& context,
                                                       const LogWhatsappWebhook& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto all, whatsapp_facts(parameters.body, context.clock.now()));
  EVENTSTORE_TRY_ASSIGN(const auto codes, es::OwnCodes::of(context.log));
  for (int tries = 0; tries < webhook_tries_max; ++tries) {
    EVENTSTORE_TRY_ASSIGN(const auto erasures, erasures_of(context));
    WhatsappWebhookLogged answer{};
    answer.passed_over = all.passed_over;
    WebhookLogging logging{context, codes, erasures};
    for (const auto& fact : all.facts) EVENTSTORE_TRY(logging.add(fact, answer));
    EVENTSTORE_TRY_ASSIGN(const bool is_appended, logging.append());
    if (is_appended) return answer;
  }
  return es::failure(es::Errc::wrong_version, "log WhatsApp webhook", "body",
                     "its conversations kept changing meanwhile: call it again");
}

std::vector<es::Function> whatsapp_functions() { return {es::records("log_whatsapp_webhook", &log_whatsapp_webhook)}; }

}  // namespace domain
