// A collection's certificate: the digest that is kept is that of the documents, whatever was done to them.
#include <rapidcheck.h>
#include <eventstore/projection/detail/held_document.hpp>

#include "laws/collections/collections_laws.hpp"

namespace certificate_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

using WriteKind = DocumentWrite::Kind;

struct Score {
  EVENTSTORE_FIELDS(Score, (std::string, remark), (std::optional<double>, points));
};
using Scores = std::map<std::string, Score>;
struct Course {
  EVENTSTORE_FIELDS(Course, (std::string, title), (Map<std::optional<std::int64_t>>, by_pupil), (Scores, by_day),
                    (std::optional<Scores>, spare), (double, weight, 0), (std::int64_t, seats, 0),
                    (std::optional<std::string>, note), (Timestamp, created_at));
};

CollectionShape courses() {
  return CollectionShape::of("courses", schema_of<Course>(), {index_on({"created_at"}), full_text_on("title")}, 30);
}

std::string pupil(int number) { return "pupil \"" + std::to_string(100'000 + number) + "\" é"; }

template <class T> T any_of(std::vector<T> values) { return *rc::gen::elementOf(std::move(values)); }
int up_to(int most) { return *rc::gen::inRange(0, most + 1); }

DocumentWrite held(std::string key, Course document) {
  DocumentWrite write{WriteKind::put, std::move(key), "org-1"};
  write.held = std::make_shared<detail::Held<Course>>(std::move(document));
  return write;
}

template <class Value> DocumentWrite::FieldValue course_field(std::string_view name, const Value& value) {
  Bytes bytes;
  BytesOut archive{bytes};
  archive(value);
  return {courses().column(name), std::move(bytes)};
}

// Courses of a batch, made from those of the batches before.
class Timetable {
 public:
  std::vector<DocumentWrite> next() {
    std::vector<DocumentWrite> writes;
    for (int n = up_to(4); n > 0; --n) writes.push_back(one(any_of<std::string>({"a", "b", "c"})));
    return writes;
  }

 private:
  DocumentWrite one(const std::string& key) {
    auto& document = last_.try_emplace(key, Course{"Course " + key, {}, {}, {}, 0, 0, {}, noon}).first->second;
    switch (up_to(7)) {
      case 0: last_.erase(key); return {WriteKind::remove, key, "org-1"};
      case 1:
        document.by_pupil = {};
        for (int number = any_of<int>({0, 3, 256, 257, 300}); number > 0; --number)
          document.by_pupil.append_or_assign(pupil(1000 - number), up_to(2));
        break;
      case 2:
        for (int day = any_of<int>({1, 258}); day > 0; --day)
          document.by_day[std::to_string(day)] = {"a\n\"b\"", any_of<std::optional<double>>({{}, 0.1, 1e300, -2.0})};
        break;
      case 3: {
        Map<std::optional<std::int64_t>> few;
        few.append_or_assign("x", 1);
        last_.erase(key);
        return {WriteKind::patch, key, "org-1", {}, {course_field("by_pupil", few)}};
      }
      case 4: {
        auto sum = document;
        sum.weight = any_of<double>({0.1, 1e16, -1e16, 2});
        sum.seats = 3;
        last_.erase(key);
        return {WriteKind::increment,
                key,
                "org-1",
                encode(sum),
                {course_field("weight", 0.0), course_field("seats", std::int64_t{0})}};
      }
      case 5:
        document.note = any_of<std::optional<std::string>>({{}, "", "note"});
        document.spare = any_of<std::optional<Scores>>({std::nullopt, Scores{}, Scores{{"k", {"", 1.0}}}});
        document.weight = any_of<double>({0, 1, 1.5, -3});
        document.created_at = noon.plus_seconds(up_to(3) * 1000);
        break;
      default:
        document.by_pupil.insert_or_assign(pupil(up_to(300)), up_to(3));
        document.by_pupil.erase(pupil(up_to(300)));
    }
    return held(key, document);
  }
  std::map<std::string, Course> last_;
};

// Courses in an engine, of the name `name`.
template <class Engine> struct School : Engine {
  CollectionShape shape = courses();
  std::string name = shape.name;
  std::uint64_t position = 0;

  void create() {
    position = 0;
    REQUIRE(this->collections.create(shape, name, {}));
  }
  void write(std::vector<DocumentWrite> writes, std::vector<TypeCount> folded = {}) {
    CollectionBatch batch{&shape, name, std::move(writes), Position{position}, {Position{position + 1}}};
    batch.folded = std::move(folded);
    const auto written = this->collections.commit({&batch, 1});
    if (!written) FAIL(written.error().message());
    ++position;
  }
  void finish() { REQUIRE(this->collections.finish(shape, name, Position{position})); }
  [[nodiscard]] Digest128 computed() { return good(this->collections.compute_digest(shape, name)); }
  [[nodiscard]] std::optional<Digest128> kept() { return good(this->collections.certificate(name)).digest; }
};

struct Stored : School<SqliteCollectionsEngine> {
  void run(const std::string& sql) { CHECK(good(collections.rows(sql)).empty()); }
};

}  // namespace

TEMPLATE_TEST_CASE("the digest that is kept is that of the documents", "[laws][collections][certificate]",
                   COLLECTION_ENGINES) {
  REQUIRE(rc::check("any writes, in building and after it", [] {
    School<TestType> school;
    School<MemoryCollectionsEngine> in_one_batch;
    school.create();
    in_one_batch.create();
    Timetable timetable;
    std::vector<DocumentWrite> all;
    const int batches = up_to(6);
    const int finished_after = up_to(batches);
    for (int batch = 0; batch <= batches; ++batch) {
      auto writes = timetable.next();
      all.insert(all.end(), writes.begin(), writes.end());
      school.write(std::move(writes));
      if (batch == finished_after) school.finish();
      RC_ASSERT(school.kept().has_value() == (batch >= finished_after));
      if (batch >= finished_after) RC_ASSERT(*school.kept() == school.computed());
    }
    in_one_batch.write(std::move(all));
    RC_ASSERT(school.computed() == in_one_batch.computed());
  }));
}

TEMPLATE_TEST_CASE("a digest goes with its documents when collections take each other's place",
                   "[laws][collections][certificate]", COLLECTION_ENGINES) {
  School<TestType> school;
  Course small{"small", {}, {}, {}, 1, 2, {}, noon};
  auto large = small;
  for (int number = 0; number < 300; ++number) large.by_pupil.append_or_assign(pupil(number), number);
  const bool is_finished = GENERATE(true, false);
  school.create();
  school.write({held("1", small), held("2", large)});
  school.finish();
  const auto before = *school.kept();
  school.name = "courses__rebuild";
  school.create();
  school.write({held("1", large)});
  if (is_finished) school.finish();
  CHECK(school.kept().has_value() == is_finished);
  const auto rebuilt = school.computed();
  REQUIRE(school.collections.replace(school.shape, school.name));
  school.name = "courses";
  CHECK(school.kept() == rebuilt);
  CHECK(school.computed() == rebuilt);
  CHECK(good(school.collections.certificate(kept_name("courses"))).digest == before);
  REQUIRE(school.collections.roll_back("courses"));
  CHECK(school.kept() == before);
  CHECK(school.computed() == before);
  school.write({held("1", large), DocumentWrite{WriteKind::remove, "2", "org-1"}});
  CHECK(school.kept() == rebuilt);
  REQUIRE(school.collections.roll_back("courses"));
  CHECK(school.kept() == rebuilt);
  REQUIRE(school.collections.copy(school.shape, "courses", "courses__copy", {Position{7}}));
  CHECK_FALSE(good(school.collections.certificate("courses__copy")).digest);
  CHECK(good(school.collections.compute_digest(school.shape, "courses__copy")) == rebuilt);
  REQUIRE(school.collections.finish(school.shape, "courses__copy", Position{7}));
  CHECK(good(school.collections.certificate("courses__copy")).digest == rebuilt);
  REQUIRE(school.collections.drop("courses__copy"));
  CHECK(code(school.collections.certificate("courses__copy")) == Errc::not_found);
  CHECK(code(school.collections.compute_digest(school.shape, "courses__copy")) == Errc::not_found);
}

TEMPLATE_TEST_CASE("the digest follows documents that expire", "[laws][collections][certificate]", COLLECTION_ENGINES) {
  School<TestType> school;
  School<MemoryCollectionsEngine> without;
  Course fresh{"new", {}, {}, {}, 1, 2, {}, noon};
  auto old = fresh;
  for (int number = 0; number < 300; ++number) old.by_pupil.append_or_assign(pupil(number), number);
  old.created_at = noon.plus_seconds(-86'400);
  school.create();
  school.write({held("1", old), held("2", fresh), held("3", old)});
  school.finish();
  for (const std::uint64_t left : {2U, 1U}) {
    CHECK(good(school.collections.expire(school.shape, "courses", noon, 1)) == 1);
    CHECK(good(school.collections.count("courses")) == left);
    CHECK(school.kept() == school.computed());
  }
  CHECK(good(school.collections.expire(school.shape, "courses", noon, 1)) == 0);
  CHECK(school.kept() == school.computed());
  without.create();
  without.write({held("2", fresh)});
  CHECK(school.kept() == without.computed());
}

TEMPLATE_TEST_CASE("documents that differ have other digests", "[laws][collections][certificate]", COLLECTION_ENGINES) {
  const auto digest_of = [](const std::vector<DocumentWrite>& writes) {
    School<TestType> school;
    school.create();
    school.write(writes);
    return school.computed();
  };
  Course one{"one", {}, {}, {}, 1, 2, {}, noon};
  auto two = one;
  two.title = "two";
  const auto both = digest_of({held("1", one), held("2", two)});
  CHECK(digest_of({}) == Digest128{});
  CHECK(digest_of({held("2", two), held("1", one)}) == both);
  CHECK(digest_of({held("1", two), held("2", one)}) != both);
  CHECK(digest_of({held("1", one)}) != both);
  CHECK(digest_of({held("1", one), held("3", two)}) != both);
  auto elsewhere = held("2", two);
  elsewhere.organization = "org-2";
  CHECK(digest_of({held("1", one), elsewhere}) != both);
  auto noted = one;
  noted.note = "";
  CHECK(digest_of({held("1", noted), held("2", two)}) != both);
  auto negative_zero = one;
  negative_zero.weight = -0.0;
  one.weight = 0.0;
  CHECK(digest_of({held("1", one)}) == digest_of({held("1", negative_zero)}));
  // A value that moves from one entry to another, or from one field to another of its kind.
  auto first = one;
  first.by_day = {{"a", {"x", 1.0}}, {"b", {"y", 1.0}}};
  auto second = one;
  second.by_day = {{"a", {"y", 1.0}}, {"b", {"x", 1.0}}};
  CHECK(digest_of({held("1", first)}) != digest_of({held("1", second)}));
  auto spare = one;
  spare.spare = first.by_day;
  CHECK(digest_of({held("1", first)}) != digest_of({held("1", spare)}));
}

TEMPLATE_TEST_CASE("the events that a collection was made of are counted by type", "[laws][collections][certificate]",
                   COLLECTION_ENGINES) {
  School<TestType> school;
  school.create();
  school.write({}, {{"b", "Opened", 2}, {"a", "Closed", 1}});
  school.write({}, {{"b", "Opened", 3}});
  const auto made = good(school.collections.certificate("courses"));
  CHECK(made.first == Position{1});
  CHECK(made.last == Position{2});
  CHECK(made.events == std::vector<TypeCount>{{"a", "Closed", 1}, {"b", "Opened", 5}});
  REQUIRE(school.collections.copy(school.shape, "courses", "courses", {Position{2}}));
  const auto copied = good(school.collections.certificate("courses"));
  CHECK(copied.first == Position{3});
  CHECK(copied.events == std::vector<TypeCount>{});
  Checkpoint after_dropped{Position{9}};
  after_dropped.missed_events = 7;
  after_dropped.missed_last = Position{9};
  const CollectionBatch batch{&school.shape, "courses", {}, Position{2}, after_dropped};
  REQUIRE(school.collections.commit({&batch, 1}));
  const auto late = good(school.collections.certificate("courses"));
  CHECK(late.first == Position{10});
  CHECK(late.missed_events == 7);
  CHECK(late.missed_last == Position{9});
}

TEMPLATE_TEST_CASE("a batch that is not taken changes no certificate", "[laws][collections][certificate]",
                   COLLECTION_ENGINES) {
  School<TestType> school;
  school.create();
  school.write({held("1", Course{"one", {}, {}, {}, 1, 2, {}, noon})}, {{"a", "Opened", 1}});
  school.finish();
  const auto before = school.kept();
  CollectionBatch bad{&school.shape, "courses", {}, Position{1}, {Position{2}}};
  bad.writes = {held("2", Course{"two", {}, {}, {}, 1, 2, {}, noon}), {WriteKind::put, "3", "org-1", Bytes(3)}};
  bad.folded = {{"a", "Opened", 1}};
  CHECK_FALSE(school.collections.commit({&bad, 1}));
  CHECK(school.kept() == before);
  CHECK(school.computed() == before);
  CHECK(good(school.collections.certificate("courses")).events == std::vector<TypeCount>{{"a", "Opened", 1}});
  school.write({held("2", Course{"two", {}, {}, {}, 1, 2, {}, noon})});
  CHECK(school.kept() == school.computed());
}

TEST_CASE("a document that is changed by hand shows by the digest that was kept", "[laws][collections][certificate]") {
  Stored school;
  Course large{"large", {}, {}, {}, 1, 2, {}, noon};
  for (int number = 0; number < 300; ++number) large.by_pupil.append_or_assign(pupil(number), number);
  school.create();
  school.write({held("1", large), held("2", Course{"small", {}, {}, {}, 1, 2, {}, noon})});
  school.finish();
  const auto right = *school.kept();
  CHECK(school.computed() == right);
  for (const auto* const by_hand :
       {"UPDATE courses_rows SET seats = 3 WHERE title = 'small'", "UPDATE courses_rows SET organization_id = 'org-9'",
        "UPDATE courses_rows SET note = '' WHERE title = 'large'", "DELETE FROM courses_rows WHERE title = 'small'",
        "INSERT INTO courses_rows (_id, organization_id, title, by_pupil, by_day, weight, seats, created_at) VALUES "
        "('x', 'org-1', 'new', '{}', '{}', 0, 0, '')",
        "UPDATE courses_parts SET value = '7' WHERE key LIKE '%100001%'", "DELETE FROM courses_parts WHERE value = '9'",
        "UPDATE courses_rows SET by_pupil = 'no JSON' WHERE title = 'large'"}) {
    CAPTURE(by_hand);
    school.run("SAVEPOINT before");
    school.run(by_hand);
    CHECK(good(school.collections.compute_digest(school.shape, "courses")) != right);
    CHECK(school.kept() == right);
    school.run("ROLLBACK TO before");
    school.run("RELEASE before");
  }
  CHECK(school.computed() == right);
}

TEST_CASE("the digest of given documents never changes", "[laws][collections][certificate]") {
  School<MemoryCollectionsEngine> school;
  school.create();
  auto course = Course{"Žluťoučký", {}, {}, {}, -1.5, 1'000'000'007, "", noon};
  school.write({held("1", course)});
  CHECK(school.computed().to_string() == "1eb646e32b7a3892f2ddfacac1968cdd");
  course.by_pupil.append_or_assign("a \"b\"", std::optional<std::int64_t>{});
  course.by_pupil.append_or_assign("c", std::int64_t{-3});
  course.by_day = {{"d", {"e\n", 0.1}}};
  school.write({held("1", course), held("2", course)});
  CHECK(school.computed().to_string() == "959b91a39e47a05aede56618e4d4238f");
  Depot<MemoryCollectionsEngine> depot;
  auto document = parcel("all \"fields\" of it");
  document.urgency = Urgency::urgent;
  document.paid = true;
  document.tags = {"a", "b"};
  document.data = {R"({"deep":{"er":[1,2]}})"};
  document.wrapping = Wrapping{"glass", true, 2};
  document.code = Uuid::v5(eventstore_namespace, "code");
  document.place = Point{9.99, 53.55};
  depot.write({put("1", document), put("2", parcel("few"), "org-2")});
  CHECK(good(depot.collections.compute_digest(depot.shape, "parcels")).to_string() ==
        "147ad6b4ec8d469d180b29935e32c06e");
}

TEST_CASE("a digest is read as it is written", "[laws][collections][certificate]") {
  const Digest128 digest{0x0123456789abcdef, 0xfedcba9876543210};
  CHECK(digest.to_string() == "0123456789abcdeffedcba9876543210");
  CHECK(good(Digest128::parse(digest.to_string())) == digest);
  for (const auto* const wrong : {"", "0", "0123456789ABCDEFfedcba9876543210", "0123456789abcdeffedcba98765432100",
                                  "0x23456789abcdeffedcba9876543210"})
    CHECK(code(Digest128::parse(wrong)) == Errc::invalid_argument);
  Digest128 sum{1, ~0ULL};
  sum += Digest128{0, 1};
  CHECK(sum == Digest128{2, 0});
  sum -= Digest128{0, 1};
  CHECK(sum == Digest128{1, ~0ULL});
  sum -= Digest128{2, 0};
  sum += Digest128{2, 0};
  CHECK(sum == Digest128{1, ~0ULL});
}

}  // namespace certificate_laws
