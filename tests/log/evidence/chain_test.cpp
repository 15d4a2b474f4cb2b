// History that was rewritten by someone who knows the format.
#include "sealed_store.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

void remove_seals(const SealedStore& store) {
  for (std::uint32_t number = 1; number <= store.head.segment; ++number)
    std::filesystem::remove(store.seal_file(static_cast<int>(number)));
}

std::size_t record_of(SealedStore& store, std::uint64_t position) {
  std::size_t found = 0;
  Forger{store}.change(position, [&](std::string&, std::size_t at) { found = at; });
  return found;
}

}  // namespace

TEST_CASE("an event that was changed with all checksums made anew is found by the chain alone, by its position") {
  SealedStore store;
  const auto at = record_of(store, 4);
  Forger{store}.change_event(4);
  CHECK(lines_of(store.check({})).empty());
  const auto report = store.check();
  CHECK(lines_of(report) == Lines{"altered 1.log " + std::to_string(at) +
                                  " 4-4 the event differs from the one that was sealed at this position"});
  CHECK(report.chain->head == store.head);
}

TEST_CASE("each event of every finished segment is covered, and none of the tail") {
  SealedStore store;
  for (std::uint64_t position = 1; position <= SealedStore::events; ++position) {
    CAPTURE(position);
    store.put_back();
    Forger{store}.change_event(position);
    const auto report = store.check();
    if (Position{position} <= store.head.covered_to) {
      REQUIRE(report.findings.size() == 1);
      CHECK(report.findings[0].first == Position{position});
    } else {
      CHECK(report.findings.empty());
    }
  }
}

TEST_CASE("when an event was recorded is covered too, and so is its position") {
  SealedStore store;
  SECTION("recorded_at") {
    Forger{store}.each_commit([](std::string&, std::size_t, format::CommitHeader& header) { header.recorded_at += 1; });
    const auto report = store.check();
    REQUIRE(report.findings.size() == store.head.segment);
    CHECK(report.findings[0].first == Position{1});
    CHECK(report.findings[0].what == "the event differs from the one that was sealed at this position");
  }
  SECTION("two events that changed places") {
    Forger{store}.each_commit([](std::string&, std::size_t, format::CommitHeader& header) {
      if (header.event_count == 1 && (header.first_position == 4 || header.first_position == 5))
        header.first_position = 9 - header.first_position;
    });
    const auto report = store.check();
    const bool is_named = std::any_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
      return finding.what == "the event differs from the one that was sealed at this position";
    });
    CHECK(is_named);
  }
}

TEST_CASE("a schema's descriptor is held to its id") {
  SealedStore store;
  std::size_t at = 0;
  Forger{store}.each_commit([&](std::string& bytes, std::size_t offset, format::CommitHeader& header) {
    const auto found = bytes.find("what:text", offset);
    if (at != 0 || found == std::string::npos || found > offset + header.length) return;
    at = offset + sizeof header;
    bytes.replace(found, 9, "that:text");
  });
  REQUIRE(at > 0);
  CHECK(lines_of(store.check({})).empty());
  CHECK(lines_of(store.check()) ==
        Lines{"altered 1.log " + std::to_string(at) + " 0-0 the descriptor of schema " +
              SealedStore::schema_id().digest.to_string() + " is not the one that this id stands for"});
}

TEST_CASE("a kept digest is found in the log, whether it is the last or an older one") {
  SealedStore store;
  const auto newest = store.check({.kept_head = store.head.digest});
  CHECK(lines_of(newest).empty());
  CHECK(newest.chain->kept == KeptHead::in_log);
  CHECK(newest.chain->kept_segment == store.head.segment);
  CHECK(newest.chain->kept_covers_to == store.head.covered_to);

  const auto older = store.head;
  {
    auto log = store.open({.segment_bytes_max = small_segment});
    fill(*log, "delivery-3", 1000, 40);
  }
  store.seal();
  REQUIRE(store.head.segment > older.segment);
  const auto report = store.check({.kept_head = older.digest});
  CHECK(lines_of(report).empty());
  CHECK(report.chain->kept == KeptHead::in_log);
  CHECK(report.chain->kept_segment == older.segment);
  CHECK(report.chain->kept_covers_to == older.covered_to);
}

TEST_CASE("a rewritten log with rewritten seals passes, until a digest is there that was kept elsewhere") {
  SealedStore store;
  const auto kept = store.head.digest;
  Forger{store}.change_event(4);
  remove_seals(store);
  store.seal();
  REQUIRE(store.head.digest != kept);
  CHECK(lines_of(store.check()).empty());
  const auto report = store.check({.kept_head = kept});
  CHECK(report.chain->kept == KeptHead::not_found);
  CHECK(lines_of(report) ==
        Lines{"altered segments 0 0-0 nothing in this store leads to the kept digest " + kept.to_string() +
              ": the digest belongs to another store, or somebody wrote the log and its seals again"});
}

TEST_CASE("seals that still have the kept digest accuse the log") {
  SealedStore store;
  Forger{store}.change_event(4);
  const auto report = store.check({.kept_head = store.head.digest});
  CHECK(report.chain->kept == KeptHead::in_seals);
  const auto lines = lines_of(report);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].find("4-4 the event differs from the one that was sealed") != std::string::npos);
  CHECK(lines[1] == "altered segments 0 0-0 the seals lead to the kept digest " + store.head.digest.to_string() +
                        ", and the log itself does not");
}

TEST_CASE("a kept digest holds without any seal file, because the log leads to it") {
  SealedStore store;
  remove_seals(store);
  const auto report = store.check({.kept_head = store.head.digest});
  CHECK(lines_of(report).empty());
  CHECK(report.chain->kept == KeptHead::in_log);
  CHECK(report.chain->seals == 0);
  CHECK(report.chain->head.segment == 0);
  CHECK(report.chain->without_seal == store.head.segment);
}

TEST_CASE("a log that was cut behind its seals is found") {
  SealedStore store;
  std::filesystem::remove(store.file("head"));
  const auto last = static_cast<int>(store.head.segment);
  SECTION("a finished segment is gone") {
    std::filesystem::remove(store.segment(last + 1));
    std::filesystem::remove(store.segment(last));
    CHECK(lines_of(store.check({})).empty());
    CHECK(lines_of(store.check()) ==
          Lines{"altered " + std::to_string(last) + ".log 0 0-0 the segment was sealed, and is missing"});
  }
  SECTION("the end of a finished segment is gone") {
    std::filesystem::remove(store.segment(last + 1));
    std::filesystem::resize_file(store.segment(last), store.segment_size(last) - sizeof(format::CommitHeader));
    CHECK(lines_of(store.check({})).empty());
    CHECK(lines_of(store.check()) ==
          Lines{"altered " + std::to_string(last) +
                ".log 0 0-0 the segment was sealed, and its end is missing: the log was cut"});
  }
  SECTION("with the seals of what is gone, it takes the kept digest") {
    std::filesystem::remove(store.segment(last + 1));
    std::filesystem::remove(store.segment(last));
    std::filesystem::remove(store.seal_file(last));
    CHECK(lines_of(store.check()).empty());
    CHECK(store.check({.kept_head = store.head.digest}).chain->kept == KeptHead::not_found);
  }
}

TEST_CASE("damage in the log is told from what the seals say") {
  SealedStore store;
  const auto at = record_of(store, 4);
  flip_byte(store.segment(1), at + 90);
  const auto report = store.check({.kept_head = store.head.digest});
  const auto lines = lines_of(report);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "damage 1.log " + std::to_string(at) + " 4-4 a record's checksum does not match");
  CHECK(report.chain->kept == KeptHead::in_seals);
}
