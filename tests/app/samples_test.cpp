#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/app/samples.hpp>

#include <fstream>

#include "branch.hpp"

namespace samples_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

struct Corpus : SmallBranch {
  const es::Model domain = model();
  const app::KeepSamples where{.samples = file("corpus")};
  Rows<app::SampleVerdict> verdicts{};

  Corpus() { std::filesystem::create_directories(where.samples); }

  std::vector<app::CategorySamples> keep(es::Store& store) {
    Rows<app::CategorySamples> rows;
    REQUIRE(app::keep_samples(store, files, where, rows));
    return rows.all;
  }
  es::Result<void> check(std::vector<std::string> retired = {}) {
    verdicts.all.clear();
    return app::check_samples(domain, files, {where, std::move(retired)}, verdicts);
  }
  // Moves the samples of accounts to a category that the model does not have.
  void forget_accounts() const { std::filesystem::rename(where.samples + "/account", where.samples + "/till"); }
};

}  // namespace

TEST_CASE("samples of each schema are kept once", "[samples]") {
  Corpus corpus;
  auto store = corpus.open();
  corpus.fill(store, 3);
  const auto first = corpus.keep(store);
  REQUIRE(first.size() == 1);
  CHECK(first[0].folder == corpus.where.samples + "/account/samples");
  CHECK(first[0].kept == 0);
  REQUIRE(first[0].added.size() == 2);
  CHECK_THAT(first[0].added[0], Catch::StartsWith("AccountOpened.") && Catch::EndsWith(": 1 payload of 1 event"));
  REQUIRE(first[0].without);
  CHECK(first[0].without->size() == 2);
  const auto second = corpus.keep(store);
  CHECK(second[0].kept == 2);
  CHECK(second[0].added.empty());
  CHECK(app::keep_samples(store, corpus.files, corpus.where, full).error().code == Errc::out_of_space);
}

TEST_CASE("the library's own events get no samples of the program", "[samples]") {
  Corpus corpus;
  auto store = corpus.open();
  corpus.fill(store, 2);
  const es::DecidedEvent event{&es::schema_of<es::SubjectErased>(), es::encode(es::SubjectErased{"p-1"})};
  REQUIRE(es::append_events(store.event_log(), corpus.clock, *es::StreamId::parse("erasure-default"), {&event, 1}, {}));
  const auto kept = corpus.keep(store);
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].category == "account");
  CHECK_FALSE(std::filesystem::exists(corpus.where.samples + "/erasure"));
}

TEST_CASE("samples are held against the model, without a store", "[samples]") {
  Corpus corpus;
  CHECK(corpus.check().error().code == Errc::not_found);
  {
    auto store = corpus.open();
    corpus.fill(store, 3);
    corpus.keep(store);
  }
  REQUIRE(corpus.check());
  REQUIRE(corpus.verdicts.all.size() == 2);
  CHECK(corpus.verdicts.all[0].verdict == "same");
  CHECK(corpus.verdicts.all[0].payloads == 1);
  std::ofstream{corpus.verdicts.all[0].file} << "nonsense\n";
  CHECK(corpus.check().error().code == Errc::corrupt_record);
  CHECK(corpus.verdicts.all[0].verdict == "damaged");
  CHECK(!corpus.verdicts.all[0].payloads);
}

TEST_CASE("samples of a category that is gone break the check until it is retired", "[samples]") {
  Corpus corpus;
  {
    auto store = corpus.open();
    corpus.fill(store, 3);
    corpus.keep(store);
  }
  corpus.forget_accounts();
  CHECK(corpus.check().error().code == Errc::unreadable_schema);
  CHECK(corpus.verdicts.all.front().verdict == "breaking");
  CHECK_THAT(corpus.check().error().detail, Catch::Contains("; 1 more cannot be read"));
}

TEST_CASE("a folder of samples that is missing is named", "[samples]") {
  Corpus corpus;
  std::filesystem::remove_all(corpus.where.samples);
  CHECK_THAT(app::find_samples(corpus.files, corpus.where).error().detail,
             Catch::Contains("the folder does not exist"));
  CHECK(corpus.check().error().code == Errc::not_found);
  auto store = corpus.open();
  CHECK(app::keep_samples(store, corpus.files, corpus.where, full).error().code == Errc::not_found);
}

}  // namespace samples_test
