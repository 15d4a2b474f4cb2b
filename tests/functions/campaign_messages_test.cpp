// send_campaign_messages: each contact once, all in one commit.
#include <eventstore/aggregate/repository.hpp>

#include "functions/office.hpp"

using namespace domain;

namespace {

struct CampaignOffice : Office {
  CampaignOffice() {
    es::Repository<Campaign> campaigns{log, clock};
    give(campaigns, "k-1", CreateCampaign{.name = "Spring", .content = "Buy flowers"});
    give(campaigns, "k-1", AddCampaignContacts{{"a", "b", "c"}});
  }
  template <class A, class Command>
  static void give(es::Repository<A>& to, const string& key, const Command& command,
                   const string& organization = "org-1") {
    es::CommandOptions options{};
    options.metadata.organization = organization;
    const auto executed = to.execute(key, command, options);
    if (!executed) FAIL(executed.error().message());
  }
  std::pair<int64_t, int64_t> send(const es::RecordContext& with, const string& campaign = "k-1") {
    const auto answer = good(OrganizationFunctions{with}.send_campaign_messages({campaign}));
    return {answer.sent, answer.skipped};
  }
};

using SentAndSkipped = std::pair<int64_t, int64_t>;

}  // namespace

TEST_CASE("a campaign's message goes to each contact once", "[functions][campaign]") {
  CampaignOffice office;
  es::Repository<Conversation> conversations{office.log, office.clock};
  CampaignOffice::give(conversations, "b", OpenConversation{.contact_id = "b"});
  CampaignOffice::give(conversations, "c", OpenConversation{.contact_id = "c"});
  CampaignOffice::give(conversations, "c", CloseConversation{});
  CHECK(office.send(office.context()) == SentAndSkipped{2, 1});
  CHECK(office.types("conversation-a") == std::vector<string>{"ConversationOpened", "MessageSent"});
  CHECK(office.types("conversation-b") == std::vector<string>{"ConversationOpened", "MessageSent"});
  CHECK(office.types("conversation-c") == std::vector<string>{"ConversationOpened", "ConversationClosed"});
  const auto page = *office.log.read_stream(*es::StreamId::parse("conversation-a"));
  const auto sent = *es::decode<MessageSent>(page.events.back().data);
  CHECK(sent.sender_id == "k-1");
  CHECK(sent.receiver_id == "a");
  CHECK(sent.message_content == "Buy flowers");

  const auto head = *office.log.head();
  CHECK(office.send(office.context()) == SentAndSkipped{0, 3});
  CHECK(*office.log.head() == head);
  es::Repository<Campaign> campaigns{office.log, office.clock};
  CampaignOffice::give(campaigns, "k-1", AddCampaignContacts{{"d"}});
  CHECK(office.send(office.context()) == SentAndSkipped{1, 3});  // it goes on with those that have none
}

TEST_CASE("a contact that has opted out is skipped until they opt in again", "[functions][campaign]") {
  CampaignOffice office;
  es::Repository<Conversation> conversations{office.log, office.clock};
  CampaignOffice::give(conversations, "a", OpenConversation{.contact_id = "a"});
  CampaignOffice::give(conversations, "a", OptOutOfConversation{});
  CHECK(office.send(office.context()) == SentAndSkipped{2, 1});
  CampaignOffice::give(conversations, "a", OptInToConversation{});
  CHECK(office.send(office.context()) == SentAndSkipped{1, 2});
}

TEST_CASE("a repeat by its id has the answer of the first call", "[functions][campaign]") {
  CampaignOffice office;
  auto context = office.context();
  context.command_id = es::Uuid::v5(es::Uuid{}, "send");
  context.content = es::Uuid::v5(es::Uuid{}, "k-1");
  CHECK(office.send(context) == SentAndSkipped{3, 0});
  const auto head = *office.log.head();
  CHECK(office.send(context) == SentAndSkipped{3, 0});
  CHECK(*office.log.head() == head);
  context.content = es::Uuid::v5(es::Uuid{}, "another");
  CHECK(code(OrganizationFunctions{context}.send_campaign_messages({"k-1"})) == es::Errc::id_conflict);
}

TEST_CASE("another organization's campaign is not found and its contacts are skipped", "[functions][campaign]") {
  CampaignOffice office;
  CHECK(code(office.functions("org-2").send_campaign_messages({"k-1"})) == es::Errc::not_found);
  es::Repository<Conversation> conversations{office.log, office.clock};
  CampaignOffice::give(conversations, "a", OpenConversation{.contact_id = "a"}, "org-2");
  CHECK(office.send(office.context()) == SentAndSkipped{2, 1});
}
