#include <eventstore/app/backup.hpp>
#include <eventstore/schema/codec.hpp>

#include "branch.hpp"

namespace backup_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

struct Archive : SmallBranch {
  const app::Backup parameters{.directory = file("backup")};
  const std::string copy = file("copy");

  es::Result<app::BackupMade> backup(std::stop_token stop = {}, const app::OnProgress& on_progress = {}) {
    return app::backup({files, directory, files}, parameters, clock, on_progress, std::move(stop));
  }
  es::Result<app::Restored> restore(app::Restore how = {}) {
    how.directory = parameters.directory;
    return app::restore({files, copy, files}, how);
  }
};

std::stop_token stopped() {
  static std::stop_source stop;
  stop.request_stop();
  return stop.get_token();
}

}  // namespace

TEST_CASE("a backup is made, checked and restored", "[backup]") {
  Archive archive;
  archive.fill(60);
  double part = 0;
  const auto made = must(archive.backup({}, [&](const app::Progress& now) { part = std::max(part, now.part); }));
  CHECK(part > 0);
  CHECK(made.content.position == 60);
  CHECK(made.content.recorded_from == noon);
  CHECK(made.content.recorded_to == noon.plus_seconds(59));
  CHECK(made.files_copied > 0);
  CHECK_THAT(es::to_json(made), Catch::StartsWith(R"({"store_id":")") && !Catch::Contains("content"));
  CHECK(must(archive.backup()).files_copied == 0);
  const auto checked = must(app::check_backup(archive.files, archive.parameters));
  CHECK(checked.complete);
  CHECK(checked.content.store_id == made.content.store_id);
  const auto restored = must(archive.restore());
  CHECK(restored.store_id == made.content.store_id);
  CHECK(restored.position == 60);
  CHECK(!restored.left_out_from);
}

TEST_CASE("a store without events has no times", "[backup]") {
  Archive archive;
  { REQUIRE(archive.open().close()); }
  CHECK_THAT(es::to_json(must(archive.backup())), Catch::Contains(R"("position":0,"segments":)"));
}

TEST_CASE("a restore ends at a position or a time", "[backup]") {
  Archive archive;
  archive.fill(60);
  REQUIRE(archive.backup());
  CHECK(must(archive.restore({.to_position = 7})).position == 7);
  CHECK(archive.restore({.to_position = 7}).error().code == Errc::invalid_argument);  // it is a store now
  std::filesystem::remove_all(archive.copy);
  CHECK(must(archive.restore({.to_time = noon.plus_seconds(3)})).position == 4);
  std::filesystem::remove_all(archive.copy);
  CHECK(archive.restore({.to_position = 61}).error().code == Errc::not_found);
}

TEST_CASE("what cannot be copied is an error, and who waits may stop it", "[backup]") {
  Archive archive;
  CHECK(archive.backup().error().code == Errc::not_found);
  CHECK(archive.restore().error().code == Errc::not_found);
  CHECK(app::check_backup(archive.files, archive.parameters).error().code == Errc::not_found);
  archive.fill(60);
  CHECK(archive.backup(stopped()).error().code == Errc::stopped);
  REQUIRE(archive.backup());
  CHECK(app::check_backup(archive.files, archive.parameters, {}, stopped()).error().code == Errc::stopped);
}

}  // namespace backup_test
