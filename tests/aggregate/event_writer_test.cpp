#include <eventstore/aggregate/event_writer.hpp>

#include "aggregate/bank_test.hpp"

namespace event_writer_test {

using namespace eventstore;
using namespace bank;

namespace {

const StreamId ada = StreamId::trusted("account-ada");
const StreamId bob = StreamId::trusted("account-bob");

std::vector<DecidedEvent> decided(const Decision<Account::events>& decision) { return decision.any().events; }

Metadata by_teller() {
  Metadata metadata{};
  metadata.created_at = noon;
  metadata.organization = "org-1";
  metadata.user_id = "teller";
  metadata.causation_id = "letter-7";
  return metadata;
}

}  // namespace

TEST_CASE("decided events reach the log with their metadata, in order, as one commit", "[writer]") {
  Bank bank;
  const auto metadata = by_teller();
  const auto opened = decided({Opened{"ada", 500}, Deposited{5}});
  EventWriter writer;
  REQUIRE(writer.add(ada, opened, metadata, EventIdRule::of_command(command_number(1))));
  writer.expect(ada, ExpectedVersion::no_stream());
  const auto receipt = writer.append_to(bank.log);
  REQUIRE(receipt);
  CHECK(receipt->events == std::vector{Placed{Version{1}, Position{1}}, Placed{Version{2}, Position{2}}});
  const auto page = bank.log.read_all();
  REQUIRE(page);
  auto wanted = metadata;
  wanted.event_id = writer.events()[1].id;
  CHECK(metadata_of(page->events[1]) == wanted);
  CHECK(page->events[0].type == "AccountOpened");
  CHECK(page->events[0].codec == Codec::binary);
  CHECK(decode<Opened>(page->events[0].data) == Opened{"ada", 500});
  CHECK(page->events[1].schema == schema_of<Deposited>().id);
}

TEST_CASE("an expectation that does not hold leaves nothing written", "[writer]") {
  Bank bank;
  const auto metadata = by_teller();
  const auto opened = decided(Opened{"ada", 500});
  EventWriter writer;
  REQUIRE(writer.add(ada, opened, metadata, EventIdRule::fresh(bank.clock)));
  writer.expect(bob, ExpectedVersion::stream_exists());
  const auto receipt = writer.append_to(bank.log);
  REQUIRE_FALSE(receipt);
  CHECK(receipt.error().code == Errc::wrong_version);
  CHECK(bank.log.head() == Position{0});
}

TEST_CASE("ids of a command follow from the command, the stream and the place in the decision", "[writer]") {
  const auto rule = EventIdRule::of_command(command_number(1));
  CHECK(rule.id(ada, 0) == rule.id(ada, 0));
  CHECK(rule.id(ada, 0) != rule.id(ada, 1));
  CHECK(rule.id(ada, 0) != rule.id(bob, 0));
  CHECK(rule.id(ada, 0) != EventIdRule::of_command(command_number(2)).id(ada, 0));
  // As they stand in logs: a repeat of a command of an older build is recognised by them.
  CHECK(rule.id(ada, 0) == EventId{Uuid::v5(command_number(1), "account-ada\n0")});
}

TEST_CASE("fresh ids are new each time, and ordered by time", "[writer]") {
  ManualClock clock{noon};
  const auto rule = EventIdRule::fresh(clock);
  const auto first = rule.id(ada, 0);
  CHECK(first != rule.id(ada, 0));
  clock.set(Timestamp{noon.micros + 1'000'000});
  CHECK(first < rule.id(ada, 0));
}

TEST_CASE("several streams are written in one commit, and each schema goes with it once", "[writer]") {
  Bank bank;
  const auto metadata = by_teller();
  const auto opened = decided(Opened{"x", 1});
  const auto moved = decided({Deposited{1}, Deposited{2}});
  const auto ids = EventIdRule::of_command(command_number(1));
  EventWriter writer;
  REQUIRE(writer.add(ada, opened, metadata, ids));
  REQUIRE(writer.add(bob, opened, metadata, ids));
  REQUIRE(writer.add(bob, moved, metadata, ids));
  CHECK(writer.events()[2].id == ids.id(bob, 1));
  const auto receipt = writer.append_to(bank.log);
  REQUIRE(receipt);
  CHECK(receipt->events.back() == Placed{Version{3}, Position{4}});
  CHECK(bank.log.schemas()->size() == 2);
}

TEST_CASE("a value that could not be read back is refused before anything is appended", "[writer]") {
  Bank bank;
  const auto metadata = by_teller();
  const auto bad = decided(Opened{"\xFF", 500});
  EventWriter writer;
  const auto added = writer.add(ada, bad, metadata, EventIdRule::fresh(bank.clock));
  REQUIRE_FALSE(added);
  CHECK(added.error().code == Errc::invalid_argument);
  CHECK(added.error().where == "owner");
}

}  // namespace event_writer_test
