#include <eventstore/app/retain.hpp>
#include <eventstore/app/what_if.hpp>
#include <eventstore/schema/codec.hpp>

#include "app/branch.hpp"

namespace what_if_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

// What a stream's events pay in, by the day: shared by all streams.
struct Days {
  static constexpr auto name = "days";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Withdrawn, Cursed>;
  static void project(const Deposited& e, const es::Change<Account>& c, es::Operations<Document>& to) {
    if (e.cents == 13) throw std::runtime_error{"unlucky"};
    to.increment<&Document::cents>(c.metadata.created_at.date(), {e.cents});
  }
};

struct Keyed : Balances {
  static constexpr auto name = "keyed";
  static constexpr auto keyed_by = es::KeyedBy::stream;
};

class Branch {
 public:
  Branch() {
    branch_.fill(store, 4);
    branch_.fill(store, 3, "bea");
  }
  [[nodiscard]] es::Result<std::vector<std::string>> ask(const app::AskWhatIf& parameters,
                                                         std::stop_token stop = {}) const {
    std::vector<std::string> lines;
    const auto add = [&](const auto& row) -> es::Result<void> {
      lines.push_back(es::to_json(row));
      return {};
    };
    EVENTSTORE_TRY(app::ask_what_if(store, parameters, {add, add, add}, std::move(stop)));
    return lines;
  }
  [[nodiscard]] es::Error error(const app::AskWhatIf& parameters) const {
    const auto asked = ask(parameters);
    if (asked) FAIL("expected an error");
    return asked.error();
  }

 private:
  SmallBranch branch_;

 public:
  es::Store store = [&] {
    es::StoreOptions options{};
    options.clock = &branch_.clock;
    return must(es::Store::open(branch_.directory,
                                {{es::aggregate<Account>("1")}, {es::projection<Keyed>(), es::projection<Days>()}},
                                options));
  }();
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("what if tells the state at the end and where it parts for the first time", "[what-if]") {
  const Branch branch;
  CHECK(must(branch.ask({.stream = "account-ada", .without = {3}})) ==
        Lines{R"({"stream":"account-ada","versions":4,"edited_versions":3,"same":false,"first":{"edit":"without",)"
              R"("version":3,"event_type":"MoneyDeposited","changes":{"before":{"cents":2},"after":{"cents":1}}},)"
              R"("changes":{"before":{"cents":3},"after":{"cents":2}}})"});
  CHECK(must(branch.ask({.stream = "account-ada",
                         .without = {3},
                         .replace = {{2, R"({"cents":10})"}},
                         .insert = {{5, "MoneyWithdrawn", R"({"cents":11})"}}})) ==
        Lines{R"({"stream":"account-ada","versions":4,"edited_versions":4,"same":false,"first":{"edit":"replace",)"
              R"("version":2,"event_type":"MoneyDeposited","changes":{"before":{"cents":1},"after":{"cents":10}}},)"
              R"("changes":{"before":{"cents":3},"after":{"cents":0}}})"});
  CHECK(must(branch.ask({.stream = "account-ada", .replace = {{2, R"({"cents":1})"}}})) ==
        Lines{R"({"stream":"account-ada","versions":4,"edited_versions":4,"same":true})"});
}

TEST_CASE("what if shows the documents that would differ and those of others not", "[what-if]") {
  const Branch branch;
  const auto lines = must(branch.ask({.stream = "account-ada", .without = {3}, .projections = true}));
  REQUIRE(lines.size() == 5);
  CHECK_THAT(lines[1], Catch::StartsWith(R"({"collection":"keyed","document":")"));
  CHECK_THAT(lines[1], Catch::EndsWith(R"("organization_id":"default","would_be":"changed",)"
                                       R"("changes":{"before":{"cents":3},"after":{"cents":2}}})"));
  CHECK(lines[2] == R"({"collection":"keyed","same":0,"added":0,"removed":0,"changed":1})");
  CHECK_THAT(lines[3], Catch::Contains(R"("would_be":"changed","share":true,)"
                                       R"("changes":{"before":{"cents":3},"after":{"cents":2}})"));
  CHECK(lines[4] == R"({"collection":"days","same":0,"added":0,"removed":0,"changed":1})");
  const auto few = must(branch.ask({.stream = "account-ada", .without = {3}, .projections = true, .limit = 0}));
  CHECK(few == Lines{lines[0], lines[2], lines[4]});
}

TEST_CASE("a projection that fails in a history that never was says so and holds up no other", "[what-if]") {
  const Branch branch;
  const auto lines = must(
      branch.ask({.stream = "account-ada", .insert = {{4, "MoneyDeposited", R"({"cents":13})"}}, .projections = true}));
  REQUIRE(lines.size() == 4);
  CHECK_THAT(lines[1], Catch::Contains(R"({"before":{"cents":3},"after":{"cents":16}})"));
  CHECK_THAT(lines[3], Catch::Contains(R"("collection":"days")") && Catch::Contains("unlucky"));
}

TEST_CASE("without any event the documents of the stream would not be there", "[what-if]") {
  const Branch branch;
  const auto lines = must(branch.ask({.stream = "account-ada", .without = {1, 2, 3, 4}, .projections = true}));
  REQUIRE(lines.size() == 5);
  CHECK_THAT(lines[0], Catch::Contains(R"("edited_versions":0)"));
  CHECK_THAT(lines[1], Catch::Contains(R"("would_be":"removed")"));
}

TEST_CASE("a what if that makes no sense is refused", "[what-if]") {
  const Branch branch;
  CHECK(branch.error({.stream = "account-ada"}).code == Errc::invalid_argument);
  CHECK(branch.error({.stream = "nothing", .without = {1}}).code == Errc::invalid_argument);
  CHECK(branch.error({.stream = "parcel-1", .without = {1}}).code == Errc::invalid_argument);
  CHECK(branch.error({.stream = "account-cy", .without = {1}}).code == Errc::not_found);
  CHECK(branch.error({.stream = "account-ada", .without = {9}}).code == Errc::not_found);
  CHECK(branch.error({.stream = "account-ada", .without = {0}}).code == Errc::invalid_argument);
  std::stop_source stop;
  stop.request_stop();
  CHECK(branch.ask({.stream = "account-ada", .without = {2}, .projections = true}, stop.get_token()).error().code ==
        Errc::stopped);
}

TEST_CASE("what if begins behind the events that retention dropped", "[what-if][retain]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 60);
  const auto dropped = must(app::retain(store, {branch.clock.now().plus_seconds(1), app::RetainAction::drop}));
  REQUIRE(dropped.expired_position > 5);
  const auto first = dropped.expired_position + 1;
  std::vector<std::string> lines;
  const auto add = [&](const auto& row) -> es::Result<void> {
    lines.push_back(es::to_json(row));
    return {};
  };
  const app::OnWhatIf on{add, add, add};
  const auto early = app::ask_what_if(store, {.stream = "account-ada", .without = {first - 1}}, on);
  REQUIRE_FALSE(early.has_value());
  CHECK(early.error().code == Errc::expired);
  REQUIRE(app::ask_what_if(store,
                           {.stream = "account-ada",
                            .without = {first},
                            .insert = {{first, "MoneyDeposited", R"({"cents":100})"}},
                            .projections = true},
                           on)
              .has_value());
  CAPTURE(lines);
  REQUIRE(lines.size() == 5);
  CHECK_THAT(lines[0], Catch::EndsWith(R"("changes":{"before":{"cents":59},"after":{"cents":158}}})"));
  CHECK_THAT(lines[1], Catch::Contains(R"({"before":{"cents":59},"after":{"cents":158}})"));
}

}  // namespace what_if_test
