// Processes race for few values, one after the other, and are killed in the middle.
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "app/club_house.hpp"

namespace unique_crash_test {

using namespace club;

namespace {

constexpr int registrations = 10'000;
constexpr int addresses = 1'000;

// Registers all numbers that `mine` admits, in an order of its own.
bool register_all(const string& directory, unsigned seed) {
  auto store =
      es::Store::open(directory, {{es::aggregate<Member>()}}, {.log = {.durability = es::Durability::on_close}});
  if (!store) return false;
  std::vector<int> numbers(registrations);
  for (int i = 0; i < registrations; ++i) numbers[static_cast<std::size_t>(i)] = i;
  std::shuffle(numbers.begin(), numbers.end(), std::mt19937{seed});
  for (const int number : numbers) {
    // A process that goes on where another one was killed repeats its commands, by their ids.
    const es::CommandOptions options{.command_id = es::Uuid::v5(es::Uuid{}, std::to_string(number))};
    const auto email = "user" + std::to_string(number % addresses) + "@Example.org";
    const auto executed = store->execute<Member>(std::to_string(number), Join{email, {}}, options);
    if (!executed && executed.error().refusal_code != "not_unique") return false;
  }
  return store->close().has_value();
}

// Whether it was killed in its midst.
bool run_and_kill(const string& directory, unsigned seed, std::chrono::milliseconds patience) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(register_all(directory, seed) ? 0 : 2);
  std::this_thread::sleep_for(patience);
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (!WIFSIGNALED(status)) CHECK(WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

}  // namespace

TEST_CASE("two processes that are killed again and again register every address once", "[unique][crash]") {
  const es::test::TemporaryDirectory folder;
  const auto directory = folder.file("store");
  std::mt19937 random{Catch::rngSeed()};
  int killed = 0;
  for (unsigned round = 0; round < 8; ++round)
    if (run_and_kill(directory, round % 2, std::chrono::milliseconds{40 + random() % 200})) ++killed;
  CHECK(killed > 0);
  REQUIRE(register_all(directory, 2));

  auto store = must(es::Store::open(directory, {{es::aggregate<Member>()}}));
  std::set<string> emails;
  int members = 0;
  for (const auto& info : must(store.log().streams("member", {}, es::no_limit))) {
    ++members;
    const auto key = string{es::StreamId::trusted(info.stream).key()};
    CHECK(emails.insert(must(store.repository<Member>().load(key)).state.email).second);
  }
  CHECK(members == addresses);
  CHECK(owners(store).size() == addresses);
}

}  // namespace unique_crash_test
