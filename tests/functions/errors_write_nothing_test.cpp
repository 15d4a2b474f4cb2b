// Law: a function of `record` that reports an error has written nothing, in every state of the store.
#include <eventstore/collections/sqlite/sqlite_collections.hpp>

#include "functions/record_calls.hpp"
#include "functions/shop.hpp"

#include <fstream>

using namespace domain;

namespace {

void damage(const string& path) { std::ofstream{path} << "this is no database, whatever its name says"; }

// Another release made the collections.
void make_stale(const string& path) {
  auto opened = es::SqliteCollections::open(path);
  REQUIRE(opened);
  for (const auto& projection : all_projections()) {
    auto checkpoint = (*opened)->checkpoint(projection.name());
    REQUIRE((checkpoint && *checkpoint));
    (*checkpoint)->fingerprint = "shape:of another release";
    (*checkpoint)->building = false;
    REQUIRE((*opened)->create(projection.shape, projection.name(), **checkpoint));
  }
}

struct StoreState {
  string name;
  void (*make)(Shop&);
  bool is_whole = true;  ///< the good calls succeed
};

const std::vector<StoreState>& states() {
  static const std::vector<StoreState> all{
      {"lived in",
       [](Shop& shop) {
         auto store = shop.open();
         shop.trade(store, "late");
       }},
      {"with collections",
       [](Shop& shop) {
         auto store = shop.open();
         shop.trade(store, "late");
         shop.project(store);
       }},
      {"with collections that are behind",
       [](Shop& shop) {
         auto store = shop.open();
         shop.trade(store, "soon");
         shop.project(store);
         shop.trade(store, "late");
       }},
      {"with stale collections",
       [](Shop& shop) {
         auto store = shop.open();
         shop.trade(store, "late");
         shop.project(store);
         make_stale(shop.collections_path);
       }},
      {"with a damaged file of collections",
       [](Shop& shop) {
         auto store = shop.open();
         shop.trade(store, "late");
         damage(shop.collections_path);
       }},
      {"whose streams lost their first events",
       [](Shop& shop) {
         auto store = shop.open();
         for (const string day : {"a", "b", "c", "d"}) shop.trade(store, day);
         shop.drop(store);
         shop.chat(store, "late");
       },
       false},
      {"whose streams lost their first events, with collections",
       [](Shop& shop) {
         auto store = shop.open();
         for (const string day : {"a", "b", "c", "d"}) shop.trade(store, day);
         shop.project(store);
         shop.drop(store);
         shop.chat(store, "late");
         shop.project(store);
       },
       false},
      {"whose streams expired",
       [](Shop& shop) {
         auto store = shop.open();
         for (const string day : {"a", "b", "late"}) shop.trade(store, day);
         for (int n = 0; n < 40; ++n) shop.log_message(store, "later", "n-" + std::to_string(n));
         shop.drop(store);
       },
       false},
      {"whose streams are another organization's",
       [](Shop& shop) {
         auto store = shop.open();
         shop.trade(store, "late", "org-2");
       },
       false},
      {"that is empty", [](Shop&) {}, false},
  };
  return all;
}

// The call's code, or none where it succeeded: then something is there, or the answer says that nothing changed.
std::optional<es::Errc> check_call(Shop& shop, es::Store& store, const string& name, const string& json,
                                   const std::optional<es::Uuid>& command_id) {
  const auto before = Shop::head(store);
  const auto answer = shop.call(store, name, json, command_id);
  const auto after = Shop::head(store);
  if (!answer) {
    if (answer.error().code != es::Errc::outcome_unknown) CHECK(after == before);
    return answer.error().code;
  }
  REQUIRE(answer->documents.size() == 1);
  const auto& says = answer->documents.front();
  if (after == before)
    CHECK((says == R"({"changed":false})" || says == R"({"sent":0,"skipped":0})" || says == R"({"updated":false})"));
  return {};
}

}  // namespace

TEST_CASE("every function that records is called here with what it takes and with what it refuses", "[truth]") {
  std::vector<string> recording;
  for (const auto& function : all_functions())
    if (es::records(function)) recording.push_back(es::name_of(function));
  for (const auto& name : recording) {
    CAPTURE(name);
    REQUIRE(record_calls().contains(name));
    CHECK_FALSE(record_calls().at(name).good.empty());
    CHECK_FALSE(record_calls().at(name).bad.empty());
  }
  CHECK(recording.size() == record_calls().size());
}

TEST_CASE("an error has written nothing and a success something on every state of a store", "[truth]") {
  for (const auto& state : states()) {
    for (const bool with_id : {false, true}) {
      Shop shop;
      state.make(shop);
      auto store = shop.open();
      std::uint64_t calls = 0;
      for_each_call([&](const string& name, const string& json, bool is_good) {
        CAPTURE(state.name, with_id, name, json);
        std::optional<es::Uuid> id;
        if (with_id) id = es::Uuid::v5(es::eventstore_namespace, std::to_string(++calls));
        const auto code = check_call(shop, store, name, json, id);
        if (state.is_whole) CHECK(code.has_value() != is_good);
        if (!is_good) CHECK(code.has_value());
        if (!with_id) return;
        const auto head = Shop::head(store);
        const auto again = shop.call(store, name, json, id);
        CHECK(again.has_value() == !code.has_value());
        CHECK(Shop::head(store) == head);
      });
    }
  }
}

TEST_CASE("a store that is only read takes no fact", "[truth]") {
  Shop shop;
  {
    auto writing = shop.open();
    shop.trade(writing, "late");
    shop.project(writing);
    REQUIRE(writing.close());
  }
  auto store = shop.open(es::FileLogOptions::Mode::read_only);
  for_each_call([&](const string& name, const string& json, bool) {
    CAPTURE(name, json);
    const auto code = check_call(shop, store, name, json, {});
    const bool says_that_nothing_changed = !code;
    CHECK((says_that_nothing_changed || code != es::Errc::outcome_unknown));
  });
}

TEST_CASE("what a full disk refuses is not there after it was reopened either", "[truth]") {
  for (const std::uint64_t free : {0U, 40U, 400U}) {
    for_each_call([&](const string& name, const string& json, bool) {
      CAPTURE(free, name, json);
      Shop shop;
      es::Position before{};
      std::optional<es::Errc> code;
      {
        auto store = shop.open();
        shop.trade(store, "late");
        before = Shop::head(store);
        shop.disk.set_free_bytes(free);
        code = check_call(shop, store, name, json, {});
        shop.disk.set_free_bytes({});
      }
      auto store = shop.open();
      if (code && code != es::Errc::outcome_unknown) CHECK(Shop::head(store) == before);
      CHECK_FALSE(check_call(shop, store, "log_metric", R"({"metric_type":"cpu","value":1})", {}));
    });
  }
}
