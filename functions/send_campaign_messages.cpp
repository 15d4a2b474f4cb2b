// send_campaign_messages: one message a contact, all of them or none.
#include <functions/campaign_messages.hpp>
#include <functions/functions.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/aggregate/snapshots.hpp>

#include <deque>

namespace domain {

namespace es = eventstore;

namespace {

// A conversation that another writer has changed meanwhile is looked at again.
constexpr int tries_max = 8;

class CampaignSending {
 public:
  CampaignSending(const es::RecordContext& context, const string& campaign_id)
      : context_{context}, campaign_id_{campaign_id} {
    metadata_ = context.metadata;
    metadata_.organization = context.organization;
    metadata_.created_at = context.clock.now();
  }

  /// Absent where another writer was faster.
  es::Result<optional<CampaignMessagesSent>> attempt() {
    EVENTSTORE_TRY_ASSIGN(const auto stream, es::StreamId::of(Campaign::category, campaign_id_));
    EVENTSTORE_TRY_ASSIGN(auto before, find_earlier(stream));
    if (before) return before;
    EVENTSTORE_TRY_ASSIGN(const auto state, load(campaign_type_, stream));
    if (state->version == es::Version{0} || state->organization != context_.organization)
      return es::failure(es::Errc::not_found, "send campaign messages", stream.text(), "no such campaign");
    const auto& campaign = *state->as<CampaignState>();
    es::EventWriter writer;
    CampaignMessagesSent answer{};
    for (const auto& [contact, outcome] : campaign.contacts) {
      bool sent = false;
      if (!outcome && has_messages(campaign)) {
        EVENTSTORE_TRY_ASSIGN(sent, add(campaign, contact, writer));
      }
      ++(sent ? answer.sent : answer.skipped);
    }
    return append(writer, stream, answer);
  }

 private:
  [[nodiscard]] es::Result<std::unique_ptr<es::AnyState>> load(const es::AggregateType& type,
                                                               const es::StreamId& stream) const {
    return es::load_state(context_.log, context_.schemas, type, stream, es::no_version_limit, context_.snapshots);
  }

  // What the command with this id has answered before.
  [[nodiscard]] es::Result<optional<CampaignMessagesSent>> find_earlier(const es::StreamId& stream) const {
    if (context_.command_id.is_nil()) return optional<CampaignMessagesSent>{};
    const auto found = context_.log.find_outcome(stream, context_.command_id);
    if (!found && found.error().code == es::Errc::not_found) return optional<CampaignMessagesSent>{};
    if (!found) return tl::make_unexpected(found.error());
    if (found->organization != context_.organization)
      return es::failure(es::Errc::wrong_organization, "send campaign messages", stream.text(),
                         "the campaign belongs to another organization");
    if (found->content != context_.content)
      return es::failure(es::Errc::id_conflict, "send campaign messages", stream.text(),
                         "the command id was used for another command: give each command an id of its own");
    EVENTSTORE_TRY_ASSIGN(auto answer, es::from_json<CampaignMessagesSent>(es::as_text(found->result)));
    return optional{answer};
  }

  // Whether the contact is sent a message.
  es::Result<bool> add(const CampaignState& campaign, const string& contact, es::EventWriter& writer) {
    const auto stream = es::StreamId::of(Conversation::category, conversation_of(contact));
    if (!stream) return false;
    EVENTSTORE_TRY_ASSIGN(const auto state, load(conversation_type_, *stream));
    const bool exists = state->version != es::Version{0};
    if (exists && state->organization != context_.organization) return false;
    auto decision = Conversation::decide(exists ? state->as<ConversationState>() : nullptr,
                                         campaign_message(campaign_id_, campaign, contact))
                        .any();
    if (decision.refusal || decision.events.empty()) return false;
    const auto& events = events_.emplace_back(std::move(decision.events));
    EVENTSTORE_TRY(writer.add(*stream, events, metadata_, ids_));
    writer.expect(*stream, es::ExpectedVersion::exactly(state->version));
    return true;
  }

  es::Result<optional<CampaignMessagesSent>> append(es::EventWriter& writer, const es::StreamId& stream,
                                                    const CampaignMessagesSent& answer) const {
    const auto text = es::to_json(answer);
    if (!context_.command_id.is_nil())
      writer.add_outcome({stream, context_.command_id, context_.content, context_.organization, es::as_bytes(text)});
    if (writer.events().empty() && context_.command_id.is_nil()) return optional{answer};
    const auto appended = writer.append_to(context_.log);
    if (!appended && appended.error().code != es::Errc::wrong_version) return tl::make_unexpected(appended.error());
    const bool was_overtaken = !appended || appended->already_there;
    return was_overtaken ? optional<CampaignMessagesSent>{} : optional{answer};
  }

  const es::RecordContext& context_;
  const string& campaign_id_;
  const es::AggregateType campaign_type_ = campaign_type();
  const es::AggregateType conversation_type_ = conversation_type();
  const es::EventIdRule ids_ = context_.command_id.is_nil() ? es::EventIdRule::fresh(context_.clock)
                                                            : es::EventIdRule::of_command(context_.command_id);
  es::Metadata metadata_;
  std::deque<std::vector<es::DecidedEvent>> events_;  // of this try; the writer views them
};

}  // namespace

es::Result<CampaignMessagesSent> OrganizationFunctions::send_campaign_messages(
    const SendCampaignMessagesOf& parameters) const {
  for (int tries = 0; tries < tries_max; ++tries) {
    EVENTSTORE_TRY_ASSIGN(const auto answer, CampaignSending(context_, parameters.campaign_id).attempt());
    if (answer) return *answer;
  }
  return es::failure(es::Errc::wrong_version, "send campaign messages", parameters.campaign_id,
                     "its conversations kept changing meanwhile: call it again");
}

}  // namespace domain
