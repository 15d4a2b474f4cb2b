// Seals, proofs and verify on a store of which segments were dropped and archived.
#include <eventstore/file_log/proof.hpp>
#include <eventstore/file_log/verify.hpp>
#include <thread>

#include "retention_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

struct ChainCase : RetentionCase {
  using RetentionCase::RetentionCase;

  SealsMade seal() { return value_of(make_missing_seals(store.disk, store.path())); }
  InclusionProof proof_of(std::uint64_t position) {
    return value_of(prove(store.disk, store.path(), Position{position}));
  }
  VerifyReport check(const VerifyOptions& options = {.chain = true}) {
    return value_of(verify(store.files, store.path(), options));
  }
  RetentionReport retain(const RetentionPolicy& policy, const FileLogOptions& options = {}) {
    const auto log = open(options);
    return value_of(log->retain(policy));
  }
};

std::string what_of(const VerifyReport& report) {
  std::string all;
  for (const auto& finding : report.findings)
    all += std::string{to_string(finding.kind)} + " " + finding.file.substr(finding.file.rfind('/') + 1) + ": " +
           finding.what + "\n";
  return all;
}

}  // namespace

TEST_CASE("the header of a dropped segment's seal is kept, as it was", "[retention]") {
  ChainCase at;
  at.seal();
  const auto first = read_text(at.store.file("segments/0000000000000001.seal"));
  const auto second = read_text(at.store.file("segments/0000000000000002.seal"));
  const auto report = at.retain(RetentionCase::drop_before(60));
  const auto statement = read_text(at.store.file("expired"));
  CHECK(statement.size() == 128 + report.segments * 200);
  CHECK(statement.substr(128 + 8, 192) == first.substr(0, 192));
  CHECK(statement.substr(128 + 200 + 8, 192) == second.substr(0, 192));
  CHECK_FALSE(at.has("segments/0000000000000001.seal"));
}

TEST_CASE("no segment is dropped or archived without its seal", "[retention]") {
  ChainCase at;
  at.seal();
  std::filesystem::remove(at.store.file("segments/0000000000000002.seal"));
  SECTION("it is made before the drop") {
    const auto report = at.retain(RetentionCase::drop_before(60));
    CHECK(read_text(at.store.file("expired")).size() == 128 + report.segments * 200);
  }
  SECTION("it is made before the drop even if the log is opened to make none, because the chain was begun") {
    const auto report = at.retain(RetentionCase::drop_before(60), {.tamper_evidence = false});
    CHECK(read_text(at.store.file("expired")).size() == 128 + report.segments * 200);
  }
  SECTION("it is made before the segment is archived") {
    (void)at.retain(RetentionCase::archive_before(60));
    CHECK(at.has("segments/0000000000000002.seal"));
  }
  CHECK(what_of(at.check()).empty());
}

TEST_CASE("a segment whose seal is damaged stays", "[retention]") {
  ChainCase at;
  at.seal();
  flip_byte(at.store.file("segments/0000000000000002.seal"), 50);
  const auto log = at.open();
  CHECK(code_of(log->retain(RetentionCase::drop_before(60))) == Errc::corrupt_record);
  CHECK_FALSE(at.has("expired"));
  CHECK(at.has("segments/0000000000000001.log"));
}

TEST_CASE("the chain reaches over what was dropped and archived", "[retention]") {
  ChainCase at;
  const auto head = at.seal().head;
  (void)at.retain(RetentionCase::archive_before(90));
  const auto dropped = at.retain(RetentionCase::drop_before(40));
  REQUIRE(dropped.segments > 1);
  const auto report = at.check();
  CHECK(what_of(report).empty());
  CHECK(report.expired_segments == dropped.segments);
  CHECK(report.expired == dropped.last);
  CHECK(report.archived > 0);
  CHECK(report.events == 120 - dropped.last.value);
  CHECK(report.last == Position{120});
  REQUIRE(report.chain);
  CHECK(report.chain->head == head);
  CHECK(report.chain->expired == dropped.segments);
  CHECK(report.chain->covered_from == Position{1});
  CHECK(at.seal().made == 0);
  CHECK(at.seal().head == head);
}

TEST_CASE("a digest that was kept is found after a drop, wherever its segment is", "[retention]") {
  ChainCase at;
  const auto head = at.seal().head;
  const auto early = value_of(check_proof(at.proof_of(5), std::nullopt));
  auto first = at.proof_of(5);
  first.later.clear();
  const auto kept_early = value_of(check_proof(first, std::nullopt)).head;
  REQUIRE(early.head.digest == head.digest);
  (void)at.retain(RetentionCase::drop_before(60));
  auto report = at.check({.kept_head = kept_early.digest});
  CHECK(what_of(report).empty());
  REQUIRE(report.chain);
  CHECK(report.chain->kept == KeptHead::expired);
  CHECK(report.chain->kept_segment == 1);
  CHECK(report.chain->kept_covers_to == kept_early.covered_to);
  report = at.check({.kept_head = head.digest});
  CHECK(report.chain->kept == KeptHead::in_log);
  CHECK(report.chain->kept_segment == head.segment);
  auto other = head.digest;
  other.octets[3] ^= 1;
  CHECK(at.check({.kept_head = other}).chain->kept == KeptHead::not_found);
}

TEST_CASE("a log in which an event was changed after a drop is not the one that was sealed", "[retention]") {
  ChainCase at;
  const auto head = at.seal().head;
  const auto dropped = at.retain(RetentionCase::drop_before(60));
  auto statement = read_text(at.store.file("expired"));
  // Another history in place of what was dropped, with every checksum made anew, would need another seal.
  statement[128 + 8 + 72] = static_cast<char>(statement[128 + 8 + 72] ^ 1);
  write_text(at.store.file("expired"), statement);
  const auto report = at.check({.kept_head = head.digest});
  CHECK(what_of(report).starts_with("damage expired: the checksum of its seals does not match"));
  CHECK(report.chain->kept != KeptHead::in_log);
  CHECK(report.expired == Position{0});
  CHECK(report.events == 120 - dropped.last.value);
}

TEST_CASE("verify finds what no longer continues the statement, and damage of its table", "[retention]") {
  ChainCase at;
  (void)at.retain(RetentionCase::drop_before(60));
  const auto names = at.names("");
  const auto table = *std::find_if(names.begin(), names.end(), [](const auto& n) { return n.starts_with("expired-"); });
  SECTION("the table is missing") {
    std::filesystem::remove(at.store.file(table));
    CHECK(what_of(at.check()) == "damage " + table + ": the file is missing: restore a backup\n");
  }
  SECTION("a bit of the table is wrong") {
    flip_byte(at.store.file(table), 600);
    CHECK(what_of(at.check()).starts_with("damage " + table + ": "));
  }
  SECTION("the statement is missing") {
    std::filesystem::remove(at.store.file("expired"));
    CHECK(what_of(at.check()).starts_with("damage 0000000000000001.log: the file is missing\n"));
  }
  SECTION("the first segment that is left is missing") {
    const auto first = at.names("segments").front();
    std::filesystem::remove(at.store.file("segments/" + first.substr(0, 16) + ".log"));
    CHECK(what_of(at.check()).find("the file is missing") != std::string::npos);
  }
}

TEST_CASE("damage of an archive is found, named, and not repaired away", "[retention]") {
  ChainCase at;
  (void)at.retain(RetentionCase::archive_before(60));
  const auto file = at.store.file("archive/0000000000000002.log.zst");
  const auto whole = read_text(file);
  flip_byte(file, whole.size() / 2);
  const auto damaged = read_text(file);
  for (const bool repair : {false, true}) {
    const auto report = value_of(verify(at.store.files, at.store.path(), {.chain = true, .repair = repair}));
    REQUIRE_FALSE(report.findings.empty());
    CHECK(what_of(report).starts_with("damage 0000000000000002.log.zst: it cannot be unpacked: "));
    CHECK(report.findings.front().first > Position{0});
    CHECK(report.repaired.empty());
    CHECK(read_text(file) == damaged);
  }
}

TEST_CASE("repair leaves what was dropped and archived as it is", "[retention]") {
  ChainCase at;
  (void)at.retain(RetentionCase::drop_before(40));
  (void)at.retain(RetentionCase::archive_before(70));
  const auto statement = read_text(at.store.file("expired"));
  const auto archives = at.names("archive");
  REQUIRE_FALSE(archives.empty());
  const auto index = at.store.file("segments/" + archives.front().substr(0, 16) + ".idx");
  flip_byte(index, 700);
  auto report = at.check({.repair = true});
  CHECK(report.repaired == std::vector<std::string>{index});
  CHECK(what_of(report).empty());
  CHECK(read_text(at.store.file("expired")) == statement);
  CHECK(at.names("archive") == archives);
  CHECK(what_of(at.check()).empty());
}

TEST_CASE("an event that was dropped cannot be proven any more, and an earlier proof of it holds", "[retention]") {
  ChainCase at;
  at.seal();
  const auto proof = at.proof_of(5);
  const auto dropped = at.retain(RetentionCase::drop_before(60));
  const auto again = prove(at.store.disk, at.store.path(), Position{5});
  CHECK(code_of(again) == Errc::expired);
  CHECK(again.error().detail.starts_with("retention dropped the events up to position " +
                                         std::to_string(dropped.last.value) + ", and their digests"));
  CHECK(check_proof(proof, at.seal().head.digest));
  const auto next = at.proof_of(dropped.last.value + 1);
  CHECK(check_proof(next, at.seal().head.digest));
}

TEST_CASE("an event of an archived segment is proven", "[retention]") {
  ChainCase at;
  const auto head = at.seal().head;
  (void)at.retain(RetentionCase::archive_before(60));
  const auto proof = at.proof_of(5);
  REQUIRE(proof.event);
  CHECK(check_proof(proof, head.digest));
}

TEST_CASE("where nothing that was dropped had a seal the chain begins after it", "[retention]") {
  ChainCase at{0};
  {
    const auto log = at.open({.tamper_evidence = false});
    at.append_events(*log, 120);
    (void)value_of(log->retain(RetentionCase::drop_before(60)));
  }
  CHECK(read_text(at.store.file("expired")).size() == 128);
  const auto made = at.seal();
  CHECK(made.made > 0);
  const auto report = at.check({.kept_head = made.head.digest});
  CHECK(what_of(report).empty());
  CHECK(report.chain->kept == KeptHead::in_log);
  CHECK(report.chain->covered_from == report.expired.next());
  SECTION("and goes on over what is dropped later") {
    (void)at.retain(RetentionCase::drop_before(90));
    const auto later = at.check({.kept_head = made.head.digest});
    CHECK(what_of(later).empty());
    CHECK(later.chain->kept == KeptHead::in_log);
    CHECK(later.chain->covered_from == report.chain->covered_from);
    CHECK(later.chain->expired > 0);
  }
}

TEST_CASE("verify beside a writer that archives and drops finds nothing wrong", "[retention]") {
  ChainCase at;
  const auto log = at.open();
  std::string found;
  std::jthread checking{[&](const std::stop_token& stop) {
    while (!stop.stop_requested() && found.empty()) {
      const auto report = verify(at.store.disk, at.store.path(), {.chain = true});
      found = report ? what_of(*report) : report.error().message();
    }
  }};
  for (std::uint64_t position = 10; position <= 110; position += 10) {
    (void)value_of(log->retain(RetentionCase::archive_before(position + 20)));
    (void)value_of(log->retain(RetentionCase::drop_before(position)));
    at.append_events(*log, 10);
  }
  checking.request_stop();
  checking.join();
  CHECK(found == "");
}
