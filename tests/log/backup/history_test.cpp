// Which store's history a backup goes on with.
#include "backup_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("a backup belongs to one store") {
  BackupCase at;
  at.append_events(5);
  const auto state = at.make_backup().state;
  StoreOnDisk other;
  fill(*other.open(), "delivery-1", 1, 50);
  const auto refused = backup(other.files, other.path(), at.to, at.backup_path(), other.clock);
  REQUIRE(code_of(refused) == Errc::invalid_argument);
  CHECK(refused.error().message() == "invalid_argument: back up [" + other.path() +
                                         "]: the backup in this directory is of another store, " +
                                         state.store_id.to_string() + ": back up to another directory");
  CHECK(at.check().is_complete);
  CHECK(at.restored_events() == at.events());
}

TEST_CASE("a store that lost its end is refused") {
  BackupCase at;
  at.append_events(40);
  at.store.keep();
  at.append_events(GENERATE(1U, 40U));
  at.make_backup();
  at.keep_backup();
  at.store.return_to_kept();
  const auto refused = at.try_backup();
  REQUIRE(code_of(refused) == Errc::invalid_argument);
  CHECK_THAT(refused.error().detail,
             Catch::StartsWith("the store no longer has the history that was backed up to position") &&
                 Catch::EndsWith(": back up to another directory"));
  CHECK(at.check().is_complete);
}

TEST_CASE("a store with another history is refused, be it longer") {
  BackupCase at;
  at.append_events(40);
  at.store.keep();
  at.append_events(3);
  at.make_backup();
  at.store.return_to_kept();
  at.store.clock.advance_seconds(10);
  at.append_events(GENERATE(3U, 60U));
  CHECK(code_of(at.try_backup()) == Errc::invalid_argument);
  CHECK(at.check().state.last == Position{43});
}

TEST_CASE("a store restored to an earlier point forks, and its checksums show it") {
  BackupCase at;
  at.append_events(20);
  at.make_backup();
  at.restore({.position = Position{15}});
  const auto log = at.open();
  const auto fork = at.open_restored();
  at.append_events(*fork, 5);
  CHECK(*fork->checksum_at(Position{15}) == *log->checksum_at(Position{15}));
  CHECK(*fork->checksum_at(Position{16}) != *log->checksum_at(Position{16}));
  CHECK(code_of(backup(at.disk, at.restored_path(), at.to, at.backup_path(), at.store.clock)) ==
        Errc::invalid_argument);
}

TEST_CASE("a store restored to the end goes on with the same backup") {
  BackupCase at;
  at.append_events(20);
  at.make_backup();
  at.restore();
  const auto copy = at.open_restored();
  at.append_events(*copy, 30);
  const auto report = value_of(backup(at.disk, at.restored_path(), at.to, at.backup_path(), at.store.clock));
  CHECK(report.state.last == Position{50});
  CHECK(at.check().is_complete);
}

TEST_CASE("segments that the store dropped stay in the backup") {
  BackupCase at;
  at.append_events(60);
  const auto all = at.events();
  at.make_backup();
  const auto log = at.open();
  at.append_events(*log, 60);
  std::filesystem::remove(at.store.segment(1));
  SECTION("the first") { CHECK(at.make_backup().files_kept >= 2); }
  SECTION("all that were sealed and copied") {
    at.make_backup();
    const auto segments = static_cast<int>(at.check().state.segments);
    for (int number = 2; number < segments; ++number) std::filesystem::remove(at.store.segment(number));
    CHECK(at.make_backup().state.last == Position{120});
  }
  CHECK(first_of(at.restored_events(), 60) == all);
  CHECK(at.restored_events().size() == 120);
}

TEST_CASE("a store that dropped what was not copied yet is refused, and so is one that lacks its beginning") {
  BackupCase at;
  at.append_events(30);
  const auto segments = static_cast<int>(at.make_backup().state.segments);
  const auto log = at.open();
  at.append_events(*log, 60);
  for (int number = 1; number <= segments + 1; ++number) std::filesystem::remove(at.store.segment(number));
  const auto refused = at.try_backup();
  REQUIRE(code_of(refused) == Errc::invalid_argument);
  CHECK(refused.error().detail ==
        "the store dropped events after position 30 that were not backed up yet: back up to another directory");
  std::filesystem::remove_all(at.backup_path());
  const auto lacking = at.try_backup();
  REQUIRE(code_of(lacking) == Errc::corrupt_record);
  CHECK(lacking.error().where == at.store.segment(1));
}
