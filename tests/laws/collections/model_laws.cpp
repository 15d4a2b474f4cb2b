// Random documents and questions: every engine answers like the one in memory, byte for byte.
#include <rapidcheck.h>

#include "laws/collections/collections_laws.hpp"

namespace model_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

using Kind = Condition::Kind;

template <class T> T any_of(std::vector<T> values) { return *rc::gen::elementOf(std::move(values)); }
int up_to(int most) { return *rc::gen::inRange(0, most + 1); }
std::string any_text() { return any_of<std::string>({"", "a", "B", "b", "é", "a b", "O'x", "10"}); }

Parcel any_parcel() {
  auto made = parcel(any_of<std::string>({"red box", "Red", "blue box red", "bleu", "boîte", "box red, blue",
                                          "赤い箱 red", "箱を赤く", "กล่องแดง", "빨간 상자Red"}));
  made.status = any_text();
  made.urgency = static_cast<Urgency>(up_to(2));
  made.paid = up_to(1) == 1;
  made.cents = up_to(4) - 2;
  made.weight = (up_to(4) - 2) / 4.0;
  if (up_to(2) != 0) made.shelf = up_to(3);
  made.created_at = noon.plus_seconds(std::int64_t{up_to(5)} * 3'000'00 - 86'400 * 3);
  made.position = up_to(3);
  for (int n = up_to(2); n > 0; --n) made.tags.push_back(any_text());
  if (up_to(1) == 1) made.note = any_text();
  made.data = {any_of<std::string>({"{}", R"({"n":1})", R"({"n":"a","m":{"k":"b"}})", "[]", "null", R"({"m":{}})"})};
  if (up_to(1) == 1) made.wrapping = Wrapping{any_text(), up_to(1) == 1, up_to(2)};
  made.from = {any_text(), up_to(2)};
  if (up_to(1) == 1)
    made.place = Point{any_of<double>({-180, -179.5, 0, 0.5, 179.5, 180}), any_of<double>({-90, -1, 0, 0.25, 89.5})};
  return made;
}

Condition any_condition() {
  const auto order = any_of<Kind>({Kind::equal, Kind::less, Kind::at_most, Kind::greater, Kind::at_least});
  const auto choice = any_of<Kind>({Kind::empty, Kind::not_empty});
  switch (up_to(13)) {
    case 0: return {"status", order, {any_text()}};
    case 1: return {"urgency", order, {std::string{to_string(static_cast<Urgency>(up_to(2)))}}};
    case 2: return {"paid", Kind::equal, {up_to(1) == 1}};
    case 3: return {"cents", order, {std::int64_t{up_to(4) - 2}}};
    case 4: return {"weight", order, {(up_to(4) - 2) / 4.0}};
    case 5: return {"shelf", order, {std::int64_t{up_to(3)}}};
    case 6: return {"created_at", order, {noon.plus_seconds(std::int64_t{up_to(5)} * 3'000'00 - 86'400 * 3)}};
    case 7: return {"wrapping.fragile", Kind::equal, {up_to(1) == 1}};
    case 8: return {"wrapping.layers", order, {std::int64_t{up_to(2)}}};
    case 9: return {any_of<std::string>({"data.n", "data.m.k"}), Kind::any_of, {"a", "b", std::int64_t{1}}};
    case 10: return {"tags", Kind::contains, {any_text()}};
    case 11:
      return {"label",
              Kind::words,
              {any_of<std::string>({"red", "box red", "\"red box\"", "blue OR bleu", "BOITE", "箱", "赤い OR แดง",
                                    "\"赤い箱 red\"", "い箱", "상자"})}};
    case 12: return {"sender", Kind::any_of, {any_text(), any_text()}};
    default:
      return {
          any_of<std::string>({"tags", "note", "shelf", "status", "data", "data.m", "wrapping", "wrapping.material"}),
          choice,
          {}};
  }
}

Conditions any_conditions() {
  Conditions where;
  for (int n = up_to(2); n > 0; --n) where.push_back(any_condition());
  return where;
}

Order any_order() {
  Order order{{}, up_to(1) == 1};
  for (int n = up_to(2); n > 0; --n)
    order.by.push_back(any_of<std::string>(
        {"status", "urgency", "paid", "cents", "weight", "shelf", "created_at", "wrapping.layers", "floor", "note"}));
  return order;
}

GroupQuery any_grouping() {
  GroupQuery query{any_conditions(), {}, {}, {}};
  for (int n = up_to(2); n > 0; --n)
    query.by.push_back(any_of<GroupKey>({{"status", {}},
                                         {"urgency", {}},
                                         {"paid", {}},
                                         {"shelf", {}},
                                         {"weight", {}},
                                         {"created_at", {}},
                                         {"created_at", Period::hour},
                                         {"created_at", Period::day},
                                         {"created_at", Period::week},
                                         {"created_at", Period::month},
                                         {"wrapping.material", {}},
                                         {"data.m.k", {}}}));
  query.of = any_of<std::vector<std::string>>({{}, {"cents"}, {"shelf", "weight"}, {"wrapping.layers"}});
  return query;
}

// All pages of a list, in one.
std::vector<std::string> pages(Collections& collections, const CollectionShape& shape, DocumentQuery query) {
  std::vector<std::string> all;
  do {
    auto page = good(collections.find(shape, "org-1", query));
    RC_ASSERT(page.documents.size() <= query.limit);
    all.insert(all.end(), page.documents.begin(), page.documents.end());
    query.after = page.next ? std::optional{*Cursor::parse(page.next->text())} : std::nullopt;
  } while (query.after);
  return all;
}

void fill(Depot<MemoryCollectionsEngine>& model, Depot<SqliteCollectionsEngine>& engine) {
  for (int batches = up_to(3); batches >= 0; --batches) {
    std::vector<DocumentWrite> writes;
    for (int n = up_to(12); n > 0; --n) {
      const auto key = std::to_string(up_to(20));
      const std::string organization = up_to(3) == 0 ? "org-2" : "org-1";
      switch (up_to(6)) {
        case 0: writes.push_back(removal(key)); break;
        case 1:
          writes.push_back(
              {DocumentWrite::Kind::patch,
               key,
               organization,
               {},
               {field("label", std::string{"patched red"}), field("shelf", std::optional<std::int64_t>{})}});
          break;
        case 2: {
          const auto more = any_parcel();
          writes.push_back({DocumentWrite::Kind::increment,
                            key,
                            organization,
                            encode(more),
                            {field("cents", more.cents), field("weight", more.weight)}});
          break;
        }
        case 3: {
          const auto more = any_parcel();
          const auto how = [more](Parcel& to) {
            to.cents = to.cents * 2 + more.cents;
            to.tags = more.tags;
            to.wrapping = more.wrapping;
          };
          writes.push_back(changed(key, how, organization));
          break;
        }
        default: writes.push_back(put(key, any_parcel(), organization));
      }
    }
    model.write(writes);
    engine.write(std::move(writes));
  }
}

}  // namespace

TEST_CASE("any list is the same from every engine, page by page", "[laws][collections][model]") {
  REQUIRE(rc::check("lists", [] {
    Depot<MemoryCollectionsEngine> model;
    Depot<SqliteCollectionsEngine> engine;
    fill(model, engine);
    for (int n = 0; n < 6; ++n) {
      DocumentQuery query{any_conditions(), any_order(), {}, 1000};
      const auto whole = pages(model.collections, model.shape, query);
      RC_ASSERT(pages(engine.collections, engine.shape, query) == whole);
      RC_ASSERT(good(model.collections.count(model.shape, "org-1", query.where)) == whole.size());
      RC_ASSERT(good(engine.collections.count(engine.shape, "org-1", query.where)) == whole.size());
      query.limit = static_cast<std::size_t>(up_to(4)) + 1;
      RC_ASSERT(pages(model.collections, model.shape, query) == whole);
      RC_ASSERT(pages(engine.collections, engine.shape, query) == whole);
    }
  }));
}

TEST_CASE("any groups and their sums are the same from every engine", "[laws][collections][model]") {
  REQUIRE(rc::check("groups", [] {
    Depot<MemoryCollectionsEngine> model;
    Depot<SqliteCollectionsEngine> engine;
    fill(model, engine);
    for (int n = 0; n < 6; ++n) {
      auto query = any_grouping();
      const auto groups = good(model.collections.group(model.shape, "org-1", query));
      RC_ASSERT(good(engine.collections.group(engine.shape, "org-1", query)) == groups);
      if (groups.empty() || query.by.empty()) continue;
      const auto first = groups[static_cast<std::size_t>(up_to(static_cast<int>(groups.size()) - 1))].key.front();
      if (std::holds_alternative<std::monostate>(first)) continue;
      query.after = first;
      RC_ASSERT(good(engine.collections.group(engine.shape, "org-1", query)) ==
                good(model.collections.group(model.shape, "org-1", query)));
    }
  }));
}

TEST_CASE("whatever is near is near in every engine", "[laws][collections][model]") {
  REQUIRE(rc::check("near", [] {
    Depot<MemoryCollectionsEngine> model;
    Depot<SqliteCollectionsEngine> engine;
    fill(model, engine);
    for (int n = 0; n < 6; ++n) {
      const NearQuery query{"place",
                            any_of<double>({-180, -179.75, 0, 0.25, 179, 180}),
                            any_of<double>({-90, -89, 0, 1, 89.75, 90}),
                            any_of<double>({0, 10'000, 60'000, 200'000, 3'000'000, 30'000'000}),
                            any_conditions(),
                            static_cast<std::size_t>(up_to(5)) + 1};
      const auto expected = good(model.collections.near(model.shape, "org-1", query));
      const auto found = good(engine.collections.near(engine.shape, "org-1", query));
      RC_ASSERT(found.size() == expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        RC_ASSERT(found[i].document == expected[i].document);
        RC_ASSERT(found[i].distance_meters == expected[i].distance_meters);
      }
    }
  }));
}

}  // namespace model_laws
