// An event that was set aside can be tried again where that is right, and dropped.
#include <eventstore/projection/set_aside_events.hpp>

#include "projection/passing_collections.hpp"
#include "projection/unlucky.hpp"

namespace dead_letter_test {

using namespace bank;
using Health = es::ProjectionStatus::Health;

namespace {

struct Letters {
  UnluckyOffice office;
  std::unique_ptr<es::Collections> collections;
  es::SetAsideEvents events;

  explicit Letters(bool in_memory)
      : collections{make_collections(in_memory)}, events{office.log, office.aggregates, *collections, office.clock} {
    office.make_up(3, 20);
    UnluckyOffice::let({7, 11});
    run(office, *collections, office.unlucky());
  }
  es::ProjectionStatus status(const es::ProjectionType& projection) {
    es::ProjectionWorker worker{office.log, office.aggregates, *collections};
    return *worker.status(projection);
  }
};

}  // namespace

TEST_CASE("a retry gives the documents that the event would have given", "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  UnluckyOffice::let();
  const auto still = test.events.retry(test.office.journal, es::Position{7});
  REQUIRE(still);
  CHECK_FALSE(*still);
  CHECK(set_aside_at(*test.collections, "journal") == Places{11});
  REQUIRE(test.events.retry(test.office.journal, es::Position{11}));
  const auto expected = open_collections();
  run(test.office, *expected, {&test.office.journal});
  CHECK(documents(*test.collections, test.office.journal) == documents(*expected, test.office.journal));
  CHECK(*test.collections->count("journal") == 23);
  const auto status = test.status(test.office.journal);
  CHECK(status.health == Health::live);
  CHECK(status.set_aside == es::SetAsideCounts{});
  CHECK_FALSE(es::is_unwell(status));
  // The collection goes on from where it was.
  test.office.record("0", Deposited{1}, "even");
  CHECK(run(test.office, *test.collections, {&test.office.journal}).events == 1);
  CHECK(*test.collections->count("journal") == 24);
}

TEST_CASE("a retry that fails again keeps the event with its new error and counts", "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  const auto before = documents(*test.collections, test.office.journal);
  test.office.clock.advance_seconds(60);
  const auto still = test.events.retry(test.office.journal, es::Position{7});
  REQUIRE(still);
  REQUIRE(*still);
  const auto kept = (*test.collections->set_aside("journal")).front();
  CHECK(kept.position == es::Position{7});
  CHECK(kept.attempts == 2);
  CHECK(kept.noted_at == test.office.clock.now());
  CHECK((*still)->attempts == 2);
  CHECK_THAT(kept.error.detail, Catch::Contains("unlucky"));
  CHECK(documents(*test.collections, test.office.journal) == before);
}

TEST_CASE("a retry of documents that later events may have written is refused and says to rebuild",
          "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  UnluckyOffice::let();
  for (const auto* const projection : {&test.office.latest, &test.office.sums}) {
    const auto before = documents(*test.collections, *projection);
    const auto retried = test.events.retry(*projection, es::Position{7});
    REQUIRE_FALSE(retried);
    CHECK(retried.error().code == es::Errc::refused);
    CHECK_THAT(retried.error().message(), Catch::Contains("run `project rebuild " + projection->name() + "`"));
    CHECK(set_aside_at(*test.collections, projection->name()) == Places{7, 11});
    CHECK(documents(*test.collections, *projection) == before);
    es::ProjectionWorker worker{test.office.log, test.office.aggregates, *test.collections};
    REQUIRE(worker.rebuild(*projection));
    CHECK(set_aside_at(*test.collections, projection->name()).empty());
  }
}

TEST_CASE("an event that was not set aside cannot be retried or dropped", "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  CHECK(test.events.retry(test.office.journal, es::Position{8}).error().code == es::Errc::not_found);
  CHECK(test.events.drop(test.office.journal, es::Position{8}).error().code == es::Errc::not_found);
  CHECK(test.events.drop(test.office.lines, es::Position{7}).error().code == es::Errc::not_found);
}

TEST_CASE("a retry into documents of other code is refused", "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  UnluckyOffice::let();
  const auto retried = test.events.retry(es::projection<Journal>("another hash"), es::Position{7});
  REQUIRE_FALSE(retried);
  CHECK(retried.error().code == es::Errc::refused);
  CHECK_THAT(retried.error().message(), Catch::Contains("its code changed"));
  CHECK_THAT(retried.error().message(), Catch::Contains("run `project rebuild journal`"));
}

TEST_CASE("a dropped event is remembered and its collection is well", "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  REQUIRE(test.events.drop(test.office.sums, es::Position{7}));
  CHECK(test.status(test.office.sums).set_aside == es::SetAsideCounts{1, 1});
  CHECK(es::is_unwell(test.status(test.office.sums)));
  REQUIRE(test.events.drop(test.office.sums, es::Position{11}));
  CHECK(test.status(test.office.sums).set_aside == es::SetAsideCounts{0, 2});
  CHECK_FALSE(es::is_unwell(test.status(test.office.sums)));
  CHECK(set_aside_at(*test.collections, "sums") == Places{7, 11});
  CHECK(test.status(test.office.journal).set_aside == es::SetAsideCounts{2, 0});
}

TEST_CASE("a dropped event may be retried all the same", "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  REQUIRE(test.events.drop(test.office.journal, es::Position{7}));
  UnluckyOffice::let();
  REQUIRE(test.events.retry(test.office.journal, es::Position{7}));
  CHECK(set_aside_at(*test.collections, "journal") == Places{11});
}

TEST_CASE("dropped events make room for others that are set aside", "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  test.office.make_up(1, 3, 2);
  es::WorkerOptions options{};
  options.set_aside_max = 2;
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, *test.collections, options};
  UnluckyOffice::let({7, 11, 25});
  CHECK(worker.run({&test.office.sums})->left.size() == 1);
  REQUIRE(test.events.drop(test.office.sums, es::Position{7}));
  CHECK(worker.run({&test.office.sums})->left.empty());
  CHECK(set_aside_at(*test.collections, "sums") == Places{7, 11, 25});
}

namespace {

// Between a look at the collection and the commit another worker has moved it.
class MovesMeanwhile : public PassingCollections {
 public:
  MovesMeanwhile(UnluckyOffice& office, es::Collections& collections)
      : PassingCollections{collections}, office_{office}, real_{collections} {}
  es::Result<void> commit(std::span<const es::CollectionBatch> batches) override {
    if (moves_++ < 2) {
      office_.record("0", Deposited{1}, "even");
      run(office_, real_, {&office_.journal});
    }
    return PassingCollections::commit(batches);
  }

 private:
  UnluckyOffice& office_;
  es::Collections& real_;
  int moves_ = 0;
};

}  // namespace

TEST_CASE("a worker may move the collection during a retry", "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  UnluckyOffice::let();
  MovesMeanwhile moving{test.office, *test.collections};
  es::SetAsideEvents events{test.office.log, test.office.aggregates, moving, test.office.clock};
  const auto still = events.retry(test.office.journal, es::Position{7});
  REQUIRE(still);
  CHECK_FALSE(*still);
  CHECK(set_aside_at(*test.collections, "journal") == Places{11});
  CHECK(*test.collections->count("journal") == 24);
  CHECK(place_of(*test.collections, "journal") == *test.office.log.head());
}

TEST_CASE("messages of the dead letters of some streams are removed and the letters stay",
          "[projection][dead_letter]") {
  Letters test{GENERATE(true, false)};
  const auto& journal = test.office.journal;
  const auto before = *test.collections->set_aside("journal");
  REQUIRE(before.size() == 2);
  const bool are_of_one = before[0].stream == before[1].stream;
  CHECK(*test.events.forget_messages(journal, {before[0].stream, "account-none"}) == (are_of_one ? 2 : 1));
  const auto after = *test.collections->set_aside("journal");
  REQUIRE(after.size() == 2);
  CHECK(after[0].position == before[0].position);
  CHECK(after[0].error.code == before[0].error.code);
  CHECK(after[0].error.detail != before[0].error.detail);
  CHECK_THAT(after[0].error.message(), Catch::Contains("the message was removed"));
  CHECK((after[1].error.detail == before[1].error.detail) != are_of_one);
  CHECK(*test.events.forget_messages(journal, {}) == 0);
  CHECK(test.status(journal).set_aside == es::SetAsideCounts{2, 0});
}

}  // namespace dead_letter_test
