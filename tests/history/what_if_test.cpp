// An account whose history had been another one.
#include <eventstore/history/what_if.hpp>

#include "aggregate/bank_test.hpp"

namespace what_if_test {

using namespace bank;
using Kind = es::StreamEdit::Kind;

namespace {

struct Ada {
  Bank bank;
  es::AggregateType type = es::aggregate<Account>();
  es::SchemaReader schemas{bank.log};
  es::StreamId stream = *es::StreamId::of("account", "ada");
  std::unique_ptr<es::EditedStream> edited{};

  // 1, 2, 4 cents come in at positions 2, 4 and 5; bob stands between.
  Ada() {
    bank.record("ada", Opened{.owner = "ada"});
    bank.record("ada", Deposited{1});
    bank.record("bob", Opened{.owner = "bob"});
    bank.clock.advance_seconds(10);
    bank.record("ada", Deposited{2});
    bank.record("ada", Deposited{4});
  }
  es::WhatIf what_if(std::vector<es::StreamEdit> edits) {
    auto made = es::EditedStream::make(bank.log, schemas, type, stream, std::move(edits));
    if (!made) FAIL(made.error().message());
    edited = std::move(*made);
    auto found = es::what_if(bank.log, schemas, type, *edited);
    if (!found) FAIL(found.error().message());
    return std::move(*found);
  }
  es::Error error(std::vector<es::StreamEdit> edits) {
    const auto made = es::EditedStream::make(bank.log, schemas, type, stream, std::move(edits));
    REQUIRE_FALSE(made.has_value());
    return made.error();
  }
  // "type version position" of each event of the edited history.
  [[nodiscard]] std::vector<std::string> events() const {
    std::vector<std::string> seen;
    const auto note = [&](const es::RecordedEvent& event) {
      seen.push_back(std::string{event.type} + " " + std::to_string(event.version.value) + " " +
                     std::to_string(event.position.value));
      return true;
    };
    REQUIRE(edited->visit_stream(stream, {.limit = es::no_limit}, note).has_value());
    return seen;
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("without an event the state lacks what it did and the versions close up", "[what-if]") {
  Ada ada;
  const auto found = ada.what_if({{Kind::without, es::Version{3}}});
  CHECK_FALSE(found.same);
  CHECK(found.changes.to_json() == R"({"before":{"cents":7},"after":{"cents":5}})");
  REQUIRE(found.diverges.has_value());
  CHECK(found.diverges->place.recorded == es::Version{3});
  CHECK(found.diverges->place.type == "MoneyDeposited");
  CHECK(found.diverges->changes.to_json() == R"({"before":{"cents":3},"after":{"cents":1}})");
  CHECK(ada.edited->recorded_head() == es::Version{4});
  CHECK(ada.edited->edited_head() == es::Version{3});
  CHECK(ada.events() == Texts{"AccountOpened 1 1", "MoneyDeposited 2 2", "MoneyDeposited 3 5"});
}

TEST_CASE("an event that is replaced keeps its place and its metadata", "[what-if]") {
  Ada ada;
  const auto found = ada.what_if({{Kind::replace, es::Version{2}, {}, R"({"cents":100})"}});
  CHECK(found.changes.to_json() == R"({"before":{"cents":7},"after":{"cents":106}})");
  CHECK(ada.events() == Texts{"AccountOpened 1 1", "MoneyDeposited 2 2", "MoneyDeposited 3 4", "MoneyDeposited 4 5"});
  const auto was = ada.bank.log.read_stream(ada.stream, {.from = es::Version{2}, .limit = 1});
  const auto is = ada.edited->read_stream(ada.stream, {.from = es::Version{2}, .limit = 1});
  CHECK(is->events.front().id == was->events.front().id);
  CHECK(is->events.front().created_at == was->events.front().created_at);
}

TEST_CASE("inserted events stand before the version and push those that stand in their way", "[what-if]") {
  Ada ada;
  const auto found = ada.what_if({{Kind::insert, es::Version{4}, "MoneyWithdrawn", R"({"cents":3})"},
                                  {Kind::insert, es::Version{4}, "MoneyDeposited", R"({"cents":50})"}});
  CHECK(found.changes.to_json() == R"({"before":{"cents":7},"after":{"cents":54}})");
  CHECK(found.diverges->changes.to_json() == R"({"before":{"cents":3},"after":{"cents":0}})");
  CHECK(ada.events() == Texts{"AccountOpened 1 1", "MoneyDeposited 2 2", "MoneyDeposited 3 4", "MoneyWithdrawn 4 5",
                              "MoneyDeposited 5 6", "MoneyDeposited 6 7"});
  const auto inserted = ada.edited->read_stream(ada.stream, {.from = es::Version{4}, .limit = 2});
  CHECK(inserted->events.front().created_at == noon.plus_seconds(10));
  CHECK(inserted->events.front().id != inserted->events.back().id);
}

TEST_CASE("events may be inserted before the first one and behind the last one", "[what-if]") {
  Ada ada;
  const auto found = ada.what_if({{Kind::insert, es::Version{5}, "MoneyDeposited", R"({"cents":8})"},
                                  {Kind::insert, es::Version{1}, "AccountOpened", R"({"owner":"eve","limit":1})"}});
  CHECK(found.changes.to_json() == R"({"before":{"cents":7},"after":{"cents":15}})");
  CHECK(ada.edited->edited_head() == es::Version{6});
  CHECK(ada.events().front() == "AccountOpened 1 1");
  CHECK(ada.events()[1] == "AccountOpened 2 2");
  CHECK(ada.events()[2] == "MoneyDeposited 3 3");
  CHECK(ada.events()[3] == "MoneyDeposited 4 4");
}

TEST_CASE("an inserted event takes the time and the user that it is given", "[what-if]") {
  Ada ada;
  const auto found =
      ada.what_if({{Kind::insert, es::Version{2}, "AccountOpened", R"({"owner":"x"})", noon.plus_seconds(77), "eve"}});
  CHECK_THAT(found.changes.to_json(), Catch::Contains(R"("opened_by":"eve")"));
  CHECK_THAT(found.changes.to_json(), Catch::Contains("2026-01-27T12:01:17.000000Z"));
}

TEST_CASE("an edit without effect diverges nowhere", "[what-if]") {
  Ada ada;
  const auto found = ada.what_if({{Kind::replace, es::Version{2}, {}, R"({"cents":1})"},
                                  {Kind::insert, es::Version{3}, "MoneyDeposited", R"({"cents":0})"}});
  CHECK(found.same);
  CHECK_FALSE(found.diverges.has_value());
  CHECK(found.changes.empty());
}

TEST_CASE("a difference that later events undo is told although the end is the same", "[what-if]") {
  Ada ada;
  const auto found = ada.what_if(
      {{Kind::replace, es::Version{2}, {}, R"({"cents":2})"}, {Kind::replace, es::Version{3}, {}, R"({"cents":1})"}});
  CHECK(found.same);
  REQUIRE(found.diverges.has_value());
  CHECK(found.diverges->place.edited == es::Version{2});
}

TEST_CASE("a history without any event is a stream that is not there", "[what-if]") {
  Ada ada;
  const auto found = ada.what_if({{Kind::without, es::Version{1}},
                                  {Kind::without, es::Version{2}},
                                  {Kind::without, es::Version{4}},
                                  {Kind::without, es::Version{3}}});
  CHECK_FALSE(found.same);
  CHECK(ada.edited->edited_head() == es::Version{0});
  CHECK(ada.events().empty());
  CHECK(ada.edited->info(ada.stream).error().code == es::Errc::not_found);
  CHECK(ada.edited->streams("", "", 10)->empty());
}

TEST_CASE("an edit that does not fit names the version and the place in its data", "[what-if]") {
  Ada ada;
  const auto wrong = ada.error({{Kind::replace, es::Version{2}, {}, R"({"cents":"many"})"}});
  CHECK(wrong.code == es::Errc::invalid_argument);
  CHECK_THAT(wrong.message(), Catch::Contains("version 2") && Catch::Contains("cents"));
  CHECK(ada.error({{Kind::replace, es::Version{2}, {}, "{"}}).code == es::Errc::invalid_argument);
  CHECK(ada.error({{Kind::replace, es::Version{2}, {}, "[]"}}).code == es::Errc::invalid_argument);
  const auto unknown = ada.error({{Kind::insert, es::Version{2}, "AccountFrozen", "{}"}});
  CHECK(unknown.code == es::Errc::unknown_event_type);
  CHECK_THAT(unknown.message(), Catch::Contains("AccountFrozen") && Catch::Contains("AccountOpened, MoneyDeposited"));
  CHECK(ada.error({{Kind::without, es::Version{0}}}).code == es::Errc::invalid_argument);
  const auto late = ada.error({{Kind::without, es::Version{5}}});
  CHECK(late.code == es::Errc::not_found);
  CHECK_THAT(late.message(), Catch::Contains("ends at version 4"));
  CHECK_THAT(ada.error({{Kind::insert, es::Version{6}, "MoneyDeposited", R"({"cents":1})"}}).message(),
             Catch::Contains("insert at 5 at most"));
  const auto twice =
      ada.error({{Kind::without, es::Version{2}}, {Kind::replace, es::Version{2}, {}, R"({"cents":1})"}});
  CHECK(twice.code == es::Errc::invalid_argument);
  CHECK_THAT(twice.message(), Catch::Contains("version 2"));
  ada.stream = *es::StreamId::of("account", "nobody");
  CHECK(ada.error({{Kind::without, es::Version{1}}}).code == es::Errc::not_found);
}

TEST_CASE("what evolve throws in a history that never was is an error", "[what-if]") {
  Ada ada;
  const auto made = es::EditedStream::make(ada.bank.log, ada.schemas, ada.type, ada.stream,
                                           {{Kind::insert, es::Version{3}, "AccountCursed", R"({"with_int":false})"}});
  REQUIRE(made.has_value());
  const auto found = es::what_if(ada.bank.log, ada.schemas, ada.type, **made);
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().code == es::Errc::user_exception);
}

TEST_CASE("an edited history is only read and never grows", "[what-if]") {
  Ada ada;
  (void)ada.what_if({{Kind::without, es::Version{2}}});
  ada.bank.record("ada", Deposited{1000});
  CHECK(ada.events().size() == 3);
  const auto appended = ada.edited->append({});
  CHECK(appended.error().code == es::Errc::read_only);
  CHECK(*ada.bank.log.head() == es::Position{6});
}

TEST_CASE("an edited history reads backward and by position as it reads forward", "[what-if]") {
  Ada ada;
  (void)ada.what_if({{Kind::insert, es::Version{2}, "MoneyDeposited", R"({"cents":9})"}});
  auto page = ada.edited->read_stream(ada.stream, {.direction = es::Direction::backward, .limit = 3});
  REQUIRE(page->events.size() == 3);
  CHECK(page->events.front().version == es::Version{5});
  CHECK_FALSE(page->at_end);
  page = ada.edited->read_stream(ada.stream,
                                 {.from = es::Version{page->next}, .direction = es::Direction::backward, .limit = 3});
  REQUIRE(page->events.size() == 2);
  CHECK(page->events.back().version == es::Version{1});
  CHECK(page->at_end);
  const auto all = ada.edited->read_all({.from = es::Position{3}, .filter = {.type = "MoneyDeposited"}});
  REQUIRE(all->events.size() == 3);
  CHECK(all->events.front().position == es::Position{3});
  CHECK(all->at_end);
  const auto found = ada.edited->find(ada.stream, all->events.back().id);
  CHECK(found->events.front().version == es::Version{5});
  CHECK(ada.edited->head(*es::StreamId::of("account", "bob")).value() == es::Version{0});
}

}  // namespace what_if_test
