#include <eventstore/app/proof.hpp>
#include <eventstore/app/seal.hpp>
#include <eventstore/app/verify.hpp>
#include <eventstore/schema/codec.hpp>

#include <fstream>

#include "branch.hpp"

namespace verify_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

constexpr auto ignore = [](const app::VerifyFinding&) { return es::Result<void>{}; };

void flip(const std::string& path, std::streamoff at) {
  std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
  file.seekp(at);
  file.put('\x7f');
}

}  // namespace

TEST_CASE("a sound store is summed up", "[verify]") {
  SmallBranch branch;
  branch.fill(60);
  const auto summary = must(app::verify(branch.files, branch.directory, {}, ignore));
  CHECK(summary.sound);
  CHECK(summary.events == 60);
  CHECK(summary.last_position == 60);
  CHECK(summary.streams == 1);
  CHECK(summary.segments > 1);
  CHECK(!summary.coverage);
  CHECK_THAT(es::to_json(summary), Catch::StartsWith(R"({"sound":true,"findings":0,"events":60,"last_position":60,)"));
}

TEST_CASE("what is wrong with a store comes as rows, and is no error", "[verify]") {
  SmallBranch branch;
  branch.fill(60);
  flip(branch.directory + "/segments/0000000000000001.log", 1000);
  Rows<app::VerifyFinding> rows;
  const auto summary = must(app::verify(branch.files, branch.directory, {}, rows));
  CHECK(!summary.sound);
  REQUIRE(!rows.all.empty());
  CHECK(summary.findings == rows.all.size());
  CHECK(rows.all.front().finding == "damage");
  CHECK_THAT(rows.all.front().file, Catch::EndsWith("0000000000000001.log"));
  CHECK(!rows.all.front().to_do.empty());
  CHECK(app::verify(branch.files, branch.directory, {}, full).error().code == Errc::out_of_space);
}

TEST_CASE("seals are made once, and the chain says what they cover", "[verify][seal]") {
  SmallBranch branch;
  branch.fill(60);
  const auto sealed = must(app::seal(branch.files, branch.directory));
  CHECK(sealed.seals > 0);
  REQUIRE(sealed.chain_head);
  CHECK(must(app::seal(branch.files, branch.directory)).seals_made == 0);
  const auto chained = must(app::verify(branch.files, branch.directory, {.chain_head = *sealed.chain_head}, ignore));
  CHECK(chained.sound);
  CHECK(chained.chain_head == sealed.chain_head);
  CHECK(chained.kept_head_found == "in_log");
  CHECK(chained.kept_head_covers_to == sealed.covered_to);
  CHECK_THAT(chained.coverage.value_or(""), Catch::StartsWith("positions 1 to "));
}

TEST_CASE("verify, seal and prove say why they did nothing", "[verify]") {
  SmallBranch branch;
  CHECK(app::verify(branch.files, branch.directory, {}, ignore).error().code == Errc::not_found);
  CHECK(app::seal(branch.files, branch.directory).error().code == Errc::not_found);
  CHECK(app::prove(branch.files, branch.directory, {.position = 1}).error().code == Errc::not_found);
  branch.fill(3);
  CHECK(app::verify(branch.files, branch.directory, {.chain_head = "abc"}, ignore).error().code ==
        Errc::invalid_argument);
  CHECK(must(app::seal(branch.files, branch.directory)).chain_head == std::nullopt);
  std::stop_source stop;
  stop.request_stop();
  CHECK(app::verify(branch.files, branch.directory, {}, ignore, {}, stop.get_token()).error().code == Errc::stopped);
}

}  // namespace verify_test
