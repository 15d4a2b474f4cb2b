// Writes the page of a made-up ledger and its states, for the test that compares what a browser makes of it:
// made_up_page SEED EVENTS PAGE STATES. STATES gets the JSON of the state after each version, a line each.
#include <eventstore/history/report.hpp>
#include <eventstore/history/steps.hpp>

#include <array>
#include <cstdlib>
#include <fstream>
#include <random>

#include "history/ledger.hpp"

using namespace ledger;

namespace {

// Names that objects and numbers of JavaScript would take for something else, or order otherwise.
constexpr std::array names{"a",
                           "b",
                           "10",
                           "9",
                           "__proto__",
                           "constructor",
                           "\xC3\xA9",
                           "\xEF\xBC\xA1",
                           "\xF0\x9F\x98\x80",
                           "",
                           "<b>",
                           "x\"y\\z",
                           "\x01\xE2\x80\xA8"};

void record_any(Book& book, std::mt19937& random) {
  const auto below = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>{0, end - 1}(random); };
  const string name = names[below(names.size())];
  const auto place = static_cast<int64_t>(below(50));
  switch (below(5)) {
    case 0: return book.record(Struck{place});
    case 1: return book.record(Noted{name, below(2) == 0 ? std::nullopt : std::optional{name}});
    default: return book.record(Written{name, static_cast<int64_t>(below(20)) - 10, place});
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  std::mt19937 random{static_cast<std::mt19937::result_type>(std::atoi(words[1]))};
  Book book;
  for (int i = std::atoi(words[2]); i > 0; --i) record_any(book, random);
  std::ofstream page{words[3], std::ios::binary};
  const auto to_page = [&](std::string_view piece) {
    page << piece;
    return es::Result<void>{};
  };
  (void)es::must(es::write_report(book.log, book.schemas, book.type, book.stream, {}, to_page));
  std::ofstream states{words[4], std::ios::binary};
  const auto to_states = [&](const es::Step& step) {
    states << es::must(es::state_json(book.type, step.after)) << '\n';
    return true;
  };
  es::must(es::each_step(book.log, book.schemas, book.type, book.stream, {}, to_states));
  return page.good() && states.good() ? 0 : 1;
}
