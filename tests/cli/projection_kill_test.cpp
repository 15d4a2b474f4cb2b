// Processes that work on collections, killed at any moment: in the end the collections are those of one calm run.
#include <time.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <random>

#include "shell.hpp"

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

// EVENTSTORE_KILLS asks for more; scripts/interop/kills does.
int kills() {
  const auto* const asked = std::getenv("EVENTSTORE_KILLS");
  return asked == nullptr ? 40 : std::atoi(asked);
}

constexpr std::size_t lines_max = 3000;

void import_lines(const Shell& shell, const Texts& lines, std::size_t first, std::size_t last) {
  std::string text;
  for (auto at = first; at < std::min(last, lines.size()); ++at) text += lines[at] + '\n';
  if (!text.empty()) (void)shell.result({"import", "-"}, text);
}

Texts tables(const Shell& shell) { return values(shell.result({"project", "status"}), "projection"); }

// Every document of every collection, without the numbers of rows.
Texts documents(const Shell& shell) {
  Texts all;
  for (const auto& table : tables(shell)) {
    const auto columns =
        sql(shell, "SELECT group_concat(name) FROM pragma_table_info('" + table + "') WHERE name <> '_row'");
    for (auto& row : sql(shell, "SELECT " + columns.at(0) + " FROM " + table + " ORDER BY _id"))
      all.push_back(table + ' ' + row);
  }
  return all;
}

// The first document that one of them has and the other has not; empty where they are the same.
std::string difference(const Texts& found, const Texts& expected) {
  const auto [a, b] = std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
  if (a == found.end() && b == expected.end()) return {};
  return "found " + (a == found.end() ? "the end" : *a) + " where there was " + (b == expected.end() ? "the end" : *b);
}

// What a person or a service may do to collections at any time.
Words any_work(std::mt19937_64& random, const Texts& names) {
  const auto& name = names[random() % names.size()];
  switch (random() % 4) {
    case 0: return {"project", "run"};
    case 1: return {"project", "rebuild", name};
    case 2: return {"project", "run", name};
    default: return {"project", "run", "--follow"};
  }
}

void sleep_for(std::uint64_t microseconds) {
  const timespec pause{0, static_cast<long>(microseconds * 1000)};
  ::nanosleep(&pause, nullptr);
}

}  // namespace

TEST_CASE("collections whose workers are killed at any moment end as those of one calm run", "[kills]") {
  const auto seed = std::random_device{}();
  std::mt19937_64 random{seed};
  const Shell calm;
  const auto lines =
      lines_of(calm.result({"generate", "--events", std::to_string(lines_max), "--seed", std::to_string(seed % 1000)}));
  import_lines(calm, lines, 0, lines.size());
  (void)calm.result({"project", "run"});
  const auto names = tables(calm);

  const Shell shell;
  const int all = kills();
  int killed = 0;
  for (int round = 0; round < all; ++round) {
    const auto part = [&](int end) {
      return lines.size() * static_cast<std::size_t>(end) / static_cast<std::size_t>(all);
    };
    import_lines(shell, lines, part(round), part(round + 1));
    const auto words = any_work(random, names);
    const auto working = shell.start(words);
    sleep_for(random() % 60'000);
    working->signal(SIGKILL);
    const auto outcome = working->finish();
    CAPTURE(seed, round, words, outcome.err);
    if (outcome.exit_code == 128 + SIGKILL) ++killed;
    // One that came to its end did well.
    REQUIRE((outcome.exit_code == 0 || outcome.exit_code == 128 + SIGKILL));
  }
  CAPTURE(seed, killed);
  CHECK(killed > all / 4);
  (void)shell.result({"project", "run"});
  CHECK(difference(documents(shell), documents(calm)) == "");
  CHECK(shell.run({"project", "health"}).exit_code == 0);
  for (const auto& name : names) (void)shell.result({"project", "rebuild", name});
  CHECK(difference(documents(shell), documents(calm)) == "");
}

TEST_CASE("a campaign whose sending is killed at any moment sends each contact one message", "[kills]") {
  const auto seed = std::random_device{}();
  std::mt19937_64 random{seed};
  const int contacts = std::getenv("EVENTSTORE_KILLS") == nullptr ? 500 : 5000;
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
  const Shell shell;
  (void)shell.result({"import", "-"}, text);
  const int rounds = kills() / 4;
  for (int round = 0; round < rounds; ++round) {
    const auto sending = shell.start({"record", "send_campaign_messages", "c-1", "--org", "org-1"});
    sleep_for(random() % (round % 2 == 0 ? 30'000 : 400'000));
    sending->signal(SIGKILL);
    (void)sending->finish();
  }
  (void)shell.result({"record", "send_campaign_messages", "c-1", "--org", "org-1"});
  (void)shell.result({"project", "run"});
  CAPTURE(seed);
  CHECK(sql(shell, "SELECT count(*), count(DISTINCT receiver_id) FROM message_logs") ==
        Texts{std::to_string(contacts) + '|' + std::to_string(contacts)});
}
