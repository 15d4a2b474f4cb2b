// Snapshots and lock files of the build whose states had standard containers: kept/flat_maps, of 344 events. Today's
// states share structure, and are the same values.
#include <aggregates/aggregates.hpp>
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <catch2/catch.hpp>
#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/schema/lock_file.hpp>
#include <fstream>

#include "temporary_directory.hpp"

using namespace eventstore;
namespace fs = std::filesystem;

namespace {

// A copy, because a log that is opened makes files.
struct FlatMaps {
  test::TemporaryDirectory directory;
  PosixFileSystem files;
  ManualClock clock{must(Timestamp::parse("2026-02-01T00:00:00Z"))};
  std::unique_ptr<FileLog> log;

  FlatMaps() {
    fs::copy(EVENTSTORE_KEPT_STATES, directory.path(), fs::copy_options::recursive);
    log = must(FileLog::open(files, clock, directory.file("store"), {.mode = FileLogOptions::Mode::read_only}));
  }

  Snapshot snapshot(const std::string& stream) {
    FileSnapshots snapshots{files, directory.file("snapshots"), FileSnapshots::Mode::read_only};
    auto found = must(snapshots.newest(StreamId::trusted(stream), no_version_limit));
    REQUIRE(found);
    return std::move(*found);
  }
  template <class A> void check_snapshot(const std::string& key) {
    const auto kept = snapshot(std::string{A::category} + "-" + key);
    const auto state = must(decode<typename A::State>(kept.state));
    const Repository<A> repository{*log, clock};
    const auto replayed = must(repository.load(key));
    CHECK(kept.version == replayed.version);
    CHECK(to_json(state) == to_json(replayed.state));
    CHECK(encode(replayed.state) == kept.state);
  }
};

// "shape:…", the digest of the state's schema.
// Fields are marked as personal since; their bytes are as before.
Schema without_marks(const Schema& schema) {
  auto descriptor = schema.descriptor;
  for (const std::string mark{"@personal"}; descriptor.find(mark) != std::string::npos;)
    descriptor.erase(descriptor.find(mark), mark.size());
  return must(Schema::parse(descriptor));
}

std::string shape_in(const std::string& fingerprint) { return fingerprint.substr(0, fingerprint.find(' ')); }

}  // namespace

// The states of campaigns and conversations have got fields since; a delivery's has the ones of then.
TEST_CASE("a snapshot with flat lists has the bytes of a state that shares structure", "[kept]") {
  FlatMaps kept;
  kept.check_snapshot<domain::Delivery>("d-1");
}

TEST_CASE("the schema of a state is the one that it had with flat lists", "[kept]") {
  FlatMaps kept;
  const auto shape = shape_in(kept.snapshot("delivery-d-1").fingerprint);
  CHECK_FALSE(shape.empty());
  auto before = domain::delivery_type();
  const auto then = without_marks(*before.state_schema);
  before.state_schema = &then;
  CHECK(shape_in(detail::fingerprint_of(before, "any code")) == shape);
}

TEST_CASE("a lock file of the build with flat maps is read and has the schemas of today", "[kept]") {
  const auto text_of = [](const fs::path& path) {
    std::ifstream file{path};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
  };
  for (const auto* const name : {"activity", "campaign", "conversation", "delivery", "metric"}) {
    const auto before =
        must(parse_lock(text_of(fs::path{EVENTSTORE_KEPT_STATES} / "locks" / (name + std::string{".lock"}))));
    const auto now = must(parse_lock(text_of(fs::path{EVENTSTORE_AGGREGATES} / name / "schemas.lock")));
    REQUIRE(before.size() <= now.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      CHECK(before[i].schema.name == now[i].schema.name);
      CHECK(before[i].schema.id == now[i].schema.id);
    }
  }
}
