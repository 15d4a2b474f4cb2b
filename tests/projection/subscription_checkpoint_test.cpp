// The checkpoint of a subscription: what it has been given is given once, over restarts and crashes.
#include <eventstore/projection/subscription.hpp>
#include <eventstore/testing/simulated_disk.hpp>

#include "laws/event_log_laws.hpp"

namespace subscription_checkpoint_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr auto path = "readers/mail";

// Gives all events that are there, and leaves as a program does that ends.
Numbers read_on(const EventLog& log, FileSystem& files, SubscriptionFilter filter = {}, From from = From::beginning()) {
  Subscription subscription{log, {.from = from, .filter = std::move(filter), .checkpoint = path, .files = &files}};
  Numbers positions;
  while (const auto* const event = subscription.next_here()) positions.push_back(event->position.value);
  if (const auto ended = subscription.ended(); !ended) FAIL(ended.error().message());
  return positions;
}

Errc code_of_reading_on(const EventLog& log, FileSystem& files, SubscriptionFilter filter = {}) {
  Subscription subscription{log, {.filter = std::move(filter), .checkpoint = path, .files = &files}};
  CHECK(subscription.next() == nullptr);
  return code_of(subscription.ended());
}

}  // namespace

TEST_CASE("a subscription goes on behind its checkpoint", "[subscription]") {
  MemoryEngine engine;
  SimulatedDisk files;
  fill(*engine.log, "delivery-1", 1, 3);
  CHECK(read_on(*engine.log, files) == Numbers{1, 2, 3});
  fill(*engine.log, "delivery-1", 4, 2);
  CHECK(read_on(*engine.log, files) == Numbers{4, 5});
  CHECK(read_on(*engine.log, files).empty());
}

TEST_CASE("a subscription that is left in its loop gives the event again unless it was saved", "[subscription]") {
  MemoryEngine engine;
  SimulatedDisk files;
  fill(*engine.log, "delivery-1", 1, 3);
  {
    Subscription subscription{*engine.log, {.checkpoint = path, .files = &files}};
    (void)subscription.next();
    CHECK(subscription.save());
    (void)subscription.next();
  }
  CHECK(read_on(*engine.log, files) == Numbers{2, 3});
}

TEST_CASE("a checkpoint moves over the events that the filter passes over", "[subscription]") {
  MemoryEngine engine;
  SimulatedDisk files;
  const SubscriptionFilter filter{.types = {"Nothing", "Else"}};
  fill(*engine.log, "delivery-1", 1, 10);
  {
    Subscription subscription{
        *engine.log, {.filter = filter, .checkpoint = path, .files = &files, .checkpoint_every = 5, .page_events = 2}};
    CHECK(subscription.next_here() == nullptr);
  }
  const auto kept = CheckpointFile{files, path}.read(*engine.log, filter.digest());
  REQUIRE(kept);
  REQUIRE(*kept);
  CHECK((*kept)->position >= Position{5});
}

TEST_CASE("a subscription from now keeps its place from the start", "[subscription]") {
  MemoryEngine engine;
  SimulatedDisk files;
  fill(*engine.log, "delivery-1", 1, 3);
  { const Subscription unused{*engine.log, {.from = From::now(), .checkpoint = path, .files = &files}}; }
  fill(*engine.log, "delivery-1", 4, 1);
  CHECK(read_on(*engine.log, files, {}, From::now()) == Numbers{4});
}

TEST_CASE("a lost checkpoint begins where the subscription is told to", "[subscription]") {
  MemoryEngine engine;
  SimulatedDisk files;
  fill(*engine.log, "delivery-1", 1, 3);
  (void)read_on(*engine.log, files);
  SECTION("it was removed") { REQUIRE(files.remove(path)); }
  SECTION("it was damaged") {
    auto file = files.open(path, OpenMode::write);
    REQUIRE(write_all(**file, 40, as_bytes("x")));
  }
  SECTION("it was cut off") {
    REQUIRE(files.remove(path));
    auto file = files.open(path, OpenMode::create_new);
    REQUIRE(write_all(**file, 0, as_bytes("ESPLACE1")));
  }
  CHECK(read_on(*engine.log, files, {}, From::position(Position{2})) == Numbers{2, 3});
}

TEST_CASE("a checkpoint of another history is told and not used", "[subscription]") {
  MemoryEngine engine;
  SimulatedDisk files;
  fill(*engine.log, "delivery-1", 1, 3);
  (void)read_on(*engine.log, files);
  SECTION("it is another log's") {
    MemoryEngine other;
    fill(*other.log, "delivery-1", 1, 3);
    CHECK(code_of_reading_on(*other.log, files) == Errc::corrupt_record);
  }
  SECTION("it is of a history that is no longer this one") {
    auto place = *LogPlace::at(*engine.log, Position{3});
    place.checksum ^= 1U;
    REQUIRE(CheckpointFile{files, path}.write(place, SubscriptionFilter{}.digest()));
    CHECK(code_of_reading_on(*engine.log, files) == Errc::corrupt_record);
  }
  SECTION("it is past the end of the log") {
    const LogPlace place{engine.log->store_id(), Position{7}, 1};
    REQUIRE(CheckpointFile{files, path}.write(place, SubscriptionFilter{}.digest()));
    CHECK(code_of_reading_on(*engine.log, files) == Errc::corrupt_record);
  }
}

TEST_CASE("a checkpoint of another filter is refused", "[subscription]") {
  MemoryEngine engine;
  SimulatedDisk files;
  fill(*engine.log, "delivery-1", 1, 3);
  (void)read_on(*engine.log, files, {.categories = {"campaign"}});
  CHECK(code_of_reading_on(*engine.log, files) == Errc::invalid_argument);
  CHECK(read_on(*engine.log, files, {.categories = {"campaign", "campaign"}}).empty());
}

TEST_CASE("a checkpoint without a file system is refused", "[subscription]") {
  MemoryEngine engine;
  Subscription subscription{*engine.log, {.checkpoint = path}};
  CHECK(subscription.next() == nullptr);
  CHECK(code_of(subscription.ended()) == Errc::invalid_argument);
}

TEST_CASE("each partition has a checkpoint of its own under one path", "[subscription]") {
  MemoryEngine engine;
  SimulatedDisk files;
  for (std::uint64_t stream = 0; stream < 20; ++stream)
    fill(*engine.log, "delivery-" + std::to_string(stream), 1 + stream, 1);
  const auto first = read_on(*engine.log, files, {.partition = {0, 2}});
  const auto second = read_on(*engine.log, files, {.partition = {1, 2}});
  CHECK(first.size() + second.size() == 20);
  CHECK(read_on(*engine.log, files, {.partition = {0, 2}}).empty());
  CHECK(*files.list("readers") == std::vector<std::string>{"mail.0-of-2", "mail.1-of-2"});
}

TEST_CASE("after a power cut at any moment no event is missed", "[subscription][crash]") {
  MemoryEngine engine;
  fill(*engine.log, "delivery-1", 1, 12);
  for (std::uint64_t cut = 1;; ++cut) {
    CAPTURE(cut);
    SimulatedDisk files{{.seed = cut}};
    files.cut_power_after(cut);
    Numbers handled;
    const auto read = [&] {
      Subscription subscription{*engine.log,
                                {.checkpoint = path, .files = &files, .checkpoint_every = 2, .page_events = 3}};
      while (const auto* const event = subscription.next_here()) handled.push_back(event->position.value);
      return subscription.ended().has_value();
    };
    const bool was_cut = !read();
    files.restart();
    const auto before = handled.size();
    CHECK(read());
    // What is given again follows on what was given, without a hole.
    if (before < handled.size()) CHECK(handled[before] <= before + 1);
    std::ranges::sort(handled);
    handled.erase(std::unique(handled.begin(), handled.end()), handled.end());
    CHECK(handled.size() == 12);
    if (!was_cut) break;
  }
}

}  // namespace subscription_checkpoint_test
