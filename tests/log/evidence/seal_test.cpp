// How seals are made, made again, and noticed when they are not what they should be.
#include "../../../src/log/evidence/seal.hpp"

#include <cerrno>

#include "sealed_store.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

Seal read_seal(const SealedStore& store, int number) {
  const auto text = read_text(store.seal_file(number));
  auto seal = decode_seal(as_bytes(text), store.seal_file(number));
  REQUIRE(seal);
  return *seal;
}

void write_seal(const SealedStore& store, int number, Seal seal) {
  seal.header.leaves_checksum = format::checksum_of(std::as_bytes(std::span{seal.leaves}));
  seal.header.checksum = format::header_checksum(seal.header);
  write_text(store.seal_file(number), as_text(encode(seal)));
}

}  // namespace

TEST_CASE("a seal is a function of the segment and the seal before") {
  SealedStore store;
  Digest previous{};
  for (int number = 1; number <= static_cast<int>(store.head.segment); ++number) {
    const auto bytes = read_text(store.segment(number));
    const auto seal = make_seal(as_bytes(bytes), store.segment(number), previous);
    REQUIRE(seal);
    CHECK(as_text(encode(*seal)) == read_text(store.seal_file(number)));
    CHECK(seal->header.previous == previous);
    CHECK(seal->leaves.size() == seal->header.count);
    previous = seal->header.digest;
  }
  CHECK(previous == store.head.digest);
}

TEST_CASE("digests have their form for good: these inputs give these digests") {
  Sha256 sha;
  const auto leaf = leaf_digest(sha, Position{7}, Timestamp{1'769'515'200'000'000}, as_bytes("record"));
  CHECK(leaf.to_string() == "3b71b4ede6d730ff96190a17849648b45e7479557b77e1e6665d9027e876dc2d");
  const Uuid store_id{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
  CHECK(seal_digest(sha, store_id, {3, Position{7}, 1, leaf}, Digest{}).to_string() ==
        "0a454893b3ac4db30fd7489b6b4f17581cbd37b2af4c2dd484641554e5a434f6");
}

TEST_CASE("seals that are there are left alone, and missing ones come back as they were") {
  SealedStore store;
  CHECK(store.seal().made == 0);
  const auto second = read_text(store.seal_file(2));
  std::filesystem::remove(store.seal_file(2));
  CHECK(lines_of(store.check()) == Lines{"damage 2.seal 0 0-0 the seal is missing, and a later one is there"});
  CHECK(store.seal().made == 1);
  CHECK(read_text(store.seal_file(2)) == second);
}

TEST_CASE("a seal is not made over what is damaged or was changed") {
  SealedStore store;
  std::filesystem::remove(store.seal_file(2));
  SECTION("damaged") {
    flip_byte(store.segment(2), 500);
    const auto made = make_missing_seals(store.disk, store.path());
    CHECK(code_of(made) == Errc::corrupt_record);
    CHECK(made.error().where == store.segment(2));
    CHECK(made.error().detail.starts_with("offset "));
  }
  SECTION("changed") {
    Forger{store}.change_event(store.check().chain->head.covered_to.value / 2);
    const auto changed_in = store.check().findings.front().file;
    const auto made = make_missing_seals(store.disk, store.path());
    if (changed_in == store.segment(2) || !made) {
      REQUIRE(code_of(made) == Errc::corrupt_record);
      CHECK(made.error().detail.find("is not the one that was sealed; run verify --chain") != std::string::npos);
    }
  }
  CHECK_FALSE(std::filesystem::exists(store.seal_file(2)));
}

TEST_CASE("a damaged seal is not built upon") {
  SealedStore store;
  flip_byte(store.seal_file(1), 70);
  const auto made = make_missing_seals(store.disk, store.path());
  REQUIRE(code_of(made) == Errc::corrupt_record);
  CHECK(made.error().message() ==
        "corrupt_record: seal [" + store.seal_file(1) + "]: offset 0: the header's checksum does not match");
}

TEST_CASE("a store that is not there has nothing to seal") {
  StoreOnDisk store;
  CHECK(code_of(make_missing_seals(store.disk, store.path())) == Errc::not_found);
}

TEST_CASE("a seal is written whole or not at all") {
  SealedStore store;
  const auto call = GENERATE(FileCall::write, FileCall::sync, FileCall::rename, FileCall::sync_directory);
  const auto first = read_text(store.seal_file(1));
  std::filesystem::remove(store.seal_file(1));
  write_text(store.seal_file(1) + ".tmp", std::string(10'000, 'x'));  // left by a crash
  store.files.fail(call, 1, EIO, 100);
  CHECK(code_of(make_missing_seals(store.files, store.path())) == Errc::io_failed);
  if (std::filesystem::exists(store.seal_file(1))) CHECK(read_text(store.seal_file(1)) == first);
  store.files.heal();
  REQUIRE(make_missing_seals(store.files, store.path()));
  CHECK(read_text(store.seal_file(1)) == first);
  CHECK(lines_of(store.check()).empty());
}

TEST_CASE("making seals stops when it is asked to") {
  SealedStore store;
  std::stop_source stop;
  stop.request_stop();
  CHECK(code_of(make_missing_seals(store.disk, store.path(), stop.get_token())) == Errc::stopped);
}

TEST_CASE("a seal file that is cut off at any byte, or longer, is noticed") {
  SealedStore store;
  const auto whole = read_text(store.seal_file(1));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    write_text(store.seal_file(1), std::string_view{whole}.substr(0, size));
    const auto lines = lines_of(store.check());
    REQUIRE(lines.size() == 1);
    REQUIRE(lines[0] == (size < sizeof(format::SealHeader)
                             ? "damage 1.seal 0 0-0 the header is cut off"
                             : "damage 1.seal " + std::to_string(size) + " 0-0 the file is cut off"));
  }
  write_text(store.seal_file(1), whole + std::string(32, '\0'));
  CHECK(lines_of(store.check()) ==
        Lines{"damage 1.seal " + std::to_string(whole.size() + 32) + " 0-0 the file is longer than it states"});
}

TEST_CASE("a damaged digest in a seal is told from a changed event, by its position") {
  SealedStore store;
  flip_byte(store.seal_file(1), sizeof(format::SealHeader) + 3 * sizeof(Digest) + 5);
  CHECK(lines_of(store.check()) ==
        Lines{"damage 1.seal " + std::to_string(sizeof(format::SealHeader) + 3 * sizeof(Digest)) +
              " 4-4 the digest kept of this position is damaged"});
}

TEST_CASE("a seal of another store or of another segment is noticed") {
  SealedStore store;
  SealedStore other;
  SECTION("of another store") { write_text(store.seal_file(1), read_text(other.seal_file(1))); }
  SECTION("of another segment") { write_text(store.seal_file(1), read_text(store.seal_file(2))); }
  const auto lines = lines_of(store.check());
  REQUIRE_FALSE(lines.empty());
  CHECK(lines[0] == "damage 1.seal 0 0-0 the seal of another store or place");
  CHECK(lines.size() == 1);
}

TEST_CASE("a seal that was altered with its checksums made anew contradicts itself or the log") {
  SealedStore store;
  auto seal = read_seal(store, 2);
  const auto digest_again = [&] {
    Sha256 sha;
    seal.header.digest = seal_digest(sha, seal.header.store_id, seal.link(), seal.header.previous);
  };
  SECTION("a digest of an event") {
    seal.leaves[1].octets[0] ^= 1;
    write_seal(store, 2, seal);
    const auto report = store.check();
    REQUIRE(report.findings.size() == 2);
    CHECK(report.findings[0].first == Position{seal.header.first_position + 1});
    CHECK(report.findings[0].what == "the event differs from the one that was sealed at this position");
    CHECK(lines_of(report)[1] == "altered 2.seal 64 0-0 the root is not that of the digests");
  }
  SECTION("the root") {
    seal.header.root.octets[0] ^= 1;
    write_seal(store, 2, seal);
    CHECK(lines_of(store.check()).at(0) == "altered 2.seal 128 0-0 the seal digest is not that of the header");
  }
  SECTION("the root and the seal digest") {
    seal.header.root.octets[0] ^= 1;
    digest_again();
    write_seal(store, 2, seal);
    const auto lines = lines_of(store.check());
    CHECK(lines.at(0) == "altered 2.seal 64 0-0 the root is not that of the digests");
    CHECK(lines.at(1) == "altered 3.seal 96 0-0 the seal does not continue the one before");
  }
  SECTION("the digest of the seal before") {
    seal.header.previous.octets[0] ^= 1;
    digest_again();
    write_seal(store, 2, seal);
    CHECK(lines_of(store.check()).at(0) == "altered 2.seal 96 0-0 the seal does not continue the one before");
  }
  SECTION("the number of events") {
    seal.leaves.pop_back();
    --seal.header.count;
    Sha256 sha;
    seal.header.root = merkle_root(sha, seal.leaves);
    digest_again();
    write_seal(store, 2, seal);
    const auto last = seal.header.first_position + seal.header.count;
    const auto report = store.check();
    CHECK(report.findings.at(0).first == Position{last});
    CHECK(report.findings.at(1).what ==
          std::to_string(seal.header.count) + " events from position " + std::to_string(seal.header.first_position) +
              " were sealed, and the segment has " + std::to_string(seal.header.count + 1) + " from position " +
              std::to_string(seal.header.first_position));
  }
}

TEST_CASE("a seal of a newer version is not judged") {
  SealedStore store;
  auto seal = read_seal(store, 1);
  seal.header.must_understand = 4;
  write_seal(store, 1, seal);
  CHECK(code_of(verify(store.files, store.path(), {.chain = true})) == Errc::newer_format);
  CHECK(code_of(make_missing_seals(store.disk, store.path())) == Errc::newer_format);
}
