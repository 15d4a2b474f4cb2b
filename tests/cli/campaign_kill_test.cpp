// The sending of a campaign, killed at any moment.
#include <cstdlib>

#include "killing.hpp"

namespace campaign_kill_test {

using namespace eventstore::cli_test;

namespace {

// "c-1", with so many contacts.
std::string campaign_lines(int contacts) {
  Line line{.key = "c-1", .type = "CampaignCreated", .category = "campaign"};
  line.data = R"({"campaign_id":"c-1","name":"n","channel":"whatsapp","content":"Hello"})";
  std::string text = to_line(line);
  for (int first = 0; first < contacts; first += 500) {
    std::string ids;
    for (int n = first; n < first + 500; ++n) ids += (n == first ? "\"p-" : ",\"p-") + std::to_string(n) + '"';
    line.type = "CampaignContactsAdded";
    line.data = R"({"contact_ids":[)" + ids + "]}";
    text += to_line(line);
  }
  return text;
}

void send_with_kills(const Shell& shell, const Words& words) {
  std::mt19937_64 random{std::random_device{}()};
  const int rounds = kills() / 4;
  for (int round = 0; round < rounds; ++round)
    (void)kill_within(round % 2 == 0 ? 30'000 : 400'000, random, shell, words);
  REQUIRE(shell.run(words).exit_code == 0);
}

void check_sent(const Shell& shell, int contacts) {
  (void)shell.result({"project", "run"});
  CHECK(sql(shell, "SELECT count(*), count(DISTINCT receiver_id) FROM message_logs") ==
        std::vector<std::string>{std::to_string(contacts) + '|' + std::to_string(contacts)});
}

}  // namespace

TEST_CASE("a campaign whose sending is killed at any moment sends each contact one message", "[kills]") {
  const int contacts = std::getenv("EVENTSTORE_KILLS") == nullptr ? 500 : 5000;
  const Shell shell;
  (void)shell.result({"import", "-"}, campaign_lines(contacts));
  SECTION("by the function") { send_with_kills(shell, {"record", "send_campaign_messages", "c-1", "--org", "org-1"}); }
  SECTION("by the reaction") {
    (void)shell.result({"execute", "campaign-c-1", "execute", "{}", "--org", "org-1"});
    send_with_kills(shell, {"react", "run", "--from", "beginning"});
  }
  check_sent(shell, contacts);
}

}  // namespace campaign_kill_test
