// Files of another history of the same log.
#include <map>

#include "found_case.hpp"

namespace forked_histories_test {

using namespace eventstore;

namespace {

/// Two histories that begin with the same events, and go on with others of the same length.
struct Forked : Case {
  static constexpr std::uint64_t common = 6;
  static constexpr std::uint64_t all = 26;
  using Files = std::map<std::string, Bytes>;

  static std::string_view stream_of(std::uint64_t number, int history) {
    const bool is_swapped = number > common && history == 2 && number % 3 != 0;
    return (number % 2 == 0) == is_swapped ? "delivery-1" : "delivery-2";
  }
  static std::string_view type_of(std::uint64_t number, int history) {
    return number > common && history == 2 && number % 5 < 2 ? "Occurred" : "Happened";
  }

  void go_on(std::uint64_t last, int history) {
    const auto log = open();
    for (auto number = log->head()->value + 1; number <= last; ++number) {
      const std::string data(800, 'x');
      NewEvent event{StreamId::trusted(stream_of(number, history))};
      event.id = EventId{Uuid::v7(noon, number, number > common ? static_cast<std::uint64_t>(history) : 0U)};
      event.type = type_of(number, history);
      event.organization = "org-1";
      event.created_at = noon;
      event.data = as_bytes(data);
      REQUIRE(log->append({.events = {&event, 1}}));
    }
    REQUIRE(log->close());
  }
  Files contents() {
    Files found;
    for (const auto* const folder : {"store", "store/segments", "store/tables"})
      for (const auto& path : files(folder, ""))
        if (auto content = disk.cached(path)) found[path] = std::move(*content);
    return found;
  }
  void replace_by(const Files& wanted) {
    for (const auto& [path, content] : contents()) REQUIRE(disk.remove(path));
    for (const auto& [path, content] : wanted) REQUIRE(write_all(**disk.open(path, OpenMode::create), 0, content));
  }
  // All of the second history is there, and nothing of the first.
  void check_second() {
    const auto log = open();
    REQUIRE(log->head() == Position{all});
    for (const auto* const name : {"delivery-1", "delivery-2"}) {
      std::vector<EventId> wanted;
      for (std::uint64_t number = 1; number <= all; ++number)
        if (stream_of(number, 2) == name) wanted.push_back(EventId{Uuid::v7(noon, number, number > common ? 2U : 0U)});
      const auto page = log->read_stream(StreamId::trusted(name), {.limit = 100});
      REQUIRE(page);
      std::vector<EventId> there;
      for (const auto& event : page->events) there.push_back(event.id);
      CHECK(there == wanted);
      const auto head = log->head(StreamId::trusted(name));
      if (!head) FAIL(head.error().message());
      CHECK(*head == Version{wanted.size()});
      for (const auto& id : wanted) CHECK(log->find(StreamId::trusted(name), id));
    }
    for (const auto* const type : {"Happened", "Occurred"}) {
      std::vector<std::uint64_t> wanted;
      for (std::uint64_t number = 1; number <= all; ++number)
        if (type_of(number, 2) == type) wanted.push_back(number);
      const auto page = log->read_all({.limit = 100, .filter = {.type = type}});
      REQUIRE(page);
      std::vector<std::uint64_t> there;
      for (const auto& event : page->events) there.push_back(event.position.value);
      CHECK(there == wanted);
    }
  }
};

}  // namespace

TEST_CASE("index files of another history of the same length are not used", "[power][found]") {
  const std::vector<std::string> endings =
      GENERATE(std::vector<std::string>{".idx"}, std::vector<std::string>{".tbl"}, std::vector<std::string>{"catalog"},
               std::vector<std::string>{".idx", ".tbl", "catalog"});
  const bool has_catalog = GENERATE(true, false);
  CAPTURE(endings, has_catalog);
  Forked at;
  at.go_on(Forked::common, 1);
  const auto before = at.contents();
  at.go_on(Forked::all, 1);
  const auto first = at.contents();
  at.replace_by(before);
  at.go_on(Forked::all, 2);
  auto second = at.contents();
  for (auto& [path, content] : second)
    for (const auto& ending : endings)
      if (path.ends_with(ending) && first.contains(path)) content = first.at(path);
  if (!has_catalog) second.erase("store/catalog");
  second.erase("store/head");
  at.replace_by(second);
  at.check_second();
}

TEST_CASE("a last segment of another history is noticed where the one before is scanned", "[power][found]") {
  Forked at;
  at.go_on(Forked::common, 1);
  const auto before = at.contents();
  at.go_on(Forked::all, 2);
  const auto second = at.contents();
  at.replace_by(before);
  at.go_on(Forked::all, 1);
  auto mixed = at.contents();
  const auto last = at.files("store/segments", ".log").back();
  mixed.at(last) = second.at(last);
  std::erase_if(mixed,
                [](const auto& file) { return !file.first.ends_with(".log") && !file.first.ends_with("manifest"); });
  at.replace_by(mixed);
  const auto place = at.files("store/segments", ".log").rbegin()[1];
  const auto unknown = StreamId::trusted("delivery-3");
  const std::string sentence = "the next segment does not continue this one";
  const auto check = [&](const auto& refused) {
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::corrupt_record);
    CHECK(refused.error().where == place);
    CHECK_THAT(refused.error().detail, Catch::Contains(sentence));
  };
  SECTION("by a reader, to which no stream's absence is certain") {
    auto options = small;
    options.mode = FileLogOptions::Mode::read_only;
    check(at.open(options)->head(unknown));
  }
  SECTION("by a writer, which begins no stream") {
    const auto log = at.open();
    NewEvent event{unknown};
    event.id = Case::id_of(1);
    event.type = "Happened";
    event.organization = "org-1";
    event.created_at = noon;
    check(log->append({.events = {&event, 1}}));
  }
}

TEST_CASE("a reader that follows the log into a segment of another history is certain of no stream's absence",
          "[power][found]") {
  Forked at;
  at.go_on(Forked::common, 1);
  const auto before = at.contents();
  // One event at a time: the last one begins a segment, behind one of which the histories differ.
  auto last = Forked::common;
  const auto segments = [&] { return at.files("store/segments", ".log"); };
  for (const auto begun = segments().size(); segments().size() < begun + 2;) at.go_on(++last, 2);
  const auto path = segments().back();
  const auto other = at.contents().at(path);
  at.replace_by(before);
  for (auto number = Forked::common + 1; number < last; ++number) at.go_on(number, 1);
  REQUIRE(segments().back() < path);
  auto options = small;
  options.mode = FileLogOptions::Mode::read_only;
  const auto reader = at.open(options);
  REQUIRE(reader->head() == Position{last - 1});
  at.go_on(last, 1);
  REQUIRE(at.disk.remove(path));
  REQUIRE(write_all(**at.disk.open(path, OpenMode::create), 0, other));
  const auto head = reader->head(StreamId::trusted("delivery-3"));
  REQUIRE_FALSE(head);
  CHECK_THAT(head.error().message(),
             Catch::Contains(path) && Catch::Contains("the segment does not continue the one before"));
}

}  // namespace forked_histories_test
