// Processes that start together with the writer, after the machine was started: whichever of a reader's calls the
// writer comes between, no commit is shown that is not acknowledged, and nothing is taken for damage.
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>

#include "at_step.hpp"
#include "hooked_file_system.hpp"
#include "store_on_disk.hpp"

namespace start_up_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

/// A store of five events, whose writer did not close it, and another writer that opens it, and then appends a commit
/// whose sync fails.
struct StartUp : StoreOnDisk {
  explicit StartUp(std::string boot) {
    const auto log = open();
    fill(*log, "delivery-1", 1, 5);
    std::filesystem::copy(path(), path() + "-before-closing", std::filesystem::copy_options::recursive);
    REQUIRE(log->close());
    std::filesystem::remove_all(path());
    std::filesystem::rename(path() + "-before-closing", path());
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
};

// Runs `check(store)` once for each step of the reading process at which the writer starts, until the process ends
// before the writer has started. A slow process has no patience left when it would wait for the writer.
template <class Check> void at_every_moment(Check check) {
  const auto boot = GENERATE(std::string{"another run"}, std::string{});
  const bool is_slow = GENERATE(false, true);
  bool has_started = true;
  for (int nth = 1; has_started; ++nth) {
    CAPTURE(boot, is_slow, nth);
    StartUp store{boot};
    store.after.before_read = [] { thread_step(); };
    const AtStep writer_starts{nth, is_slow, [&] { store.start_writer(); }};
    check(store);
    has_started = writer_starts.has_happened();
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

}  // namespace start_up_test
