// Values that only one aggregate of an organization has.
#include <catch2/catch.hpp>
#include <eventstore/aggregate/claim_record.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/security/memory_key_store.hpp>
#include <eventstore/security/own_codes.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <array>

#include "aggregate/club.hpp"
#include "aggregate/rival_log.hpp"

namespace unique_test {

using namespace eventstore;
using namespace club;

namespace {

using Lines = std::vector<string>;

struct House {
  ManualClock clock{*Timestamp::parse("2026-01-27T12:00:00Z")};
  MemoryLog memory{clock};
  RivalLog log{memory};
  Repository<Member> members{log, clock};
  Repository<Member> rivals{memory, clock};

  House() { memory.open_with(std::make_shared<ValueCipher>(std::make_shared<MemoryKeyStore>())); }

  template <class Command> void run(std::string_view key, const Command& command, const CommandOptions& options = {}) {
    const auto executed = members.execute(key, command, options);
    if (!executed) FAIL(executed.error().message());
  }
  template <class Command>
  Error error_of(std::string_view key, const Command& command, const CommandOptions& options = {}) {
    const auto before = must(memory.head());
    const auto executed = members.execute(key, command, options);
    REQUIRE_FALSE(executed);
    CHECK(must(memory.head()) == before);
    return executed.error();
  }
  /// The events from this position on, as "MemberJoined on member-ada" and "Claimed email by member-ada".
  [[nodiscard]] Lines events(std::uint64_t from) const {
    Lines lines;
    for (const auto& event : must(memory.read_all({.from = Position{from}})).events) {
      const string stream{event.stream};
      if (!stream.starts_with("claim-")) {
        lines.push_back(string{event.type} + " on " + stream);
        continue;
      }
      const auto field = stream.substr(stream.find('.') + 1);
      lines.push_back(string{event.type} + ' ' + field.substr(0, field.find(':')));
      if (event.type == "Claimed") lines.back() += " by " + must(decode<ClaimTaken>(event.data)).owner;
    }
    return lines;
  }
  [[nodiscard]] std::size_t claim_streams() const { return must(memory.streams("claim", {}, 1000)).size(); }
};

const string mail = "Ada@Example.org";

}  // namespace

TEST_CASE("the commit of a command claims the unique values of its aggregate", "[unique]") {
  House house;
  house.run("ada", Join{mail, "+49 (30) 123-45"});
  CHECK(house.events(1) ==
        Lines{"MemberJoined on member-ada", "Claimed email by member-ada", "Claimed phone by member-ada"});
  CHECK(house.log.appends == 1);
  const auto streams = must(house.memory.streams("claim", {}, 10));
  REQUIRE(streams.size() == 2);
  CHECK(streams[0].stream.size() == string{"claim-members.email:"}.size() + 64);
  CHECK(streams[0].stream.starts_with("claim-members.email:"));
  CHECK(streams[1].stream.starts_with("claim-members.phone:"));
}

TEST_CASE("a second claim is refused, and the sentence names the field and neither value nor owner", "[unique]") {
  House house;
  house.run("ada", Join{mail, {}});
  const auto error = house.error_of("bob", Join{"ADA@example.ORG", {}});
  CHECK(error.code == Errc::refused);
  CHECK(error.refusal_code == "not_unique");
  CHECK(error.detail == "another member has this email: give this one another");
  CHECK(error.message().find("ada") == string::npos);
  CHECK(error.where == "member-bob");
  house.run("bob", Join{"bob@example.org", "+4930999"});
  CHECK(house.error_of("ada", Update{{}, "+49 30 999"}).detail ==
        "another member has this phone: give this one another");
}

TEST_CASE("another organization may have the same value", "[unique]") {
  House house;
  CommandOptions theirs;
  theirs.metadata.organization = "theirs";
  house.run("ada", Join{mail, {}});
  house.run("bob", Join{mail, {}}, theirs);
  CHECK(house.claim_streams() == 2);
}

TEST_CASE("a change of value releases the old one and claims the new one in one commit", "[unique]") {
  House house;
  house.run("ada", Join{mail, {}});
  house.run("ada", Update{"countess@example.org", {}});
  CHECK(house.events(3) == Lines{"MemberChanged on member-ada", "Released email", "Claimed email by member-ada"});
  house.run("bob", Join{mail, {}});
  CHECK(house.events(6) == Lines{"MemberJoined on member-bob", "Claimed email by member-bob"});
  CHECK(house.claim_streams() == 2);
}

TEST_CASE("a change to an equal value and commands that change no value write no claims", "[unique]") {
  House house;
  house.run("ada", Join{mail, {}});
  house.run("ada", Update{"ada@example.org", {}});
  house.run("ada", Greet{});
  CHECK(house.events(3) == Lines{"MemberChanged on member-ada", "MemberGreeted on member-ada"});
}

TEST_CASE("a deleted aggregate holds no claims and one that comes back claims again", "[unique]") {
  House house;
  house.run("ada", Join{mail, "030 1"});
  house.run("ada", Leave{});
  CHECK(house.events(4) == Lines{"MemberLeft on member-ada", "Released email", "Released phone"});
  house.run("ada", Update{"other@example.org", {}});
  CHECK(house.events(7) == Lines{"MemberChanged on member-ada"});
  house.run("bob", Join{mail, {}});
  CHECK(house.error_of("ada", Join{mail, {}}).refusal_code == "not_unique");
  house.run("bob", Leave{});
  house.run("ada", Join{mail, {}});
  CHECK(house.events(12) == Lines{"MemberJoined on member-ada", "Claimed email by member-ada"});
}

TEST_CASE("what counts is the state after all events of a decision", "[unique]") {
  House house;
  house.run("ada", Hesitate{mail});
  CHECK(house.events(1) == Lines{"MemberJoined on member-ada", "MemberLeft on member-ada", "MemberJoined on member-ada",
                                 "Claimed email by member-ada"});
}

TEST_CASE("empty and absent values and phones that are no numbers claim nothing", "[unique]") {
  House house;
  house.run("ada", Join{"", {}});
  house.run("bob", Join{"", ""});
  house.run("cyd", Join{"", "unknown"});
  house.run("dan", Join{"", "unknown"});
  CHECK(house.claim_streams() == 0);
}

TEST_CASE("one value in two fields is claimed for each of them", "[unique]") {
  House house;
  house.run("ada", Join{"030123", "030123"});
  house.run("bob", Join{"bob", "030124"});
  CHECK(house.error_of("bob", Update{"030123", {}}).detail == "another member has this email: give this one another");
  CHECK(house.error_of("bob", Update{{}, "030123"}).detail == "another member has this phone: give this one another");
}

TEST_CASE("two aggregates swap their values in one commit", "[unique]") {
  House house;
  house.run("ada", Join{"ada", {}});
  house.run("bob", Join{"bob", {}});
  house.run("ada", Swap{"bob"});
  CHECK(house.events(5) == Lines{"MemberChanged on member-ada", "MemberChanged on member-bob", "Released email",
                                 "Released email", "Claimed email by member-ada", "Claimed email by member-bob"});
  CHECK(must(house.members.load("ada")).state.email == "bob");
  CHECK(house.error_of("cyd", Join{"ada", {}}).refusal_code == "not_unique");
  CHECK(house.error_of("cyd", Join{"bob", {}}).refusal_code == "not_unique");
  house.run("bob", Leave{});
  house.run("cyd", Join{"ada", {}});
}

TEST_CASE("two aggregates cannot take one value in one commit", "[unique]") {
  House house;
  house.run("ada", Join{"ada", {}});
  CHECK(house.error_of("ada", Share{"bob", mail}).refusal_code == "not_unique");
}

TEST_CASE("a stream that a decision writes without having read it claims and releases too", "[unique]") {
  House house;
  house.run("ada", Join{"ada", {}});
  house.run("bob", Join{"bob", {}});
  house.run("ada", Leave{});
  house.run("ada", Share{"bob", mail});
  CHECK(house.events(7) == Lines{"MemberChanged on member-ada", "MemberJoined on member-bob", "Released email",
                                 "Claimed email by member-bob"});
  house.run("cyd", Join{"bob", {}});
}

TEST_CASE("a repeat of a command by its id repeats no claims, and another command with the value is refused",
          "[unique]") {
  House house;
  const CommandOptions options{.command_id = Uuid::v5(Uuid{}, "join")};
  house.run("ada", Join{mail, {}}, options);
  const auto again = house.members.execute("ada", Join{mail, {}}, options);
  REQUIRE(again);
  CHECK(again->already_there);
  CHECK(again->events.size() == 1);
  CHECK(must(house.memory.head()) == Position{2});
  const auto page = must(house.memory.read_all({}));
  CHECK(page.events[1].id == EventIdRule::of_command(Uuid::v5(options.command_id, "member-ada"))
                                 .id(StreamId::trusted(page.events[1].stream), 0));
}

TEST_CASE("a refusal is decided again when the command is repeated", "[unique]") {
  House house;
  house.run("ada", Join{mail, {}});
  const CommandOptions options{.command_id = Uuid::v5(Uuid{}, "join")};
  CHECK(house.error_of("bob", Join{mail, {}}, options).refusal_code == "not_unique");
  house.run("ada", Leave{});
  house.run("bob", Join{mail, {}}, options);
}

TEST_CASE("a rival that claims the value first makes the command be decided again", "[unique]") {
  House house;
  house.log.rival = [&] {
    house.log.rival = {};
    REQUIRE(house.rivals.execute("bob", Join{mail, {}}));
  };
  const auto executed = house.members.execute("ada", Join{mail, {}});
  REQUIRE_FALSE(executed);
  CHECK(executed.error().refusal_code == "not_unique");
  house.log.rival = [&] {
    house.log.rival = {};
    REQUIRE(house.rivals.execute("bob", Leave{}));
    REQUIRE(house.rivals.execute("bob", Join{mail, {}}));
  };
  CHECK(house.members.execute("bob", Greet{}));
  CHECK(house.events(4).back() == "MemberGreeted on member-bob");
}

TEST_CASE("a key of several fields is one claim and a missing part claims nothing", "[unique]") {
  House house;
  Repository<Booking> bookings{house.log, house.clock};
  const auto slot = Uuid::v5(Uuid{}, "slot");
  REQUIRE(bookings.execute("1", Book{"A", Desk::bar, slot}));
  REQUIRE(bookings.execute("2", Book{"A", Desk::library, slot}));
  REQUIRE(bookings.execute("3", Book{"A", Desk::bar, {}}));
  REQUIRE(bookings.execute("4", Book{"A", Desk::bar, Uuid{}}));
  const auto second = bookings.execute("5", Book{"A", Desk::bar, slot});
  REQUIRE_FALSE(second);
  CHECK(second.error().detail == "another booking has this room, desk and slot: give this one another");
  CHECK(must(house.memory.streams("claim", {}, 10)).front().stream.starts_with("claim-booking.room+desk+slot:"));
}

TEST_CASE("codes tell apart where one value ends and for what they are made", "[unique]") {
  House house;
  const auto codes = must(OwnCodes::of(house.memory));
  using Parts = std::array<std::string_view, 2>;
  const auto code = codes.of("use", Parts{"ab", "c"});
  CHECK(code.size() == 64);
  CHECK(code == must(OwnCodes::of(house.memory)).of("use", Parts{"ab", "c"}));
  CHECK(code != codes.of("use", Parts{"a", "bc"}));
  CHECK(code != codes.of("other", Parts{"ab", "c"}));
}

TEST_CASE("claims tell nothing about a person but who owns them", "[unique]") {
  House house;
  CommandOptions options;
  options.metadata.user_id = "root";
  options.metadata.ip_address = "10.0.0.1";
  options.metadata.user_agent = "Mosaic";
  house.run("ada", Join{mail, {}}, options);
  const auto page = must(house.memory.read_all({.from = Position{2}}));
  REQUIRE(page.events.size() == 1);
  const auto metadata = must(metadata_of(page.events[0]));
  CHECK(metadata.user_id == "root");
  CHECK(metadata.ip_address.empty());
  CHECK(metadata.user_agent.empty());
}

TEST_CASE("the names of claims differ from store to store", "[unique]") {
  House one;
  House other;
  one.run("ada", Join{mail, {}});
  other.run("ada", Join{mail, {}});
  CHECK(must(one.memory.streams("claim", {}, 1)).front().stream !=
        must(other.memory.streams("claim", {}, 1)).front().stream);
}

TEST_CASE("a log in memory needs no keys, and one that lasts says that it has none", "[unique]") {
  ManualClock clock{*Timestamp::parse("2026-01-27T12:00:00Z")};
  MemoryLog memory{clock};
  Repository<Member> members{memory, clock};
  REQUIRE(members.execute("ada", Join{mail, {}}));
  CHECK_FALSE(members.execute("bob", Join{mail, {}}));

  struct Lasting final : ForwardingLog {
    using ForwardingLog::ForwardingLog;
    [[nodiscard]] bool lasts() const override { return true; }
  } lasting{memory};
  Repository<Member> others{lasting, clock};
  const auto refused = others.execute("cyd", Join{"cyd", {}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::missing_key);
  CHECK(others.execute("ada", Greet{}));
}

}  // namespace unique_test
