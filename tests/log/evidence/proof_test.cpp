// Proofs hold for every sealed event, against a kept digest alone; forged ones do not.
#include "sealed_store.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

InclusionProof proof_of(SealedStore& store, std::uint64_t position, bool with_event = true) {
  auto proof = prove(store.files, store.path(), Position{position}, with_event);
  if (!proof) FAIL(proof.error().message());
  return *proof;
}

std::string refusal(const InclusionProof& proof, const std::optional<Digest>& kept) {
  const auto checked = check_proof(proof, kept);
  if (checked) return "holds";
  CHECK(checked.error().code == Errc::corrupt_record);
  return checked.error().detail;
}

}  // namespace

TEST_CASE("every sealed event has a proof that leads to the head") {
  SealedStore store;
  for (std::uint64_t position = 1; position <= store.head.covered_to.value; ++position) {
    CAPTURE(position);
    const auto proof = proof_of(store, position);
    const auto checked = check_proof(proof, store.head.digest);
    REQUIRE(checked);
    CHECK(checked->head == store.head);
    CHECK(checked->kept == store.head);
    const auto event = event_of(proof);
    REQUIRE(event);
    CHECK(event->position == Position{position});
    CHECK(event->id == id_of(position));
    CHECK(as_text(event->data) == "data");
    CHECK(event->recorded_at == noon);
  }
}

TEST_CASE("a proof without the event needs no log, and proves the digest") {
  SealedStore store;
  const auto with_event = proof_of(store, 4);
  std::filesystem::remove(store.segment(1));
  const auto proof = proof_of(store, 4, false);
  CHECK(proof.leaf == with_event.leaf);
  CHECK_FALSE(proof.event);
  CHECK(check_proof(proof, store.head.digest));
  CHECK(code_of(event_of(proof)) == Errc::not_found);
  CHECK(code_of(prove(store.files, store.path(), Position{4})) == Errc::not_found);
}

TEST_CASE("a digest kept earlier is enough, if it covers the event") {
  SealedStore store;
  const auto older = store.head;
  {
    auto log = store.open({.segment_bytes_max = small_segment});
    fill(*log, "delivery-3", 1000, 40);
  }
  store.seal();
  const auto checked = check_proof(proof_of(store, 4), older.digest);
  REQUIRE(checked);
  CHECK(checked->head == store.head);
  CHECK(checked->kept == older);
  CHECK_THAT(refusal(proof_of(store, older.covered_to.value + 1), older.digest),
             Catch::Contains("and not to the kept digest " + older.digest.to_string()));
}

TEST_CASE("without a kept digest a proof only agrees with itself") {
  SealedStore store;
  const auto checked = check_proof(proof_of(store, 4), std::nullopt);
  REQUIRE(checked);
  CHECK(checked->head == store.head);
}

TEST_CASE("what no seal covers has no proof, and the message says so") {
  SealedStore store;
  const auto in_tail = prove(store.files, store.path(), store.head.covered_to.next());
  REQUIRE(code_of(in_tail) == Errc::not_found);
  CHECK(in_tail.error().detail == "no seal covers this position: the seals cover positions 1 to " +
                                      std::to_string(store.head.covered_to.value) +
                                      ", and later positions are in the unsealed tail or do not exist");
  CHECK(code_of(prove(store.files, store.path(), Position{0})) == Errc::not_found);
  CHECK(code_of(prove(store.files, store.path(), Position{1'000'000})) == Errc::not_found);
  for (std::uint32_t number = 1; number <= store.head.segment; ++number)
    std::filesystem::remove(store.seal_file(static_cast<int>(number)));
  CHECK_THAT(prove(store.files, store.path(), Position{1}).error().detail,
             Catch::Contains("no segment has a seal yet"));
  CHECK(code_of(prove(store.files, store.path() + "-not", Position{1})) == Errc::not_found);
}

TEST_CASE("forged proofs fail") {
  SealedStore store;
  const auto kept = store.head.digest;
  const auto good = proof_of(store, 4);
  REQUIRE(refusal(good, kept) == "holds");
  auto forged = good;
  SECTION("another event") {
    forged.event->record[100] ^= std::byte{1};
    CHECK(refusal(forged, kept) == "the event is not the one whose digest is proven");
  }
  SECTION("another time") {
    forged.event->recorded_at.micros += 1;
    CHECK(refusal(forged, kept) == "the event is not the one whose digest is proven");
  }
  SECTION("another digest") {
    forged.event.reset();
    forged.leaf.octets[0] ^= 1;
    CHECK(refusal(forged, kept) == "the path does not lead from the event to the segment's root");
  }
  SECTION("another position, without the event") {
    forged.event.reset();
    forged.position = Position{3};
    CHECK(refusal(forged, kept) == "the path does not lead from the event to the segment's root");
  }
  SECTION("a position outside the segment") {
    forged.event.reset();
    forged.position = Position{4000};
    CHECK(refusal(forged, kept) == "the position is not one of the segment's");
  }
  SECTION("numbers that overflow") {
    forged.event.reset();
    forged.sealed_in.count = ~std::uint64_t{0};
    CHECK(refusal(forged, kept) == "the position is not one of the segment's");
  }
  SECTION("any digest of the path") {
    for (auto& step : forged.path) {
      step.octets[31] ^= 1;
      CHECK(refusal(forged, kept) == "the path does not lead from the event to the segment's root");
      step.octets[31] ^= 1;
    }
  }
  SECTION("a path that is too short or too long") {
    forged.path.pop_back();
    CHECK(refusal(forged, kept) == "the path does not lead from the event to the segment's root");
    forged = good;
    forged.path.push_back(Digest{});
    CHECK(refusal(forged, kept) == "the path does not lead from the event to the segment's root");
  }
  SECTION("another history before") {
    forged.previous.octets[0] ^= 1;
    CHECK_THAT(refusal(forged, kept), Catch::StartsWith("it leads to "));
  }
  SECTION("another store") {
    forged.store_id.octets[0] ^= 1;
    CHECK_THAT(refusal(forged, kept), Catch::StartsWith("it leads to "));
  }
  SECTION("another later segment") {
    forged.later.at(0).root.octets[0] ^= 1;
    CHECK_THAT(refusal(forged, kept), Catch::StartsWith("it leads to "));
  }
  SECTION("a later segment left out") {
    forged.later.erase(forged.later.begin());
    CHECK(refusal(forged, kept) == "segment 3 does not follow segment 1");
  }
  SECTION("a proof of a rewritten store") {
    Forger{store}.change_event(4);
    CHECK(
        prove(store.files, store.path(), Position{4}).error().detail.find("the event is not the one that was sealed") !=
        std::string::npos);
    for (std::uint32_t number = 1; number <= store.head.segment; ++number)
      std::filesystem::remove(store.seal_file(static_cast<int>(number)));
    store.seal();
    forged = proof_of(store, 4);
    CHECK(check_proof(forged, std::nullopt));
    CHECK_THAT(refusal(forged, kept), Catch::StartsWith("it leads to "));
  }
}

TEST_CASE("seals that do not continue one another give no proof") {
  SealedStore store;
  SECTION("one is missing") {
    std::filesystem::remove(store.seal_file(2));
    CHECK_THAT(prove(store.files, store.path(), Position{1}).error().detail, Catch::Contains("make it again"));
  }
  SECTION("one is damaged") { flip_byte(store.seal_file(2), 70); }
  CHECK(code_of(prove(store.files, store.path(), Position{1})) == Errc::corrupt_record);
}
