// A command that is repeated by its id repeats nothing, whatever happened in between.
#include "aggregate/bank_test.hpp"
#include "aggregate/rival_log.hpp"

namespace repeat_test {

using namespace eventstore;
using namespace bank;

namespace {

/// Opens once, and may be told that it never will.
struct Club {
  struct Join {
    EVENTSTORE_COMMAND(Join, "join", (string, member));
  };
  struct Joined {
    EVENTSTORE_EVENT(Joined, "MemberJoined", (string, member));
  };
  static constexpr auto category = "club";
  using events = Events<Joined>;
  using commands = Commands<Join>;
  using Decision = eventstore::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, members));
  };
  static void evolve(State& state, const Joined&) { ++state.members; }
  static Decision decide(const State* state, const Join& join, const Context&) {
    if (join.member == "troll") return refuse_for_good("banned", "a troll cannot join");
    if (state != nullptr && state->members >= 2) return refuse("full", "the club is full");
    return Joined{join.member};
  }
};

CommandOptions with_id(int number) { return {.command_id = command_number(number)}; }

template <class Run> Error refusal_of(Run run) {
  const auto executed = run();
  REQUIRE_FALSE(executed);
  return executed.error();
}

}  // namespace

TEST_CASE("a command that found nothing to do has nothing to do when it is repeated", "[repeat]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  const auto first = bank.run("ada", Shake{}, with_id(1));
  CHECK(first.events.empty());
  CHECK_FALSE(first.already_there);
  bank.run("ada", Deposit{100});  // now a shake would be two events

  const auto again = bank.run("ada", Shake{}, with_id(1));
  CHECK(again.events.empty());
  CHECK(again.already_there);
  CHECK(again.version == Version{1});
  CHECK(*bank.log.head() == Position{2});
  CHECK(bank.run("ada", Shake{}, with_id(2)).events.size() == 2);
}

TEST_CASE("a repeated command gives the events of its first run", "[repeat]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  bank.run("ada", Deposit{100});
  const auto first = bank.run("ada", Shake{}, with_id(1));
  bank.clock.advance_seconds(60);
  bank.run("ada", Deposit{100});
  const auto again = bank.run("ada", Shake{}, with_id(1));
  CHECK(again.already_there);
  REQUIRE(again.events.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(again.events[i].id == first.events[i].id);
    CHECK(again.events[i].placed == first.events[i].placed);
    CHECK(again.events[i].data == first.events[i].data);
    CHECK(again.events[i].created_at == first.events[i].created_at);
  }
  CHECK(again.version == Version{4});
  CHECK(again.stream == "account-ada");
}

TEST_CASE("another command, or other data, under a known id is a conflict", "[repeat]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  bank.run("ada", Deposit{100}, with_id(1));
  const auto other_data = bank.error_of("ada", Deposit{101}, with_id(1));
  CHECK(other_data.message() == "id_conflict: execute [account-ada]: command id " + command_number(1).to_string() +
                                    " was used for another command or other data: give each command an id of its own");
  CHECK(bank.error_of("ada", Withdraw{100}, with_id(1)).code == Errc::id_conflict);
  // On another stream the id is another command's.
  bank.run("bob", Open{"bob"});
  CHECK_FALSE(bank.run("bob", Deposit{100}, with_id(1)).already_there);
}

TEST_CASE("a command's content tells its name, and its data where the schema is the same", "[repeat]") {
  const auto content = [](const auto& command, std::string_view name) {
    return command_content(name, schema_of<std::remove_cvref_t<decltype(command)>>(), encode(command));
  };
  const auto deposit = content(Deposit{100}, "deposit");
  CHECK(deposit == content(Deposit{100}, "deposit"));
  CHECK(deposit != content(Deposit{101}, "deposit"));
  CHECK(deposit != content(Deposit{100}, "pay"));
  CHECK(deposit != content(Open{"ada"}, "deposit"));
}

TEST_CASE("a refusal for good stays, also where there is no stream", "[repeat]") {
  Bank bank;
  Repository<Club> clubs{bank.log, bank.clock};
  const auto join = [&](const char* member, int id) { return clubs.execute("chess", Club::Join{member}, with_id(id)); };
  const auto first = refusal_of([&] { return join("troll", 1); });
  CHECK(*bank.log.head() == Position{0});
  REQUIRE(join("ada", 2));
  const auto again = refusal_of([&] { return join("troll", 1); });
  for (const auto& refused : {first, again}) {
    CHECK(refused.code == Errc::refused);
    CHECK(refused.refusal_code == "banned");
    CHECK(refused.detail == "a troll cannot join");
  }
  CHECK(bank.log.find_outcome(StreamId::trusted("club-chess"), command_number(1)));
  // Without an id nobody can repeat it, and nothing is kept.
  CHECK_FALSE(clubs.execute("go", Club::Join{"troll"}));
  CHECK(*bank.log.head() == Position{1});
}

TEST_CASE("a plain refusal is decided again", "[repeat]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  CHECK(bank.error_of("ada", Withdraw{600}, with_id(1)).code == Errc::refused);
  bank.run("ada", Deposit{100});
  CHECK(bank.run("ada", Withdraw{600}, with_id(1)).events.size() == 1);
}

TEST_CASE("guessing a command's id shows nobody another organization's outcome", "[repeat]") {
  Bank bank;
  Repository<Club> clubs{bank.log, bank.clock};
  auto ours = with_id(1);
  ours.metadata.organization = "org-1";
  CHECK(refusal_of([&] { return clubs.execute("chess", Club::Join{"troll"}, ours); }).code == Errc::refused);
  auto theirs = ours;
  theirs.metadata.organization = "org-2";
  CHECK(refusal_of([&] { return clubs.execute("chess", Club::Join{"troll"}, theirs); }).code ==
        Errc::wrong_organization);
}

TEST_CASE("a rival that had the same command refused, or found nothing to do, makes it a repeat", "[repeat]") {
  Bank bank;
  RivalLog log{bank.log};
  Repository<Account> accounts{log, bank.clock};
  Repository<Club> clubs{log, bank.clock};
  Repository<Club> rivals{bank.log, bank.clock};
  bank.run("ada", Open{"ada"});
  log.rival = [&] {
    if (log.appends != 1) return;
    bank.run("ada", Shake{}, with_id(1));
    bank.run("ada", Deposit{100});
  };
  const auto executed = accounts.execute("ada", Shake{}, with_id(1));
  REQUIRE(executed);
  CHECK(executed->already_there);
  CHECK(executed->events.empty());

  log.appends = 0;
  log.rival = [&] { (void)rivals.execute("chess", Club::Join{"troll"}, with_id(2)); };
  CHECK(refusal_of([&] { return clubs.execute("chess", Club::Join{"troll"}, with_id(2)); }).refusal_code == "banned");
  CHECK(log.appends == 1);
}

TEST_CASE("a command that an earlier build executed is a repeat by its events", "[repeat]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  // Without an outcome, as before outcomes were kept.
  const DecidedEvent deposited{&schema_of<Deposited>(), encode(Deposited{100})};
  EventWriter writer;
  Metadata metadata{};
  metadata.created_at = bank.clock.now();
  REQUIRE(writer.add(StreamId::trusted("account-ada"), {&deposited, 1}, metadata,
                     EventIdRule::of_command(command_number(1))));
  REQUIRE(writer.append_to(bank.log));
  const auto again = bank.run("ada", Deposit{100}, with_id(1));
  CHECK(again.already_there);
  CHECK(again.events.size() == 1);
  CHECK(*bank.log.head() == Position{2});
}

TEST_CASE("facts that are appended again under one id are there once", "[repeat]") {
  Bank bank;
  const auto stream = StreamId::trusted("account-ada");
  const std::vector<DecidedEvent> facts{{&schema_of<Opened>(), encode(Opened{"ada"})},
                                        {&schema_of<Deposited>(), encode(Deposited{1})}};
  const auto append = [&](int id) { return append_events(bank.log, bank.clock, stream, facts, with_id(id)); };
  const auto first = append(1);
  REQUIRE(first);
  CHECK_FALSE(first->already_there);
  CHECK(first->version == Version{2});
  bank.clock.advance_seconds(60);
  const auto again = append(1);
  REQUIRE(again);
  CHECK(again->already_there);
  CHECK(again->events.size() == 2);
  CHECK(again->events.front().placed == first->events.front().placed);
  CHECK(append(2)->version == Version{4});
}

}  // namespace repeat_test
