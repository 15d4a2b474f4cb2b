// Every form of question, and that it is about one organization.
#include "laws/collections/collections_laws.hpp"

#include <set>

namespace query_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

Parcel with_cents(std::string label, std::int64_t cents) {
  auto made = parcel(std::move(label));
  made.cents = cents;
  return made;
}

}  // namespace

TEMPLATE_TEST_CASE("documents are chosen by the value of a field of each kind", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  auto one = parcel("one");
  one.status = "it's \"open\"; --";
  one.urgency = Urgency::high;
  one.paid = true;
  one.cents = 5;
  one.weight = 0.25;
  one.shelf = 7;
  one.code = Uuid::v5(eventstore_namespace, "one");
  one.created_at = noon.plus_seconds(1);
  one.note = "here";
  one.wrapping = Wrapping{"glass", true, 3};
  one.from = {"u-1", 2};
  one.tags = {"a", "b"};
  one.data = {R"({"channel":{"name":"web"},"tries":3,"ok":true})"};
  depot.write({put("1", one), put("2", parcel("two")), put("3", one, "org-2")});
  const auto to = depot.to();
  const Labels chosen{"one"};
  CHECK(found(to.template where<&Parcel::status>("it's \"open\"; --")) == chosen);
  CHECK(found(to.template where<&Parcel::urgency>(Urgency::high)) == chosen);
  CHECK(found(to.template where<&Parcel::paid>(true)) == chosen);
  CHECK(found(to.template where<&Parcel::cents>(5)) == chosen);
  CHECK(found(to.template where<&Parcel::weight>(0.25)) == chosen);
  CHECK(found(to.template where<&Parcel::shelf>(7)) == chosen);
  CHECK(found(to.template where<&Parcel::code>(one.code)) == chosen);
  CHECK(found(to.template where<&Parcel::created_at>(one.created_at)) == chosen);
  CHECK(found(to.template where<&Parcel::note>("here")) == chosen);
  CHECK(found((to.template where<&Parcel::wrapping, &Wrapping::fragile>(true))) == chosen);
  CHECK(found((to.template where<&Parcel::wrapping, &Wrapping::material>("glass"))) == chosen);
  CHECK(found((to.template where_at_least<&Parcel::wrapping, &Wrapping::layers>(3))) == chosen);
  CHECK(found((to.template where<&Parcel::from, &Sender::floor>(2))) == chosen);
  CHECK(found(to.template where_contains<&Parcel::tags>("b")) == chosen);
  CHECK(found(to.where({"data.channel.name", Condition::Kind::equal, {"web"}})) == chosen);
  CHECK(found(to.where({"data.tries", Condition::Kind::equal, {std::int64_t{3}}})) == chosen);
  CHECK(found(to.where({"_id", Condition::Kind::equal, {document_id("parcels", "1").to_string()}})) == chosen);
  CHECK(found(to.template where<&Parcel::status>("open")) == Labels{"two"});
  CHECK(found(to.template where<&Parcel::paid>(true).template where<&Parcel::cents>(6)).empty());
  CHECK(found(depot.to("org-2")) == chosen);
  CHECK(found(depot.to("org-3")).empty());
  CHECK(found(to.where({"_id", Condition::Kind::equal, {document_id("parcels", "3").to_string()}})).empty());
}

TEMPLATE_TEST_CASE("one of several values, and values between two", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  for (std::int64_t cents = 1; cents <= 5; ++cents)
    depot.write({put(std::to_string(cents), with_cents(std::to_string(cents), cents))});
  const auto to = depot.to();
  CHECK(found(to.template where_any_of<&Parcel::cents>({2, 4, 9})) == Labels{"2", "4"});
  CHECK(found(to.template where_any_of<&Parcel::cents>({})).empty());
  CHECK(found(to.template where_less<&Parcel::cents>(2)) == Labels{"1"});
  CHECK(found(to.template where_at_most<&Parcel::cents>(2)) == Labels{"1", "2"});
  CHECK(found(to.template where_greater<&Parcel::cents>(4)) == Labels{"5"});
  CHECK(found(to.template where_at_least<&Parcel::cents>(4)) == Labels{"4", "5"});
  CHECK(found(to.template where_greater<&Parcel::cents>(1).template where_less<&Parcel::cents>(4)) == Labels{"2", "3"});
}

TEMPLATE_TEST_CASE("enumerators are in the order of their declaration", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  for (const auto urgency : {Urgency::urgent, Urgency::low, Urgency::high}) {
    auto each = parcel(std::string{to_string(urgency)});
    each.urgency = urgency;
    depot.write({put(each.label, each)});
  }
  CHECK(labels(good(depot.to().template newest<&Parcel::urgency>(9)).documents) == Labels{"urgent", "high", "low"});
  CHECK(found(depot.to().template where_at_least<&Parcel::urgency>(Urgency::high)) == Labels{"high", "urgent"});
  const auto counted = good(depot.to().template count_by<&Parcel::urgency>());
  REQUIRE(counted.size() == 3);
  CHECK(counted[0].name == "low");
  CHECK(counted[2].name == "urgent");
}

TEMPLATE_TEST_CASE("a field without content is empty", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  auto full = parcel("full");
  full.note = "x";
  full.tags = {""};
  full.data = {R"({"errors":["e"]})"};
  full.shelf = 0;
  full.wrapping = Wrapping{};
  auto hollow = parcel("hollow");
  hollow.note = "";
  hollow.status = "";
  hollow.data = {R"({"errors":[]})"};
  depot.write({put("1", full), put("2", hollow)});
  const auto to = depot.to();
  const Labels filled{"full"};
  const Labels empty{"hollow"};
  CHECK(found(to.template where_not_empty<&Parcel::note>()) == filled);
  CHECK(found(to.template where_empty<&Parcel::note>()) == empty);
  CHECK(found(to.template where_not_empty<&Parcel::tags>()) == filled);
  CHECK(found(to.template where_empty<&Parcel::tags>()) == empty);
  CHECK(found(to.template where_not_empty<&Parcel::shelf>()) == filled);
  CHECK(found(to.template where_empty<&Parcel::shelf>()) == empty);
  CHECK(found(to.template where_not_empty<&Parcel::status>()) == filled);
  CHECK(found(to.template where_not_empty<&Parcel::wrapping>()) == filled);
  CHECK(found((to.template where_empty<&Parcel::wrapping, &Wrapping::material>())) == empty);
  CHECK(found(to.where({"data.errors", Condition::Kind::not_empty, {}})) == filled);
  CHECK(found(to.where({"data.errors", Condition::Kind::empty, {}})) == empty);
}

TEMPLATE_TEST_CASE("words are found without case and accents, and follow what is written", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("Crème Brûlée für Anfänger")), put("2", parcel("cooking with fire")),
               put("3", parcel("crème"), "org-2")});
  const auto words = [&](std::string search) {
    return found(depot.to().template where_words<&Parcel::label>(std::move(search)));
  };
  const Labels cream{"Crème Brûlée für Anfänger"};
  const Labels fire{"cooking with fire"};
  CHECK(words("creme") == cream);
  CHECK(words("CRÈME anfanger") == cream);
  CHECK(words("\"brulee fur\"") == cream);
  CHECK(words("\"fur brulee\"").empty());
  CHECK(words("creme fire").empty());
  CHECK(words("creme OR fire").size() == 2);
  CHECK(words("nothing OR with cooking") == fire);
  CHECK(words("coo").empty());
  CHECK(words("cooking AND fire").empty());
  depot.write({put("2", parcel("frozen")), removal("1")});
  CHECK(words("creme OR fire").empty());
  CHECK(words("frozen") == Labels{"frozen"});
  CHECK(code(depot.to().template where_words<&Parcel::label>(" ").count()) == Errc::invalid_argument);
  CHECK(code(depot.to().template where_words<&Parcel::status>("open").count()) == Errc::invalid_argument);
}

TEMPLATE_TEST_CASE("the newest come first, in the order of the fields that are named", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  for (int n = 0; n < 4; ++n) {
    auto each = parcel(std::to_string(n));
    each.created_at = noon.plus_seconds(n / 2);
    each.position = 10 - n;
    depot.write({put(each.label, each), put("other " + each.label, each, "org-2")});
  }
  CHECK(labels(good(depot.to().newest(3)).documents) == Labels{"2", "3", "0"});
  CHECK(labels(good(depot.to().oldest(9)).documents) == Labels{"1", "0", "3", "2"});
  CHECK(labels(good(depot.to().template newest<&Parcel::position>(2)).documents) == Labels{"0", "1"});
  CHECK(labels(good(depot.to().template oldest<&Parcel::position>(2)).documents) == Labels{"3", "2"});
  CHECK(code(depot.to().newest(0)) == Errc::invalid_argument);
}

TEMPLATE_TEST_CASE("cursors page without gaps and repeats, whatever is equal or missing", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  std::vector<DocumentWrite> writes;
  for (int n = 0; n < 30; ++n) {
    auto each = parcel(std::to_string(n));
    each.created_at = noon.plus_seconds(n % 3);
    each.urgency = static_cast<Urgency>(n % 3);
    each.weight = n % 4 / 8.0;
    if (n % 5 != 0) each.shelf = n % 2;
    writes.push_back(put(each.label, each));
    writes.push_back(put("other " + each.label, each, "org-2"));
  }
  depot.write(std::move(writes));
  const auto all_pages = [](auto list, std::size_t limit) {
    Labels all;
    std::string cursor;
    do {
      auto page = good(list(limit, cursor));
      for (const auto& each : page.documents) all.push_back(each.label);
      CHECK(page.documents.size() <= limit);
      cursor = page.next_cursor;
    } while (!cursor.empty());
    return all;
  };
  const auto to = depot.to();
  const auto check = [&](auto list) {
    const auto whole = all_pages(list, 1000);
    CHECK(std::set<std::string>(whole.begin(), whole.end()).size() == 30);
    for (const std::size_t limit : {1U, 2U, 7U, 15U, 30U}) CHECK(all_pages(list, limit) == whole);
  };
  check([&](auto limit, auto cursor) { return to.newest(limit, cursor); });
  check([&](auto limit, auto cursor) { return to.oldest(limit, cursor); });
  check([&](auto limit, auto cursor) { return to.template newest<&Parcel::shelf>(limit, cursor); });
  check([&](auto limit, auto cursor) { return to.template oldest<&Parcel::shelf>(limit, cursor); });
  check([&](auto limit, auto cursor) { return to.template newest<&Parcel::urgency, &Parcel::weight>(limit, cursor); });
  check(
      [&](auto limit, auto cursor) { return to.template oldest<&Parcel::shelf, &Parcel::created_at>(limit, cursor); });
  CHECK(code(to.newest(1, "not a cursor")) == Errc::invalid_argument);
  CHECK(code(to.newest(1, R"(["2026-01-27T12:00:00Z",1,2,"x"])")) == Errc::invalid_argument);
  CHECK(code(to.newest(1, R"(["yesterday",1,"x"])")) == Errc::invalid_argument);
}

TEMPLATE_TEST_CASE("a cursor without an id goes on after all that have its values", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  for (const auto* const label : {"a", "b", "c"}) depot.write({put(label, with_cents(label, label[0] == 'c' ? 1 : 2))});
  const auto after = [&](std::int64_t cents) {
    return good(depot.to().find({{"cents"}, true}, Cursor{{cents}, {}}, 9)).documents.size();
  };
  CHECK(after(3) == 3);
  CHECK(after(2) == 1);
  CHECK(after(1) == 0);
}

TEMPLATE_TEST_CASE("documents are counted, and by the values of a field", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  for (int n = 0; n < 6; ++n) {
    auto each = parcel(std::to_string(n));
    each.status = n < 2 ? "open" : "closed";
    if (n == 0) each.shelf = 4;
    depot.write({put(each.label, each), put("other " + each.label, each, "org-2")});
  }
  CHECK(good(depot.to().count()) == 6);
  CHECK(good(depot.to().template where<&Parcel::status>("open").count()) == 2);
  CHECK(good(depot.to("org-3").count()) == 0);
  const auto by_status = good(depot.to().template count_by<&Parcel::status>());
  REQUIRE(by_status.size() == 2);
  CHECK(by_status[0].name == "closed");
  CHECK(by_status[0].documents == 4);
  CHECK(by_status[1].documents == 2);
  const auto by_shelf = good(depot.collections.group(depot.shape, "org-1", {{}, {{"shelf"}}, {}, {}}));
  CHECK(by_shelf == std::vector<Group>{{{std::monostate{}}, 5, {}}, {{std::int64_t{4}}, 1, {}}});
  const auto by_two = good(depot.collections.group(depot.shape, "org-1", {{}, {{"status"}, {"shelf"}}, {}, {}}));
  CHECK(by_two == std::vector<Group>{{{"closed", std::monostate{}}, 4, {}},
                                     {{"open", std::monostate{}}, 1, {}},
                                     {{"open", std::int64_t{4}}, 1, {}}});
  CHECK(good(depot.collections.group(depot.shape, "org-3", {})).empty());
}

TEMPLATE_TEST_CASE("sums are made by the hour, day, week and month, of UTC", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  int n = 0;
  for (const auto* const time : {"2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2026-02-01T00:30:00Z",
                                 "2026-02-02T00:00:00Z", "2026-02-08T23:00:00.5Z", "2026-02-09T00:00:00Z"}) {
    auto each = with_cents(std::to_string(n), 1 << n);
    each.created_at = *Timestamp::parse(time);
    if (n == 3) each.shelf = 8;
    depot.write({put(each.label, each), put("other " + each.label, each, "org-2")});
    ++n;
  }
  const auto to = depot.to();
  const auto text = [](const Result<std::vector<NamedSum>>& sums) {
    std::string all;
    for (const auto& each : good(sums))
      all += each.name + " " + std::to_string(each.documents) + " " + std::to_string(each.sum.total) + "; ";
    return all;
  };
  CHECK(text(to.template sums_by<Period::hour, &Parcel::created_at, &Parcel::cents>()) ==
        "2026-01-31T23 1 1.000000; 2026-02-01T00 2 6.000000; 2026-02-02T00 1 8.000000; 2026-02-08T23 1 16.000000; "
        "2026-02-09T00 1 32.000000; ");
  CHECK(text(to.template sums_by<Period::day, &Parcel::created_at, &Parcel::cents>()) ==
        "2026-01-31 1 1.000000; 2026-02-01 2 6.000000; 2026-02-02 1 8.000000; 2026-02-08 1 16.000000; "
        "2026-02-09 1 32.000000; ");
  CHECK(text(to.template sums_by<Period::week, &Parcel::created_at, &Parcel::cents>()) ==
        "2026-01-26 3 7.000000; 2026-02-02 2 24.000000; 2026-02-09 1 32.000000; ");
  CHECK(text(to.template sums_by<Period::month, &Parcel::created_at, &Parcel::cents>()) ==
        "2026-01 1 1.000000; 2026-02 5 62.000000; ");
  CHECK(text(to.template where_less<&Parcel::cents>(2)
                 .template sums_by<Period::month, &Parcel::created_at, &Parcel::cents>()) == "2026-01 1 1.000000; ");
  const auto later = good(to.template sums<&Parcel::cents>({"created_at", Period::month}, "2026-01"));
  REQUIRE(later.size() == 1);
  CHECK(later.front() == Group{{"2026-02"}, 5, {{62, 5, 2, 32}}});
  CHECK(later.front().sums.front().average() == 12.4);
  const auto all = good(depot.collections.group(depot.shape, "org-1", {{}, {}, {"cents", "shelf", "weight"}, {}}));
  CHECK(all == std::vector<Group>{{{}, 6, {{63, 6, 1, 32}, {8, 1, 8, 8}, {0, 6, 0, 0}}}});
}

TEMPLATE_TEST_CASE("the nearest are found, across poles and the date line", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  const auto placed = [](std::string label, double longitude, double latitude) {
    auto made = parcel(std::move(label));
    made.place = Point{longitude, latitude};
    return made;
  };
  depot.write({put("1", placed("hamburg", 9.99, 53.55)), put("2", placed("berlin", 13.4, 52.52)),
               put("3", placed("fiji east", 179.9, -17)), put("4", placed("fiji west", -179.9, -17)),
               put("5", placed("north pole", 0, 90)), put("6", placed("svalbard", 15, 78)), put("7", parcel("nowhere")),
               put("8", placed("hamburg", 9.99, 53.55), "org-2")});
  const auto near = [&](double longitude, double latitude, double meters, std::size_t limit = 9) {
    Labels all;
    for (const auto& each : good(depot.to().template near<&Parcel::place>(longitude, latitude, meters, limit)))
      all.push_back(each.document.label);
    return all;
  };
  CHECK(near(10, 53.5, 10'000) == Labels{"hamburg"});
  CHECK(near(10, 53.5, 1'000).empty());
  CHECK(near(10, 53.5, 400'000) == Labels{"hamburg", "berlin"});
  CHECK(near(10, 53.5, 400'000, 1) == Labels{"hamburg"});
  CHECK(near(9.99, 53.55, 0) == Labels{"hamburg"});
  CHECK(near(180, -17, 50'000).size() == 2);
  CHECK(near(-179.95, -17, 10'000) == Labels{"fiji west"});
  CHECK(near(-179.95, -17, 50'000) == Labels{"fiji west", "fiji east"});
  CHECK(near(-165, 89, 1'500'000) == Labels{"north pole", "svalbard"});
  CHECK(near(0, 0, 40'000'000).size() == 6);
  const auto measured = good(depot.to().template near<&Parcel::place>(13.4, 52.52, 300'000, 2));
  REQUIRE(measured.size() == 2);
  CHECK(measured[0].distance_meters == 0);
  CHECK(measured[1].distance_meters == Approx(255'600).epsilon(0.01));
  CHECK(good(depot.to().template where<&Parcel::label>("berlin").template near<&Parcel::place>(10, 53.5, 400'000, 1))
            .front()
            .document.label == "berlin");
  depot.write({put("1", placed("moved", 151, -34)), removal("2")});
  CHECK(near(10, 53.5, 400'000).empty());
  CHECK(near(151, -34, 1) == Labels{"moved"});
  CHECK(code(depot.to().template near<&Parcel::place>(181, 0, 1, 1)) == Errc::invalid_argument);
  CHECK(code(depot.to().template near<&Parcel::place>(0, 91, 1, 1)) == Errc::invalid_argument);
  CHECK(code(depot.to().template near<&Parcel::place>(0, 0, -1, 1)) == Errc::invalid_argument);
  CHECK(code(depot.to().template near<&Parcel::wrapping>(0, 0, 1, 1)) == Errc::invalid_argument);
}

TEMPLATE_TEST_CASE("a question that does not fit the documents says why", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  using Kind = Condition::Kind;
  const auto refused = [&](Condition condition, std::string_view why) {
    CAPTURE(condition.field, why);
    const auto counted = depot.to().where(std::move(condition)).count();
    CHECK(code(counted) == Errc::invalid_argument);
    CHECK_THAT(counted.error().message(), Catch::Contains(std::string{why}));
  };
  refused({"colour", Kind::equal, {"red"}}, "label");
  refused({"label\" = '' OR \"label", Kind::equal, {"red"}}, "no such field");
  refused({"wrapping.colour", Kind::equal, {"red"}}, "no such field");
  refused({"data.a'b", Kind::equal, {"red"}}, "no such field");
  refused({"label.length", Kind::equal, {"red"}}, "no such field");
  refused({"cents", Kind::equal, {"5"}}, "int64");
  refused({"cents", Kind::equal, {std::monostate{}}}, "int64");
  refused({"cents", Kind::equal, {}}, "one value");
  refused({"urgency", Kind::equal, {"whenever"}}, "enum");
  refused({"code", Kind::equal, {"7"}}, "uuid");
  refused({"created_at", Kind::less, {"yesterday"}}, "timestamp");
  refused({"paid", Kind::equal, {std::int64_t{1}}}, "bool");
  refused({"tags", Kind::equal, {"a"}}, "only a field with a single value");
  refused({"label", Kind::contains, {"a"}}, "list");
  refused({"data.x", Kind::less, {std::int64_t{1}}}, "no order");
  CHECK(code(depot.to().find({{"tags"}}, {}, 1)) == Errc::invalid_argument);
  CHECK(code(depot.collections.group(depot.shape, "org-1", {{}, {{"label", Period::day}}, {}, {}})) ==
        Errc::invalid_argument);
  CHECK(code(depot.collections.group(depot.shape, "org-1", {{}, {}, {"label"}, {}})) == Errc::invalid_argument);
  CHECK(good(depot.to().where({"created_at", Kind::less, {"2026-01-28T00:00:00+01:00"}}).count()) == 0);
}

}  // namespace query_laws
