#include <eventstore/app/proof.hpp>
#include <eventstore/app/seal.hpp>
#include <eventstore/schema/codec.hpp>

#include "branch.hpp"

namespace proof_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

// A sealed store with the proof of one of its events.
struct Proven {
  SmallBranch branch{};
  std::string head;
  app::Proof proof{};

  Proven() {
    branch.fill(60);
    head = must(app::seal(branch.files, branch.directory)).chain_head.value_or("");
    proof = must(app::prove(branch.files, branch.directory, {.position = 7}));
  }
};

es::Error error_of(const std::string& proof, const std::string& head = {}) {
  const auto checked = app::check_proof({proof, head});
  REQUIRE(!checked);
  return checked.error();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

}  // namespace

TEST_CASE("a proof made of a store is checked without one", "[proof]") {
  const Proven proven;
  const auto verdict = must(app::check_proof({es::to_json(proven.proof), proven.head}));
  CHECK(verdict.proven);
  CHECK(verdict.position == 7);
  CHECK(verdict.chain_head == proven.head);
  REQUIRE(verdict.event);
  CHECK(verdict.event->stream == "account-ada");
  CHECK(verdict.event->version == 7);
  CHECK(verdict.event->event_type == "MoneyDeposited");
  CHECK(verdict.event->recorded_at == noon.plus_seconds(6));
}

TEST_CASE("without a kept digest a proof only agrees with itself", "[proof]") {
  const Proven proven;
  const auto verdict = must(app::check_proof({es::to_json(proven.proof)}));
  CHECK(!verdict.proven);
  CHECK_THAT(verdict.statement, Catch::Contains("proves nothing until"));
}

TEST_CASE("a proof may leave the event out", "[proof]") {
  Proven proven;
  const auto digest = must(app::prove(proven.branch.files, proven.branch.directory, {7, true}));
  CHECK(!digest.event);
  CHECK(digest.leaf == proven.proof.leaf);
  const auto verdict = must(app::check_proof({es::to_json(digest), proven.head}));
  CHECK(verdict.proven);
  CHECK(!verdict.event);
}

TEST_CASE("a proof has the form that it had before, and its fields may stand in any order", "[proof]") {
  const Proven proven;
  const auto text = es::to_json(proven.proof);
  CHECK_THAT(text, Catch::StartsWith(R"({"proof":"eventstore inclusion 1","store_id":")") &&
                       Catch::Contains(R"(,"event":{"recorded_at_micros":1769515206000000,"record":")") &&
                       Catch::Contains(R"("},"path":[")") && Catch::Contains(R"("sealed_in":{"segment":1,)"));
  const auto moved = replaced(replaced(text, R"("position":7,)", ""), R"({"proof")", R"({"position":7,"proof")");
  CHECK(must(app::check_proof({moved, proven.head})).proven);
  const auto more = replaced(text, R"({"proof")", R"({"signed_by":"nobody","proof")");
  CHECK(must(app::check_proof({more, proven.head})).proven);
}

TEST_CASE("what is wrong with a proof is named", "[proof]") {
  const Proven proven;
  const auto text = es::to_json(proven.proof);
  CHECK(error_of("{}").where == "proof");
  CHECK(error_of("[]").code == Errc::invalid_argument);
  CHECK_THAT(error_of("what").detail, Catch::StartsWith("malformed JSON"));
  CHECK(error_of(text, "abc").code == Errc::invalid_argument);
  CHECK(error_of(replaced(text, "inclusion 1", "inclusion 9")).where == "proof");
  CHECK(error_of(replaced(text, R"("leaf")", R"("twig")")).where == "leaf");
  CHECK(error_of(replaced(text, proven.proof.leaf, "abc")).where == "leaf");
  CHECK(error_of(replaced(text, R"("record":")", R"("record":"x)")).where == "event.record");
  CHECK(error_of(replaced(text, R"("position":7)", R"("position":-7)")).code == Errc::invalid_argument);
  CHECK(error_of(replaced(text, R"("position":7)", R"("position":8)"), proven.head).code != Errc::invalid_argument);
  CHECK(error_of(text, std::string(64, 'a')).code != Errc::invalid_argument);
}

}  // namespace proof_test
