// Processes that start together with the writer, after the machine was started: whichever of a reader's calls the
// writer comes between, no commit is shown that is not acknowledged, and nothing is taken for damage.
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>

#include "hooked_file_system.hpp"
#include "store_on_disk.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

/// A store of five events, and a writer that opens it, and then appends a commit whose sync fails.
struct StartUp : StoreOnDisk {
  explicit StartUp(std::string boot) {
    fill(*open(), "delivery-1", 1, 5);
    before.boot = after.boot = std::move(boot);
  }

  HookedFileSystem before{disk};  // the writer's
  HookedFileSystem after{disk};   // of the process that only reads
  std::unique_ptr<FileLog> writer;

  void start_writer() {
    auto opened = FileLog::open(before, clock, path(), {});
    if (!opened) FAIL(opened.error().message());
    writer = std::move(*opened);
    before.before_sync = [](const std::string& name) -> Result<void> { return failing_call(name); };
    CHECK(code_of(append(*writer, {event("delivery-1", 6)})) == Errc::outcome_unknown);
    before.before_sync = [](const std::string&) { return Result<void>{}; };
  }
  /// The writer starts before the `nth` call that reads.
  void start_writer_before(int nth) {
    after.before_read = [this, nth] {
      if (++calls_ == nth) start_writer();
    };
  }
  [[nodiscard]] bool has_started() const { return writer != nullptr; }

 private:
  int calls_ = 0;
};

// Runs `check(store)` once for each call of the reading process, before which the writer starts, until the process ends
// before the writer has started.
template <class Check> void at_every_moment(Check check) {
  const auto boot = GENERATE(std::string{"another run"}, std::string{});
  bool has_started = true;
  for (int nth = 1; has_started; ++nth) {
    CAPTURE(boot, nth);
    StartUp store{boot};
    store.start_writer_before(nth);
    check(store);
    has_started = store.has_started();
  }
}

}  // namespace

TEST_CASE("a reader that starts together with the writer sees what is acknowledged", "[start_up]") {
  at_every_moment([](StartUp& store) {
    const auto reader = FileLog::open(store.after, store.clock, store.path(), {.mode = StartUp::Mode::read_only});
    REQUIRE(reader);
    REQUIRE(*(*reader)->head() == Position{5});
    REQUIRE((*reader)->read_all()->events.size() == 5);
  });
}

TEST_CASE("a backup that starts together with the writer holds what is acknowledged", "[start_up]") {
  at_every_moment([](StartUp& store) {
    const auto report = backup(store.after, store.path(), store.disk, store.path() + "-backup", store.clock, {});
    REQUIRE(report);
    REQUIRE(report->state.last == Position{5});
  });
}

TEST_CASE("verification that starts together with the writer finds no damage", "[start_up]") {
  at_every_moment([](StartUp& store) {
    const auto report = verify(store.after, store.path(), {}, {});
    REQUIRE(report);
    REQUIRE(report->findings.empty());
    REQUIRE(report->last == Position{5});
  });
}

TEST_CASE("where the system does not tell when it was started, a reader follows the writer", "[start_up]") {
  StartUp store{{}};
  const auto reader = FileLog::open(store.after, store.clock, store.path(), {.mode = StartUp::Mode::read_only});
  REQUIRE(reader);
  auto writer = *FileLog::open(store.before, store.clock, store.path(), {});
  fill(*writer, "delivery-1", 6, 3);
  CHECK(*(*reader)->head() == Position{8});
  REQUIRE(writer->close());
  CHECK(*(*reader)->head() == Position{8});
}
