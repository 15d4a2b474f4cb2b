// What verify finds without the chain: all of the damage, each with its place.
#include <thread>

#include "sealed_store.hpp"

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("a sound store is counted, with the chain and without it") {
  SealedStore store;
  REQUIRE(store.head.segment >= 3);
  const auto report = store.check({});
  CHECK(lines_of(report).empty());
  CHECK(report.events == SealedStore::events);
  CHECK(report.last == Position{SealedStore::events});
  CHECK(report.streams == 2);
  CHECK(report.segments == store.head.segment + 1);
  CHECK(report.bytes_unacknowledged == 0);
  CHECK_FALSE(report.chain);
  const auto chained = store.check();
  CHECK(lines_of(chained).empty());
  REQUIRE(chained.chain);
  CHECK(chained.chain->head == store.head);
  CHECK(chained.chain->seals == store.head.segment);
  CHECK(chained.chain->kept == KeptHead::not_given);
  CHECK(chained.chain->head.covered_to < chained.last);
}

TEST_CASE("verify writes nothing, and tells its progress") {
  SealedStore store;
  FaultyFileSystem watched{store.disk};
  std::uint64_t told = 0;
  REQUIRE(verify(watched, store.path(), {.chain = true}, [&](const VerifyProgress& progress) {
    told = progress.bytes_done;
    CHECK(progress.bytes_done <= progress.bytes_all);
  }));
  CHECK(watched.calls(FileCall::write) == 0);
  CHECK(watched.calls(FileCall::open) == 0);
  CHECK(told == 0);  // it is less than a megabyte
}

TEST_CASE("a folder without a store is not found") {
  StoreOnDisk store;
  const auto report = verify(store.disk, store.path());
  CHECK(code_of(report) == Errc::not_found);
  CHECK(report.error().message() ==
        "not_found: verify [" + store.path() + "/manifest]: there is no store in this directory");
}

TEST_CASE("every byte of every finished segment, seal and manifest that is changed is found in its file") {
  SealedStore store;
  const auto number = GENERATE(0, 1, 2);
  const bool is_seal = number > 0 && GENERATE(true, false);
  const auto file = number == 0 ? store.file("manifest") : is_seal ? store.seal_file(number) : store.segment(number);
  const auto whole = read_text(file);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    CAPTURE(file, at);
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    write_text(file, changed);
    const auto report = verify(store.disk, store.path(), {.chain = true});
    // The version of a header is looked at before its checksum, which a newer version may compute in another way.
    if (!report) {
      REQUIRE(report.error().code == Errc::newer_format);
      REQUIRE((at >= 8 && at < 12));
      continue;
    }
    REQUIRE_FALSE(report->findings.empty());
    const auto& finding = report->findings.front();
    REQUIRE(finding.file == file);
    REQUIRE(finding.kind == FindingKind::damage);
    REQUIRE(finding.offset <= at);
    // No further away than a record, a header or a digest is long.
    REQUIRE(at - finding.offset < 200);
    for (const auto& each : report->findings) REQUIRE(each.file == file);
  }
  write_text(file, whole);
}

TEST_CASE("all damages are listed, each with its position") {
  SealedStore store;
  std::vector<std::size_t> offsets;
  std::vector<std::uint64_t> positions;
  for (const std::uint64_t position : {2U, 3U, 5U})
    Forger{store}.change(position, [&](std::string&, std::size_t at) { offsets.push_back(at); });
  for (const auto at : offsets) flip_byte(store.segment(1), at + 90);
  CHECK(lines_of(store.check({})) ==
        Lines{"damage 1.log " + std::to_string(offsets[0]) + " 2-2 a record's checksum does not match",
              "damage 1.log " + std::to_string(offsets[1]) + " 3-3 a record's checksum does not match",
              "damage 1.log " + std::to_string(offsets[2]) + " 5-5 a record's checksum does not match"});
}

TEST_CASE("damaged records of one commit are told apart, also where a length is damaged") {
  StoreWithoutRoom store;
  std::size_t begin = 0;
  {
    auto log = store.open();
    fill(*log, "delivery-1", 1, 1);
    begin = store.segment_size(1);
    REQUIRE(append(*log, {event("delivery-1", 2), event("delivery-2", 3), event("delivery-1", 4),
                          event("delivery-3", 5), event("delivery-1", 6)}));
  }
  const auto first = begin + sizeof(format::CommitHeader);
  const auto length = (store.segment_size(1) - 2 * sizeof(format::CommitHeader) - begin) / 5;
  flip_byte(store.segment(1), first + length + 100);
  flip_byte(store.segment(1), first + 2 * length + 10);  // within the length
  const auto report = verify(store.disk, store.path());
  REQUIRE(report);
  CHECK(lines_of(*report) ==
        Lines{"damage 1.log " + std::to_string(first + length) + " 3-3 a record's checksum does not match",
              "damage 1.log " + std::to_string(first + 2 * length) + " 4-4 a record's length is impossible"});
  CHECK(report->events == 4);
  CHECK(report->last == Position{6});
}

TEST_CASE("a damaged commit header hides its events and no others") {
  SealedStore store;
  std::size_t at = 0;
  Forger{store}.each_commit([&](std::string&, std::size_t offset, format::CommitHeader& header) {
    if (header.first_position == 4 && header.event_count > 0) at = offset;
  });
  flip_byte(store.segment(1), at + 60);
  const auto report = store.check({});
  CHECK(lines_of(report) == Lines{"damage 1.log " + std::to_string(at) + " 4-4 the commit's header is damaged"});
  CHECK(report.events == SealedStore::events - 1);
}

TEST_CASE("missing files are damage") {
  SealedStore store;
  SECTION("a segment in the middle") {
    const auto second = format::load<format::SegmentHeader>(Forger::pointer(read_text(store.segment(2)), 0));
    const auto third = format::load<format::SegmentHeader>(Forger::pointer(read_text(store.segment(3)), 0));
    std::filesystem::remove(store.segment(2));
    const auto lines = lines_of(store.check());
    CHECK(lines == Lines{"damage 2.log 0 " + std::to_string(second.first_position) + "-" +
                         std::to_string(third.first_position - 1) + " the file is missing"});
  }
  SECTION("the last segment, of which readers were given something") {
    const auto last = static_cast<int>(store.head.segment) + 1;
    std::filesystem::remove(store.segment(last));
    const auto lines = lines_of(store.check({}));
    CHECK(lines ==
          Lines{"damage " + std::to_string(last) + ".log 0 " + std::to_string(store.head.covered_to.value + 1) + "-" +
                std::to_string(SealedStore::events) + " the file is missing, and readers have read events from it"});
  }
  SECTION("the manifest") {
    std::filesystem::remove(store.file("manifest"));
    const auto report = store.check();
    CHECK(lines_of(report) == Lines{"damage manifest 0 0-0 the file is missing, but there are segments"});
    CHECK(report.events == SealedStore::events);
  }
  SECTION("all segments") {
    std::filesystem::remove_all(store.file("segments"));
    CHECK(lines_of(store.check()) == Lines{"damage segments 0 0-0 the store has no segment"});
  }
}

TEST_CASE("a segment of another store does not pass") {
  SealedStore store;
  SealedStore other;
  std::filesystem::copy_file(other.segment(2), store.segment(2), std::filesystem::copy_options::overwrite_existing);
  const auto report = store.check({});
  REQUIRE(report.findings.size() >= 2);
  CHECK(report.findings[0].what == "a segment of another store or place");
  CHECK(report.findings[0].file == store.segment(2));
}

TEST_CASE("a finished segment that was cut off ends without its finish mark") {
  SealedStore store;
  const auto size = store.segment_size(2) - sizeof(format::CommitHeader);
  std::filesystem::resize_file(store.segment(2), size);
  CHECK(lines_of(store.check({})) ==
        Lines{"damage 2.log " + std::to_string(size) + " 0-0 the segment ends without its finish mark"});
}

TEST_CASE("a file that is shorter than what readers were given is damage") {
  SealedStore store;
  store.files.set_boot_id("another run");
  store.open({.segment_bytes_max = small_segment});  // publishes the mark too
  const auto last = static_cast<int>(store.head.segment) + 1;
  const auto size = store.segment_size(last) - sizeof(format::CommitHeader);  // the mark
  std::filesystem::resize_file(store.segment(last), size);
  CHECK(lines_of(store.check({})) == Lines{"damage " + std::to_string(last) + ".log " + std::to_string(size) +
                                           " 0-0 the file is shorter than what was published to readers"});
}

TEST_CASE("what was never acknowledged is no damage, and what was is") {
  StoreWithoutRoom store;
  std::size_t second = 0;
  {
    auto log = store.open();
    fill(*log, "delivery-1", 1, 1);
    second = store.segment_size(1);
    fill(*log, "delivery-1", 2, 2);
    store.keep();
  }
  SECTION("a torn last commit") {
    store.return_to_kept();
    std::filesystem::resize_file(store.segment(1), store.segment_size(1) - 8);
    const auto report = verify(store.files, store.path());
    REQUIRE(report);
    CHECK(lines_of(*report).empty());
    CHECK(report->last == Position{2});
    CHECK(report->bytes_unacknowledged > 0);
  }
  SECTION("prepared space") {
    store.return_to_kept();
    std::filesystem::resize_file(store.segment(1), store.segment_size(1) + 5000);
    const auto report = verify(store.files, store.path());
    REQUIRE(report);
    CHECK(lines_of(*report).empty());
    CHECK(report->bytes_unacknowledged == 0);
    CHECK(report->last == Position{3});
  }
  SECTION("a commit before one that states it to be on the disk") {
    store.return_to_kept();
    flip_byte(store.segment(1), second + 8);
    const auto report = verify(store.files, store.path());
    REQUIRE(report);
    CHECK(lines_of(*report) == Lines{"damage 1.log " + std::to_string(second) + " 2-2 the commit's header is damaged"});
    CHECK(report->last == Position{3});
  }
}

TEST_CASE("rules that checksums do not hold are checked") {
  SealedStore store;
  std::size_t at = 0;
  const auto change_header = [&](auto edit) {
    Forger{store}.each_commit([&](std::string&, std::size_t offset, format::CommitHeader& header) {
      if (header.first_position != 5 || header.event_count == 0) return;
      at = offset;
      edit(header);
    });
  };
  const auto change_event = [&](std::uint64_t position, auto edit) {
    Forger{store}.change(position, [&](std::string& bytes, std::size_t offset) {
      auto header = format::load<format::EventHeader>(Forger::pointer(bytes, offset));
      at = offset;
      edit(header);
      Forger::put(bytes, offset, header);
    });
  };
  const auto expect = [&](const std::string& positions, const std::string& what) {
    const auto lines = lines_of(store.check({}));
    REQUIRE_FALSE(lines.empty());
    CHECK(lines[0] == "altered 1.log " + std::to_string(at) + " " + positions + " " + what);
  };
  SECTION("positions") {
    change_header([](format::CommitHeader& header) { header.first_position = 7; });
    expect("7-7", "the commit's first position is 7 where 5 comes next");
  }
  SECTION("the log's own time") {
    change_header([](format::CommitHeader& header) { header.recorded_at -= 1; });
    expect("5-5", "recorded_at is less than in the commit before");
  }
  SECTION("the chain") {
    change_header([](format::CommitHeader& header) { header.previous_checksum ^= 1; });
    expect("5-5", "the commit does not continue the chain");
  }
  SECTION("versions") {
    change_event(5, [](format::EventHeader& header) { header.version = 9; });
    expect("5-5", "version 9 of stream delivery-2 where version 4 comes next");
  }
  SECTION("schemas") {
    change_event(5, [](format::EventHeader& header) { header.schema.octets[0] = 1; });
    expect("5-5", "schema 01000000-0000-0000-0000-000000000000 is used and not described before in its segment");
  }
  SECTION("organizations") {
    Forger{store}.change(5, [&](std::string& bytes, std::size_t offset) {
      at = offset;
      bytes.replace(bytes.find("org-1", offset), 5, "org-2");
    });
    expect("5-5", "organization \"org-2\" in stream delivery-2, which belongs to \"org-1\"");
  }
  SECTION("segments that follow one another") {
    auto bytes = read_text(store.segment(2));
    auto header = format::load<format::SegmentHeader>(Forger::pointer(bytes, 0));
    header.generation += 1;
    header.checksum = format::header_checksum(header);
    Forger::put(bytes, 0, header);
    write_text(store.segment(2), bytes);
    const auto lines = lines_of(store.check({}));
    CHECK(lines.at(0) == "altered 2.log 0 0-0 the segment does not continue the one before");
  }
  SECTION("a commit's own sum") {
    auto bytes = read_text(store.segment(1));
    at = sizeof(format::SegmentHeader);
    auto header = format::load<format::CommitHeader>(Forger::pointer(bytes, at));
    header.body_checksum ^= 1;
    header.checksum = format::header_checksum(header);
    Forger::put(bytes, at, header);
    write_text(store.segment(1), bytes);
    expect("1-1", "the commit's checksum does not match");
  }
}

TEST_CASE("a log of a newer version is not judged") {
  SealedStore store;
  Forger{store}.each_commit([](std::string&, std::size_t, format::CommitHeader& header) {
    if (header.first_position == 5) header.must_understand = 1;
  });
  const auto report = verify(store.files, store.path());
  REQUIRE(code_of(report) == Errc::newer_format);
  CHECK(report.error().at == Position{5});
}

TEST_CASE("verify stops when it is asked to") {
  SealedStore store;
  std::stop_source stop;
  stop.request_stop();
  CHECK(code_of(verify(store.files, store.path(), {.stop = stop.get_token()})) == Errc::stopped);
}

TEST_CASE("verify looks at what a writer has published, at any moment") {
  StoreOnDisk store;
  auto log = store.open({.segment_bytes_max = small_segment});
  for (std::uint64_t i = 1; i <= 80; ++i) {
    fill(*log, "delivery-1", i, 1);
    if (i % 7 == 0) REQUIRE(make_missing_seals(store.disk, store.path()));
    const auto report = verify(store.files, store.path(), {.chain = true});
    REQUIRE(report);
    REQUIRE(lines_of(*report) == Lines{});
    REQUIRE(report->last == Position{i});
  }
}

TEST_CASE("verify beside a thread that writes and seals finds nothing") {
  StoreOnDisk store;
  auto log = store.open({.durability = Durability::on_close, .segment_bytes_max = small_segment});
  fill(*log, "delivery-1", 1, 1);
  std::jthread writer{[&] {
    for (std::uint64_t i = 2; i <= 2000; ++i) {
      (void)append(*log, {event("delivery-1", i)});
      if (i % 50 == 0) (void)make_missing_seals(store.disk, store.path());
    }
  }};
  for (Position last{}; last < Position{2000};) {
    const auto report = verify(store.files, store.path(), {.chain = true});
    REQUIRE(report);
    REQUIRE(lines_of(*report) == Lines{});
    REQUIRE(report->last >= last);
    last = report->last;
  }
}
