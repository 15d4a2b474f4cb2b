// What a projection does when there is no memory: any one allocation of a run fails, or that one and all later ones, of
// the worker alone or of the thread that commits as well.
#include "failing_memory.hpp"
#include "projection/bank_worker.hpp"

using namespace bank;
using es::test::Counted;
using es::test::has_failed;
using es::test::with_memory_for;

namespace {

using Projections = std::vector<const es::ProjectionType*>;

// Runs `use` on a worker whose memory runs out, once for each allocation; then on the same worker with memory, and
// `check` looks at what there is.
template <class Use, class Check> void with_little_memory(Use use, Check check) {
  const auto lasting = GENERATE(false, true);
  const auto counted = GENERATE(Counted::this_thread, Counted::all_threads);
  has_failed() = true;
  int failures = 0;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(lasting, counted == Counted::all_threads, nth);
    Office office;
    office.make_up(2, 4);
    const auto collections = open_collections();
    run(office, *collections, {&office.balances});
    office.make_up(1, 3, 7);
    const auto all = office.all();
    es::ProjectionWorker worker{office.log, office.aggregates, *collections, {3, {}}};
    const auto done = with_memory_for(
        nth, lasting, [&] { return use(all, worker); }, counted);
    const bool has_run_out = has_failed();
    if (!done) {
      ++failures;
      REQUIRE(done.error().code == es::Errc::out_of_memory);
      const auto again = use(all, worker);
      if (!again) FAIL(again.error().message());
    }
    check(office, *collections);
    has_failed() = has_run_out;
  }
  CHECK(failures > 20);
}

}  // namespace

TEST_CASE("a run whose memory runs out says so, and the same worker goes on", "[projection][memory]") {
  std::vector<es::SqlRow> fresh;  // every office has the same events
  with_little_memory([](const Projections& all, es::ProjectionWorker& worker) { return worker.run(all); },
                     [&](Office& office, es::SqliteCollections& collections) {
                       if (fresh.empty()) {
                         auto made = open_collections();
                         run(office, *made, office.all());
                         fresh = dump(*made);
                       }
                       REQUIRE(dump(collections) == fresh);
                       for (const auto* const projection : office.all()) {
                         const auto made = certificate_of(collections, projection->name());
                         REQUIRE(made.digest);
                         REQUIRE(*made.digest == *collections.compute_digest(projection->shape, projection->name()));
                       }
                     });
}

TEST_CASE("a rebuild whose memory runs out says so, and is made later", "[projection][memory]") {
  with_little_memory([](const Projections& all, es::ProjectionWorker& worker) { return worker.rebuild(*all.front()); },
                     [](Office& office, es::SqliteCollections& collections) {
                       auto fresh = open_collections();
                       run(office, *fresh, {&office.balances});
                       const auto all = [](es::SqliteCollections& of) {
                         return rows(of, "SELECT * FROM balances ORDER BY _id");
                       };
                       REQUIRE(all(collections) == all(*fresh));
                     });
}
