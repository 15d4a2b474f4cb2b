// An erasure that the collections did not allow: it stays unfinished until somebody goes on with it.
#include <sqlite3.h>

#include "clinic.hpp"

namespace unfinished_erasure_test {

using namespace clinic;

namespace {

struct Stranger {
  static constexpr auto name = "strangers";
  static constexpr auto keyed_by = es::KeyedBy::stream;
  using Document = Notes::Document;
  using reads = es::Reads<Patient>;
  static void project(const es::Change<Patient>& c, es::Operations<Document>& to) {
    to.put(string{c.key}, {c.after.name});
  }
};

// With a collection that the clinic's own program does not make.
void project_strangers(const Clinic& clinic) {
  auto theirs = model();
  theirs.projections.push_back(es::projection<Stranger>());
  es::StoreOptions options{};
  options.clock = &clinic.clock;
  options.keys = clinic.keys;
  auto store = must(es::Store::open(clinic.directory, theirs, options));
  must(store.project());
  REQUIRE(store.close());
}

void drop_strangers(es::Store& store) {
  auto* const collections = must(store.collections());
  REQUIRE(collections->drop("strangers"));
}

struct Opened {
  es::Store store;
  vector<string> said;
};

Opened open_and_listen(const Clinic& clinic, es::FileLogOptions::Mode mode) {
  auto said = std::make_shared<vector<string>>();
  es::StoreOptions options{};
  options.clock = &clinic.clock;
  options.keys = clinic.keys;
  options.log.mode = mode;
  options.on_unfinished_erasures = [said](const string& sentence) { said->push_back(sentence); };
  auto store = must(es::Store::open(clinic.directory, model(), options));
  return {std::move(store), *said};
}

}  // namespace

TEST_CASE("an erasure that leaves a collection undone is unfinished until that is mended", "[erase][left]") {
  using Mode = es::FileLogOptions::Mode;
  const Clinic clinic;
  {
    auto store = clinic.open();
    Clinic::fill(store);
    REQUIRE(store.close());
  }
  project_strangers(clinic);
  {
    auto store = clinic.open();
    const auto erased = Clinic::erase(store);
    REQUIRE(erased.left);
    CHECK_THAT(*erased.left, Catch::Contains("strangers") && Catch::Contains("project run"));
    CHECK(must(store.keys().erasures(true)).size() == 2);  // the person's, and that of the early note
    REQUIRE(Clinic::erase(store).left);                    // it goes on, and says it again
    REQUIRE(store.close());
  }
  {
    const auto opened = open_and_listen(clinic, Mode::read_write);
    REQUIRE(opened.said.size() == 1);
    CHECK_THAT(opened.said[0], Catch::Contains("strangers") && Catch::Contains("p-1") && Catch::Contains("1 more") &&
                                   Catch::Contains("project run"));
    CHECK(must(opened.store.keys().erasures(true)).size() == 2);
  }
  SECTION("by the next opening for writing") {
    {
      auto store = clinic.open();
      drop_strangers(store);
    }
    const auto opened = open_and_listen(clinic, Mode::read_write);
    CHECK(opened.said.empty());
    CHECK(must(opened.store.keys().erasures(true)).empty());
  }
  SECTION("by a process that only reads the log") {
    auto opened = open_and_listen(clinic, Mode::read_only);
    CHECK(opened.said.empty());
    CHECK_THAT(must(app::finish_documents(opened.store)), Catch::Contains("strangers"));
    CHECK(must(opened.store.keys().erasures(true)).size() == 2);
    drop_strangers(opened.store);
    CHECK(must(app::finish_documents(opened.store)).empty());
    CHECK(must(opened.store.keys().erasures(true)).empty());
  }
  CHECK(found_in(clinic.directory) == vector<string>{});
}

}  // namespace unfinished_erasure_test
