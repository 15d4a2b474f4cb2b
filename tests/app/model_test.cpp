#include <eventstore/app/model.hpp>

#include "branch.hpp"

namespace model_test {

using namespace bank;
using es::Errc;

namespace {

struct GetOwner {
  EVENTSTORE_FIELDS(GetOwner, (string, owner));
};
struct Owner {
  EVENTSTORE_FIELDS(Owner, (string, owner));
};
es::Result<Owner> get_owner(const es::AskContext&, const GetOwner& parameters) { return Owner{parameters.owner}; }

es::Error error_of(const es::Model& model) {
  const auto checked = es::check_model(model);
  REQUIRE(!checked);
  CHECK(checked.error().code == Errc::invalid_argument);
  return checked.error();
}

}  // namespace

TEST_CASE("a model in which each name belongs to one part is taken", "[model]") {
  auto model = SmallBranch::model();
  model.functions = {es::asks("get_owner", &get_owner), es::asks("get_first_owner", &get_owner)};
  CHECK(es::check_model(model));
  CHECK(es::check_model({}));
}

TEST_CASE("an aggregate that is listed twice is named in one line", "[model]") {
  const auto error = error_of({{es::aggregate<Account>(), es::aggregate<Account>()}, {}, {}});
  CHECK(error.where == "account");
  CHECK_THAT(error.detail, Catch::Contains("list an aggregate once"));
}

TEST_CASE("a projection that is listed twice is named in one line", "[model]") {
  const auto error =
      error_of({{}, {es::projection<Balances>(), es::projection<Owners>(), es::projection<Owners>()}, {}});
  CHECK(error.where == "owners");
  CHECK_THAT(error.detail, Catch::StartsWith("two projections have this name"));
}

namespace {

struct Campaigns {
  static constexpr auto name = "campaigns";
  struct Document {
    EVENTSTORE_FIELDS(Document, (es::Map<int64_t>, contacts), (string, words));
  };
  using reads = es::Reads<Account>;
  static std::vector<es::Index> indexes() { return {es::full_text_on("words")}; }
  static void project(const es::Change<Account>&, es::Operations<Document>&) {}
};

}  // namespace

TEST_CASE("a projection that has the name of a table beside another one's documents is named", "[model]") {
  for (const auto* const name :
       {"campaigns_rows", "campaigns_parts", "campaigns_text", "campaigns__rebuild", "campaigns__dropped"}) {
    auto other = es::projection<Balances>();
    other.shape.name = name;
    const auto error = error_of({{}, {other, es::projection<Campaigns>()}, {}});
    CHECK(error.code == es::Errc::invalid_argument);
    CHECK(error.where == name);
    CHECK_THAT(error.detail, Catch::StartsWith("the documents of campaigns have a table of this name"));
  }
  // Documents without maps and without words have no such tables.
  auto other = es::projection<Owners>();
  for (const auto* const name : {"balances_rows", "balances_parts", "balances_text", "balances_location"}) {
    other.shape.name = name;
    CHECK(es::check_model({{}, {es::projection<Balances>(), other}, {}}));
  }
}

TEST_CASE("a projection that may write parts of documents is not made to set events aside", "[model]") {
  auto balances = es::projection<Balances>();
  balances.on_failure = es::OnFailure::set_aside;
  const auto error = error_of({{}, {balances}, {}});
  CHECK(error.where == "balances");
  CHECK_THAT(error.detail, Catch::Contains("documents of later events would be wrong"));
  balances.on_failure = es::OnFailure::set_aside_although_incomplete;
  CHECK(es::check_model({{}, {balances}, {}}));
}

TEST_CASE("a function that is listed twice is named in one line", "[model]") {
  const auto error = error_of({{}, {}, {es::asks("get_owner", &get_owner), es::asks("get_owner", &get_owner)}});
  CHECK(error.where == "get_owner");
  CHECK_THAT(error.detail, Catch::StartsWith("two functions have this name"));
}

TEST_CASE("a store is not opened for a model with a name twice", "[model]") {
  const es::test::TemporaryDirectory folder;
  const auto opened =
      es::Store::open(folder.file("store"), {{}, {es::projection<Owners>(), es::projection<Owners>()}, {}});
  REQUIRE(!opened);
  CHECK(opened.error().where == "owners");
  CHECK(!std::filesystem::exists(folder.file("store")));
}

TEST_CASE("a stream that cannot be gets an example of the program's own", "[model]") {
  const auto detail = [](const es::Model& model) { return es::parse_stream(model, "7").error().detail; };
  CHECK(detail(SmallBranch::model()) == "a stream is named <category>-<key>; for example account-7");
  CHECK(detail({}) == "a stream is named <category>-<key>; for example category-7");
  CHECK(must(es::parse_stream({}, "parcel-7")).key() == "7");
}

}  // namespace model_test
