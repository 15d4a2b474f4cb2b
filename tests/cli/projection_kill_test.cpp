// Processes that work on a store, killed at any moment: in the end its collections are those of one calm run over its
// log, and each message of its reaction is there once.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "documents.hpp"
#include "killing.hpp"

namespace projection_kill_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t lines_max = 3000;
constexpr std::int64_t days_to_july_2021 = 18'809;  // since 1970

// The first half of the lines is of 2016, the other one of 2026. Documents expire that are older than July 2021, so it
// says nothing when a process looks at its clock.
Texts lines_of_two_years(std::uint64_t seed) {
  const Shell shell;
  auto lines = lines_of(shell.result(without_claims(std::to_string(lines_max), std::to_string(seed % 1000))));
  const std::string year = R"("created_at":"2026-)";
  for (std::size_t at = 0; at < lines.size() / 2; ++at)
    lines[at].replace(lines[at].rfind(year), year.size(), R"("created_at":"2016-)");
  return lines;
}

// The limits of all collections, for the programs that this process starts while it lives.
class Limits {
 public:
  explicit Limits(Texts collections) : names_{std::move(collections)} {
    const auto days = std::to_string(std::time(nullptr) / 86'400 - days_to_july_2021);
    constexpr std::array<std::string_view, 7> kept_for_ever{
        "agents", "api_keys", "calendar_events", "chatbots", "contacts", "customers", "users"};
    std::erase_if(names_, [&](const std::string& name) {
      return std::find(kept_for_ever.begin(), kept_for_ever.end(), name) != kept_for_ever.end();
    });
    for (auto& name : names_) {
      std::transform(name.begin(), name.end(), name.begin(), ::toupper);
      ::setenv(("EVENTSTORE_KEEP_" + name).c_str(), days.c_str(), 1);
    }
  }
  ~Limits() {
    for (const auto& name : names_) ::unsetenv(("EVENTSTORE_KEEP_" + name).c_str());
  }
  Limits(const Limits&) = delete;
  Limits& operator=(const Limits&) = delete;

 private:
  Texts names_;
};

// What a person or a service may do to collections and reactions at any time. `news` is a file of event lines.
Words any_work(std::mt19937_64& random, const Texts& names, const std::string& news) {
  const auto& name = names[random() % names.size()];
  switch (random() % 11) {
    case 0: return {"project", "run"};
    case 1: return {"project", "run", name};
    case 2: return {"project", "run", "--follow"};
    case 3: return {"project", "run", "--expire"};
    case 4: return {"project", "run", "--follow", "--expire"};
    case 5: return {"project", "rebuild", name};
    case 6: return {"project", "rebuild", name, "--rollback"};
    case 7: return {"project", "verify", name};
    case 8: return {"react", "run", "--from", "beginning"};
    case 9: return {"react", "run", "--from", "beginning", "--follow"};
    default: return {"import", "--durability", "every_commit", "--inline-projections", name, news};
  }
}

// One that came to its end did well. There may be nothing yet to put back or to verify.
bool is_well(const Words& words, const Outcome& outcome) {
  const bool may_find_nothing = words.back() == "--rollback" || words[1] == "verify";
  return was_killed(outcome) || outcome.exit_code == 0 || (may_find_nothing && outcome.exit_code == 4);
}

// Who sent whom what, of the messages that a reaction has sent.
Texts sent_by_reactions(const Shell& shell) {
  Texts sent;
  for (const auto& line : lines_of(shell.result({"all", "--type", "MessageSent"})))
    if (!value(line, "causation_id").empty())
      sent.push_back(value(line, "sender_id") + " to " + value(line, "receiver_id"));
  std::sort(sent.begin(), sent.end());
  return sent;
}

// What a reaction does to the same events where nothing is killed.
Texts calmly_sent(const std::string& lines) {
  const Shell calm;
  (void)calm.result({"import", "-"}, lines);
  (void)calm.result({"react", "run", "--from", "beginning"});
  return sent_by_reactions(calm);
}

// The documents of one run over the log of `shell`.
Texts calmly_made(const Shell& shell) {
  const Shell calm;
  std::filesystem::copy(shell.store(), calm.store(), std::filesystem::copy_options::recursive);
  lose_collections(calm);
  (void)calm.result({"project", "run", "--expire"});
  return documents(calm);
}

}  // namespace

TEST_CASE("collections and reactions that are killed at any moment end as those of one calm run", "[kills]") {
  const auto seed = std::random_device{}();
  std::mt19937_64 random{seed};
  const auto lines = lines_of_two_years(seed);
  const Shell shell;
  (void)shell.result({"import", "-"}, lines[0] + '\n');
  const auto names = collections(shell);
  const Limits limits{names};
  const int all = kills();
  int killed = 0;
  std::string whole;
  for (int round = 0; round < all; ++round) {
    const auto at = [&](int end) {
      return lines.size() * static_cast<std::size_t>(end) / static_cast<std::size_t>(all);
    };
    std::string text;
    for (auto line = at(round); line < at(round + 1); ++line) text += lines[line] + '\n';
    whole += text;
    const auto words = any_work(random, names, shell.write("news", text));
    if (words[0] != "import") REQUIRE(shell.run({"import", shell.file("news")}).exit_code == 0);
    const auto outcome = kill_within(60'000, random, shell, words);
    CAPTURE(seed, round, words, outcome.out, outcome.err);
    REQUIRE(is_well(words, outcome));
    if (was_killed(outcome)) ++killed;
    REQUIRE(shell.run({"import", shell.file("news")}).exit_code == 0);
  }
  CAPTURE(seed, killed);
  CHECK(killed > all / 4);
  CHECK(shell.run({"react", "run", "--from", "beginning"}).exit_code == 0);
  CHECK(sent_by_reactions(shell) == calmly_sent(whole));
  const auto calm = calmly_made(shell);
  (void)shell.result({"project", "run", "--expire"});
  CHECK(difference(documents(shell), calm) == "");
  CHECK(shell.run({"project", "health"}).exit_code == 0);
  CHECK(shell.run({"project", "verify"}).exit_code == 0);
  (void)shell.result({"project", "rebuild", "--all"});
  CHECK(difference(documents(shell), calm) == "");
  (void)shell.result({"project", "rebuild", "--all", "--rollback"});
  CHECK(difference(documents(shell), calm) == "");
}

}  // namespace projection_kill_test
