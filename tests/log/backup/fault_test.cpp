// Backups that are cut off, anywhere.
#include "backup_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr FileCall changing[] = {FileCall::open,   FileCall::write,          FileCall::sync,          FileCall::rename,
                                 FileCall::remove, FileCall::make_directory, FileCall::sync_directory};

}  // namespace

TEST_CASE("a first backup cut off at any file operation is none, or whole, and the next run completes it") {
  BackupCase at;
  at.append_events(40);
  const auto all = at.events();
  for (const auto call : changing) {
    bool has_failed = true;
    for (int nth = 1; has_failed; ++nth) {
      CAPTURE(static_cast<int>(call), nth);
      std::filesystem::remove_all(at.backup_path());
      at.to.fail(call, nth, nth % 2 == 0 ? EIO : ENOSPC, 13);
      has_failed = !at.try_backup();
      at.to.heal();
      const auto found = at.try_check();
      if (found)
        REQUIRE((found->state.last == Position{40} && at.restored_events() == all));
      else
        REQUIRE(code_of(found) == Errc::not_found);
      REQUIRE((has_failed || found->is_complete));
      REQUIRE(at.make_backup().state.last == Position{40});
      REQUIRE(at.check().is_complete);
    }
  }
}

TEST_CASE("a later backup cut off at any file operation is the one before, or the new one, and whole") {
  BackupCase at;
  at.append_events(40);
  const auto before = at.events();
  at.make_backup();
  at.keep_backup();
  at.append_events(40);
  const auto after = at.events();
  for (const auto call : changing) {
    bool has_failed = true;
    for (int nth = 1; has_failed; ++nth) {
      CAPTURE(static_cast<int>(call), nth);
      at.put_backup_back();
      at.to.fail(call, nth, nth % 2 == 0 ? EIO : ENOSPC, 13);
      has_failed = !at.try_backup();
      at.to.heal();
      const auto found = at.check();
      REQUIRE((found.state.last == Position{40} || found.state.last == Position{80}));
      REQUIRE((has_failed || found.is_complete));
      REQUIRE(at.restored_events() == (found.state.last == Position{40} ? before : after));
      REQUIRE(at.make_backup().state.last == Position{80});
      REQUIRE(at.check().is_complete);
      REQUIRE(at.restored_events() == after);
    }
  }
}

TEST_CASE("once a copy was begun, a cut off backup is marked as in progress") {
  BackupCase at;
  at.append_events(40);
  at.make_backup();
  at.append_events(40);
  at.to.fail(FileCall::write, 3, ENOSPC);  // the lock's text, the mark, and then the first new bytes
  CHECK(code_of(at.try_backup()) == Errc::out_of_space);
  at.to.heal();
  CHECK_FALSE(at.check().is_complete);
  CHECK(at.check().state.last == Position{40});
}

TEST_CASE("a source that cannot be read is an error, and what was copied before is whole") {
  BackupCase at;
  at.append_events(40);
  at.make_backup();
  at.keep_backup();
  at.append_events(40);
  const auto call = GENERATE(FileCall::read, FileCall::map);
  bool has_failed = true;
  for (int nth = 1; has_failed; ++nth) {
    CAPTURE(nth);
    at.put_backup_back();
    at.store.files.fail(call, nth, EIO);
    const auto report = at.try_backup();
    at.store.files.heal();
    has_failed = !report;
    if (has_failed) REQUIRE(report.error().os_errno == EIO);
    REQUIRE(at.check().state.last == Position{has_failed ? 40U : 80U});
  }
}

TEST_CASE("writes that take a few bytes at a time are completed in a backup") {
  BackupCase at;
  at.append_events(40);
  at.to.write_short(7);
  at.make_backup();
  CHECK(at.restored_events() == at.events());
}
