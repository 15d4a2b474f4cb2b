// The messages of a campaign: one a contact, whatever happens in between.
#include <aggregates/aggregates.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/projection/reaction_worker.hpp>
#include <eventstore/security/memory_key_store.hpp>
#include <eventstore/security/value_cipher.hpp>
#include <eventstore/testing/reacted.hpp>
#include <eventstore/testing/simulated_disk.hpp>
#include <functions/campaign_messages.hpp>
#include <reactions/reactions.hpp>
#include <reactions/send_campaign_messages.hpp>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

using namespace domain;
namespace es = eventstore;
using std::string;

namespace {

const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

std::vector<string> contacts(std::size_t count) {
  std::vector<string> ids;
  for (std::size_t i = 0; i < count; ++i) ids.push_back("contact-" + std::to_string(i));
  return ids;
}

// A store on a disk that may fail, with a campaign in it that was executed.
struct Shop {
  es::ManualClock clock{noon};
  es::SimulatedDisk disk;

  explicit Shop(std::uint64_t seed = 1) : disk{{.seed = seed}} {}

  std::unique_ptr<es::FileLog> open_log() {
    auto opened = es::FileLog::open(disk, clock, "store",
                                    {.segment_bytes_max = std::size_t{64} * 1024,
                                     .background_work = false,
                                     .new_store_id = es::eventstore_namespace});
    if (!opened) return nullptr;
    (*opened)->open_with(std::make_shared<es::ValueCipher>(keys));
    return std::move(*opened);
  }
  std::shared_ptr<es::KeyStore> keys = std::make_shared<es::MemoryKeyStore>();
  template <class A, class Command> static void run(es::Repository<A>& to, const string& key, const Command& command) {
    es::CommandOptions options{};
    options.metadata.organization = "org-1";
    options.command_id = es::Uuid::v5(es::Uuid{}, key + string{Command::command_name});
    const auto executed = to.execute(key, command, options);
    if (!executed) FAIL(executed.error().message());
  }
  void execute_campaign(std::size_t count) {
    const auto log = open_log();
    REQUIRE(log);
    es::Repository<Campaign> campaigns{*log, clock};
    es::Repository<Conversation> conversations{*log, clock};
    run(conversations, "contact-1", OpenConversation{.contact_id = "contact-1"});
    run(conversations, "contact-2", OpenConversation{.contact_id = "contact-2"});
    run(conversations, "contact-2", CloseConversation{});
    run(campaigns, "spring", CreateCampaign{.name = "Spring", .content = "Buy flowers"});
    run(campaigns, "spring", AddCampaignContacts{contacts(count)});
    run(campaigns, "spring", ExecuteCampaign{});
    REQUIRE(log->close());
  }
  es::Result<es::ReactionReport> react() {
    const auto log = open_log();
    if (!log) return es::failure(es::Errc::io_failed, "open", "store");
    auto worker = es::ReactionWorker::open({*log, clock, all_aggregates(), disk, "reactions"}, all_reactions().front(),
                                           {.from = es::From::beginning(), .seed = 1});
    if (!worker) return es::failure_of(worker);
    return worker->run();
  }
  /// Contact -> the number of messages that it got from the campaign.
  std::map<string, int> messages() {
    const auto log = open_log();
    std::map<string, int> counts;
    const auto page = log->read_all({.limit = es::no_limit, .filter = {.type = "MessageSent"}});
    REQUIRE(page);
    for (const auto& event : page->events) {
      const auto sent = *es::decode<MessageSent>(event.data);
      CHECK(sent.sender_id == "spring");
      CHECK(sent.campaign_id == "spring");
      CHECK(sent.message_content == "Buy flowers");
      CHECK(event.stream == "conversation-" + sent.receiver_id);
      CHECK(event.organization == "org-1");
      ++counts[sent.receiver_id];
    }
    return counts;
  }
};

}  // namespace

TEST_CASE("each contact of an executed campaign gets its message", "[reactions]") {
  Shop shop;
  shop.execute_campaign(5);
  const auto report = shop.react();
  REQUIRE(report);
  CHECK(report->done == 4);
  CHECK(report->refused == 1);  // the conversation with contact-2 is closed
  CHECK(shop.messages() ==
        std::map<string, int>{{"contact-0", 1}, {"contact-1", 1}, {"contact-3", 1}, {"contact-4", 1}});
  const auto log = shop.open_log();
  CHECK(*log->head(*es::StreamId::parse("conversation-contact-0")) == es::Version{2});
  CHECK(*log->head(*es::StreamId::parse("conversation-contact-1")) == es::Version{2});
  const auto notes = *log->read_stream(*es::StreamId::parse("reaction-send-campaign-messages"));
  CHECK(es::decode<es::ReactionCommandRefused>(notes.events.back().data)->stream == "conversation-contact-2");
}

TEST_CASE("each of the 500 contacts of a campaign gets one message though the power fails again and again",
          "[reactions][crash]") {
  constexpr std::size_t count = 500;
  int cuts = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    es::Random random{seed};
    Shop shop{seed};
    shop.execute_campaign(count);
    for (bool done = false; !done;) {
      const auto changes = 1 + random.below(200);
      if (random.chance(50))
        shop.disk.cut_power_after(changes);
      else
        shop.disk.end_run_after(changes);
      done = shop.react().has_value();
      shop.disk.never_stop();
      if (!done) ++cuts;
      if (!done) shop.disk.end_run();
      if (!shop.disk.is_running()) shop.disk.restart();
      if (random.chance(30)) (void)shop.disk.remove("reactions/send-campaign-messages");
    }
    REQUIRE(shop.react());
    const auto counts = shop.messages();
    CHECK(counts.size() == count - 1);
    CHECK(std::ranges::all_of(counts, [](const auto& each) { return each.second == 1; }));
    CHECK_FALSE(counts.contains("contact-2"));
  }
  CHECK(cuts > 12);
}

TEST_CASE("a campaign of calls and one that completed at once send no messages", "[reactions]") {
  using es::testing::reacted;
  const CampaignCreated created{.campaign_id = "k", .name = "Spring", .content = "Buy flowers"};
  const CampaignContactsAdded added{{"a", "b"}};
  CHECK(reacted<SendCampaignMessages>("k", created, added)
            .when(CampaignExecuted{"k", 2, ExecutionStatus::completed})
            .is_nothing());
  CHECK(reacted<SendCampaignMessages>(
            "k", CampaignCreated{.campaign_id = "k", .name = "S", .channel = Channel::voice, .content = "x"}, added)
            .when(CampaignExecuted{"k", 2})
            .is_nothing());
}

TEST_CASE("a contact with an outcome was tried already", "[reactions]") {
  using es::testing::reacted;
  CampaignState campaign{};
  campaign.content = "Buy flowers";
  CHECK(reacted<SendCampaignMessages>("k",
                                      CampaignCreated{.campaign_id = "k", .name = "Spring", .content = "Buy flowers"},
                                      CampaignContactsAdded{{"a", "b"}},
                                      CampaignContactReached{.contact_id = "a", .outcome = ContactOutcome::sent})
            .when(CampaignExecuted{"k", 2})
            .is([&](es::Outgoing& to) { to.execute<Conversation>("b", campaign_message("k", campaign, "b")); }));
}
