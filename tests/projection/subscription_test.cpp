// Subscriptions: which events they give, in which order, and how they end.
#include <eventstore/projection/subscription.hpp>
#include <eventstore/testing/faulty_file_system.hpp>

#include <algorithm>
#include <thread>

#include "laws/event_log_laws.hpp"

namespace subscription_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

Numbers positions_here(Subscription& subscription) {
  Numbers positions;
  while (const auto* const event = subscription.next_here()) positions.push_back(event->position.value);
  if (const auto ended = subscription.ended(); !ended) FAIL(ended.error().message());
  return positions;
}

Numbers positions_of(const EventLog& log, SubscriptionFilter filter) {
  Subscription subscription{log, {.filter = std::move(filter), .page_events = 2}};
  return positions_here(subscription);
}

}  // namespace

TEMPLATE_TEST_CASE("a subscription catches up and then gives what comes", "[subscription]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 5);
  Subscription subscription{
      log, {.from = From::position(Position{3}), .filter = {.categories = {"delivery"}}, .page_events = 2}};
  CHECK(subscription.next()->position == Position{3});
  CHECK(positions_here(subscription) == Numbers{4, 5});
  CHECK(subscription.position() == Position{5});
  std::jthread writer{[&] {
    (void)append(log, {event("campaign-1", 1)});
    (void)append(log, {event("delivery-1", 20)});
  }};
  CHECK(subscription.next()->position == Position{7});
  writer.join();
  std::stop_source stop;
  std::jthread stopper{[&] { stop.request_stop(); }};
  CHECK(subscription.next(stop.get_token()) == nullptr);
  CHECK(subscription.ended());
}

TEMPLATE_TEST_CASE("a loop over a subscription gives each event and ends with its stop", "[subscription]",
                   LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 3);
  std::stop_source stop;
  Subscription subscription{log, {.page_events = 2}};
  Numbers positions;
  for (const auto& event : subscription.until(stop.get_token())) {
    CHECK(as_text(event.data) == "data");
    positions.push_back(event.position.value);
    if (positions.size() == 3) stop.request_stop();
  }
  CHECK(positions == Numbers{1, 2, 3});
  CHECK(subscription.ended());
}

TEST_CASE("a loop that is left takes up behind its last event", "[subscription]") {
  MemoryEngine engine;
  fill(*engine.log, "delivery-1", 1, 3);
  Subscription subscription{*engine.log};
  for (const auto& event : subscription) {
    CHECK(event.position == Position{1});
    break;
  }
  CHECK(positions_here(subscription) == Numbers{2, 3});
}

TEST_CASE("a subscription from now passes over what is there when it is made", "[subscription]") {
  MemoryEngine engine;
  fill(*engine.log, "delivery-1", 1, 3);
  Subscription subscription{*engine.log, {.from = From::now()}};
  fill(*engine.log, "delivery-1", 4, 2);
  CHECK(positions_here(subscription) == Numbers{4, 5});
}

TEST_CASE("a subscription from a place that is to come gives nothing before it", "[subscription]") {
  MemoryEngine engine;
  fill(*engine.log, "delivery-1", 1, 1);
  Subscription subscription{*engine.log, {.from = From::position(Position{3})}};
  CHECK(positions_here(subscription).empty());
  CHECK(subscription.save());
  fill(*engine.log, "delivery-1", 2, 3);
  CHECK(positions_here(subscription) == Numbers{3, 4});
}

TEMPLATE_TEST_CASE("a subscription ends behind its last place though the filter passes over it", "[subscription]",
                   LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 2);
  fill(log, "campaign-1", 1, 2);
  Subscription all{log, {.to = Position{3}}};
  Numbers positions;
  for (const auto& event : all) positions.push_back(event.position.value);
  CHECK(positions == Numbers{1, 2, 3});
  Subscription some{log, {.filter = {.categories = {"delivery"}}, .to = Position{3}}};
  positions.clear();
  for (const auto& event : some) positions.push_back(event.position.value);
  CHECK(positions == Numbers{1, 2});
  CHECK(some.ended());
}

TEMPLATE_TEST_CASE("a filter admits by category and type and organization and stream", "[subscription]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const auto add = [&](std::string_view stream, std::uint64_t id, std::string_view type,
                       std::string_view organization) {
    auto made = event(stream, id);
    made.type = type;
    made.organization = organization;
    REQUIRE(append(log, {made}));
  };
  add("delivery-1", 1, "Scheduled", "org-1");
  add("delivery-2", 2, "Scheduled", "org-2");
  add("campaign-1", 3, "Created", "org-1");
  add("delivery-1", 4, "Assigned", "org-1");
  add("deliver-1", 5, "Scheduled", "org-1");
  CHECK(positions_of(log, {.categories = {"delivery"}}) == Numbers{1, 2, 4});
  CHECK(positions_of(log, {.categories = {"campaign", "deliver"}}) == Numbers{3, 5});
  CHECK(positions_of(log, {.types = {"Assigned"}}) == Numbers{4});
  CHECK(positions_of(log, {.types = {"Assigned", "Created"}}) == Numbers{3, 4});
  CHECK(positions_of(log, {.categories = {"delivery"}, .types = {"Scheduled"}, .organization = "org-2"}) == Numbers{2});
  CHECK(positions_of(log, {.stream = "delivery-1"}) == Numbers{1, 4});
  CHECK(positions_of(log, {.types = {"Assigned"}, .stream = "delivery-2"}).empty());
}

TEST_CASE("each event goes to one partition and each stream to the same one", "[subscription]") {
  MemoryEngine engine;
  for (std::uint64_t round = 0; round < 2; ++round)
    for (std::uint64_t stream = 0; stream < 40; ++stream)
      fill(*engine.log, "delivery-" + std::to_string(stream), 1 + round * 100 + stream, 1);
  Numbers all;
  for (std::uint32_t index = 0; index < 3; ++index) {
    const auto some = positions_of(*engine.log, {.partition = {index, 3}});
    CHECK(some.size() >= 2);
    for (const auto position : some)
      if (position <= 40) CHECK(std::ranges::find(some, position + 40) != some.end());
    all.insert(all.end(), some.begin(), some.end());
  }
  std::ranges::sort(all);
  CHECK(all.size() == 80);
  CHECK(std::ranges::adjacent_find(all) == all.end());
}

TEST_CASE("the number of a stream is the same in every release", "[subscription]") {
  CHECK(Partition::number_of("delivery-1") == 0xffb44733a0564a27U);
  CHECK(Partition::number_of("") == 0x2d06800538d394c2U);
}

TEST_CASE("a partition that is none is refused", "[subscription]") {
  MemoryEngine engine;
  Subscription subscription{*engine.log, {.filter = {.partition = {3, 3}}}};
  CHECK(subscription.next() == nullptr);
  CHECK(code_of(subscription.ended()) == Errc::invalid_argument);
}

TEST_CASE("a subscription tries again behind an error", "[subscription]") {
  FileEngine engine;
  fill(*engine.log, "delivery-1", 1, 2);
  engine.log.reset();
  FaultyFileSystem files{engine.files};
  auto log = FileLog::open(files, engine.clock, engine.directory.file("store"));
  REQUIRE(log);
  Subscription subscription{
      **log, {.checkpoint = engine.directory.file("mail"), .files = &files, .checkpoint_every = 1, .page_events = 1}};
  CHECK(subscription.next()->position == Position{1});
  files.fail(FileCall::open, 1, 5);
  CHECK(subscription.next() == nullptr);
  CHECK(code_of(subscription.ended()) == Errc::io_failed);
  files.heal();
  CHECK(subscription.next()->position == Position{2});
  CHECK(subscription.ended());
}

}  // namespace subscription_test
