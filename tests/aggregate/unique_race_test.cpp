// Many threads race for few values, and random histories keep claims and states in step.
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <eventstore/aggregate/claim_record.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/log/memory_log.hpp>

#include <array>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "aggregate/club.hpp"

namespace unique_race_test {

using namespace eventstore;
using namespace club;

namespace {

struct Registry {
  SystemClock clock;
  MemoryLog log{clock};
  Repository<Member> members{log, clock};
  Repository<ClaimRecord> claims{log, clock};

  // By the name of the claim's stream.
  [[nodiscard]] std::map<string, string> owners() const {
    std::map<string, string> owners;
    for (const auto& info : must(log.streams("claim", {}, no_limit))) {
      const auto owner = must(claims.load(StreamId::trusted(info.stream).key())).state.owner;
      if (!owner.empty()) owners.emplace(info.stream, owner);
    }
    return owners;
  }
};

}  // namespace

TEST_CASE("of 10000 registrations from 16 threads for 1000 addresses exactly 1000 succeed", "[unique][race]") {
  constexpr int registrations = 10'000;
  constexpr int addresses = 1'000;
  Registry registry;
  std::atomic<int> next{0};
  std::atomic<int> joined{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 16; ++thread)
    threads.emplace_back([&] {
      for (int number = next++; number < registrations; number = next++) {
        const auto email = "user" + std::to_string(number / 10 % addresses) + "@Example.org";
        const auto executed = registry.members.execute(std::to_string(number), Join{email, {}});
        if (executed)
          ++joined;
        else if (executed.error().refusal_code == "not_unique")
          ++refused;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(joined == addresses);
  CHECK(refused == registrations - addresses);

  std::set<string> emails;
  for (const auto& info : must(registry.log.streams("member", {}, no_limit)))
    CHECK(emails.insert(must(registry.members.load(StreamId::trusted(info.stream).key())).state.email).second);
  CHECK(emails.size() == addresses);
  CHECK(registry.owners().size() == addresses);
}

TEST_CASE("after any commands, the claims are the values of the members that are there", "[unique][property]") {
  rc::prop("claims and states are in step", [] {
    Registry registry;
    const auto member = [] { return std::to_string(*rc::gen::inRange(0, 4)); };
    const auto email = [] { return *rc::gen::element<string>("", "a@x", "B@x", "b@X", "c@x"); };
    const auto phone = [] { return *rc::gen::element<optional<string>>(std::nullopt, "", "030", "(0)30", "none"); };
    const auto steps = *rc::gen::inRange(0, 40);
    for (int step = 0; step < steps; ++step) {
      const auto key = member();
      switch (*rc::gen::inRange(0, 6)) {
        case 0:
        case 1: (void)registry.members.execute(key, Join{email(), phone()}); break;
        case 2: (void)registry.members.execute(key, Update{email(), phone()}); break;
        case 3: (void)registry.members.execute(key, Leave{}); break;
        case 4: (void)registry.members.execute(key, Swap{member()}); break;
        default: (void)registry.members.execute(key, Share{member(), email()}); break;
      }
    }
    std::multiset<string> held;
    std::set<std::array<string, 2>> values;
    for (const auto& info : must(registry.log.streams("member", {}, no_limit))) {
      const auto state = must(registry.members.load(StreamId::trusted(info.stream).key())).state;
      if (state.left) continue;
      const auto add = [&](const char* field, const string& value) {
        if (value.empty()) return;
        RC_ASSERT(values.insert({field, value}).second);
        held.insert(info.stream);
      };
      add("email", lower_case(state.email));
      add("phone", e164(state.phone.value_or("")));
    }
    std::multiset<string> claimed;
    for (const auto& [stream, owner] : registry.owners()) claimed.insert(owner);
    RC_ASSERT(claimed == held);
  });
}

}  // namespace unique_race_test
