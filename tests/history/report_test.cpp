// The page of a stream: the states that its data gives, and what it says of itself.
#include <eventstore/history/report.hpp>
#include <eventstore/history/steps.hpp>

#include <rapidcheck/catch.h>

#include "report_page.hpp"

namespace report_test {

using namespace ledger;

namespace {

// The state after each version, folded from zero.
std::vector<string> folded(const Book& book) {
  std::vector<string> states{*es::state_json(book.type, *book.type.new_state())};
  const auto note = [&](const es::Step& step) {
    states.push_back(*es::state_json(book.type, step.after));
    return true;
  };
  REQUIRE(es::each_step(book.log, book.schemas, book.type, book.stream, {}, note));
  return states;
}

// Goes through the page's data as the page does, forward and then backward, and meets `states` at every version.
void check_states(const Book& book, const WrittenPage& page, const std::vector<string>& states) {
  const auto data = page.data();
  es::JsonDocument document;
  const auto root = document.parse(data);
  REQUIRE(root);
  const auto begin = member(*root, "begin");
  auto version = static_cast<std::size_t>(member(begin, "version").integer());
  auto state = json_of(member(begin, "state"));
  CHECK(state == states[version]);
  const auto& type = book.type.state_schema->type;
  std::vector<es::Changes> passed;
  std::uint64_t keyframes = 0;
  member(*root, "events").each_element([&](es::JsonNode event) {
    passed.push_back({json_of(member(event, "before")), json_of(member(event, "after"))});
    state = *es::apply_changes(type, state, passed.back());
    CHECK(member(event, "version").integer() == static_cast<std::int64_t>(++version));
    CHECK(state == states[version]);
    if (const auto whole = event.find("state")) {
      CHECK(json_of(*whole) == state);
      ++keyframes;
    }
    return true;
  });
  CHECK(page.made.last.value == version);
  CHECK(page.made.events == passed.size());
  CHECK(page.made.keyframes == keyframes);
  for (; !passed.empty() && passed.back().before != "{}"; passed.pop_back()) {
    state = *es::apply_changes(type, state, passed.back(), es::ChangeDirection::backward);
    CHECK(state == states[--version]);
  }
}

void record_random(Book& book, int events) {
  for (int i = 0; i < events; ++i) {
    const auto text = "text " + std::to_string(*rc::gen::inRange(0, 8));
    switch (*rc::gen::inRange(0, 4)) {
      case 0: book.record(Struck{*rc::gen::inRange(0, 50)}); break;
      case 1: book.record(Noted{text, *rc::gen::element(std::optional<string>{}, std::optional<string>{text})}); break;
      default: book.record(Written{text, *rc::gen::inRange(-9, 9), *rc::gen::inRange(0, 50)});
    }
  }
}

struct LongBook : Book {
  explicit LongBook(int events) {
    for (int i = 0; i < events; ++i) record(Written{"text " + std::to_string(i), i, i});
  }
};

es::Error error_of(const Book& book, const es::ReportOptions& options) {
  const auto page = write_page(book, options);
  REQUIRE_FALSE(page);
  return page.error();
}

}  // namespace

TEST_CASE("the page's changes and whole states give the state at every version", "[report]") {
  rc::prop("on random histories", [] {
    Book book;
    record_random(book, *rc::gen::inRange(1, 60));
    check_states(book, page_of(book), folded(book));
  });
}

TEST_CASE("a long page has whole states that take at most twice the bytes of the changes", "[report]") {
  const LongBook book{2000};
  const auto page = page_of(book);
  check_states(book, page, folded(book));
  CHECK(page.made.keyframes > 3);
  const auto data = page.data();
  es::JsonDocument document;
  std::size_t changes = 0;
  std::size_t wholes = 0;
  const auto root = document.parse(data);
  member(*root, "events").each_element([&](es::JsonNode event) {
    changes += json_of(member(event, "before")).size() + json_of(member(event, "after")).size();
    if (const auto whole = event.find("state")) wholes += json_of(*whole).size();
    return true;
  });
  CHECK(wholes < 2 * changes);
}

TEST_CASE("a page shows the versions that are asked for", "[report]") {
  const LongBook book{20};
  es::ReportOptions options{};
  options.first = es::Version{5};
  options.last = es::Version{9};
  const auto page = page_of(book, options);
  CHECK(page.made.first == es::Version{5});
  CHECK(page.made.last == es::Version{9});
  CHECK(page.made.events == 5);
  check_states(book, page, folded(book));
  options.last = es::Version{1000};
  CHECK(page_of(book, options).made.last == es::Version{20});
}

TEST_CASE("a page tells its stream and its times and who made it", "[report]") {
  const LongBook book{3};
  es::ReportOptions options{};
  options.made_at = noon;
  const auto data = page_of(book, options).data();
  CHECK_THAT(data, Catch::Contains(R"("stream":"ledger-1","organization_id":"default",)"
                                   R"("made_at":"2026-01-27T12:00:00.000000Z","made_by":"eventstore 0.1.0","head":3)"));
  CHECK_THAT(data, Catch::Contains(R"("event_type":"EntryWritten")"));
  CHECK_THAT(data, Catch::Contains(R"("created_at":"2026-01-27T12:00:03.000000Z")"));
  CHECK_THAT(data, Catch::Contains(R"("data":{"text":"text 2","cents":2,"place":2})"));
}

TEST_CASE("a page that cannot be made says why", "[report]") {
  LongBook book{3};
  es::ReportOptions options{};
  options.first = es::Version{4};
  CHECK(error_of(book, options).code == es::Errc::not_found);
  CHECK_THAT(error_of(book, options).message(), Catch::Contains("the stream ends at version 3"));
  options.last = es::Version{2};
  CHECK(error_of(book, options).code == es::Errc::invalid_argument);
  options = {};
  options.bytes_max = 1 << 20;
  book.record(Noted{"long", string(2 << 20, 'x')});
  CHECK(error_of(book, options).code == es::Errc::too_large);
  CHECK_THAT(error_of(book, options).message(), Catch::Contains("1 MiB") && Catch::Contains("--from"));
  book.stream = *es::StreamId::of("ledger", "2");
  CHECK(error_of(book, {}).code == es::Errc::not_found);
}

TEST_CASE("an error of the sink ends the page", "[report]") {
  const LongBook book{3};
  const auto full = [](std::string_view) -> es::Result<void> {
    return es::failure(es::Errc::out_of_space, "write", "page");
  };
  const auto made = es::write_report(book.log, book.schemas, book.type, book.stream, {}, full);
  REQUIRE_FALSE(made);
  CHECK(made.error().code == es::Errc::out_of_space);
}

}  // namespace report_test
