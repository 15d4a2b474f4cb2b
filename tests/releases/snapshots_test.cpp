// A snapshot is of one release: another makes its own.
#include <eventstore/aggregate/file_snapshots.hpp>

#include "aggregate/snapshot_bank.hpp"
#include "releases/box_office.hpp"

namespace snapshots_test {

using namespace tickets;

namespace {

struct Snapshots {
  BoxOffice office;
  bank::TemporaryDirectory directory;
  es::PosixFileSystem files;
  es::FileSnapshots store{files, directory.path / "snapshots"};
  es::Snapshots snapshots{store, office.clock, es::SnapshotPolicy::every(1)};

  // Both releases have the same hash of their code: what tells them apart is what their events and states are.
  template <class Ticket> es::Loaded<Ticket> load() {
    es::Repository<Ticket> repository{office.log, office.clock, snapshots, "code"};
    auto loaded = repository.load("1");
    if (!loaded) FAIL(loaded.error().message());
    return std::move(*loaded);
  }
};

}  // namespace

TEST_CASE("no release uses another's snapshots, forth or back", "[rollback][snapshot]") {
  Snapshots on;
  on.office.must_run<newer::Ticket>("1", newer::Issue{"ada", newer::Seat::circle});
  on.office.must_run<newer::Ticket>("1", newer::Use{"north"});
  CHECK(on.load<newer::Ticket>().state.gate == "north");
  CHECK(on.snapshots.counts().taken == 1);
  CHECK(on.load<newer::Ticket>().state.gate == "north");
  CHECK(on.snapshots.counts().used == 1);

  const auto older = on.load<older::Ticket>();
  CHECK(older.state == on.office.load<older::Ticket>("1").state);
  CHECK(on.snapshots.counts().used == 1);
  CHECK(on.snapshots.counts().ignored == 1);
  CHECK(on.snapshots.counts().taken == 2);

  const auto newer = on.load<newer::Ticket>();
  CHECK(newer.state == on.office.load<newer::Ticket>("1").state);
  CHECK(on.snapshots.counts().used == 1);
  CHECK(on.snapshots.counts().ignored == 2);
}

}  // namespace snapshots_test
