#pragma once
// A collection of books with a field of each kind, in an SQLite file that lasts as long as the test.
#include <catch2/catch.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>

#include <unistd.h>
#include <filesystem>

namespace library {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

EVENTSTORE_ENUM(Demand, low, normal, high);

struct Place {
  EVENTSTORE_FIELDS(Place, (double, longitude), (double, latitude));
};
struct Binding {
  EVENTSTORE_FIELDS(Binding, (string, material, "paper"), (bool, fragile, false));
};
struct Edition {
  EVENTSTORE_FIELDS(Edition, (string, publisher), (int64_t, edition_year, 1900));
};
struct Book {
  EVENTSTORE_FIELDS(Book, (string, title), (optional<string>, subtitle), (bool, lent, false), (std::int8_t, shelf, 0),
                    (std::uint64_t, barcode, 0), (int64_t, copies, 0), (double, rating, 0), (float, weight, 0),
                    (es::Uuid, isbn), (es::Timestamp, created_at), (optional<es::Timestamp>, returned_at),
                    (es::Json, notes), (Demand, demand, Demand::normal), (es::Bytes, cover),
                    (std::vector<string>, authors), (es::Map<int64_t>, pages), (optional<Binding>, binding),
                    (Edition, edition, , es::flattened), (optional<Place>, place));
};

inline const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

inline es::CollectionShape books() {
  return es::CollectionShape::of(
      "books", es::schema_of<Book>(),
      {es::index_on({"created_at"}), es::index_on({"publisher", "edition_year"}), es::index_by_rank("demand"),
       es::index_on({"binding.fragile"}), es::full_text_on("title"), es::location_on("place")},
      30);
}

inline Book book(string title) {
  Book made{};
  made.title = std::move(title);
  made.created_at = noon;
  made.notes = {"{}"};
  made.edition.publisher = "Nobody";
  return made;
}

inline es::DocumentWrite put(string key, const Book& document, string organization = "org-1") {
  return {es::DocumentWrite::Kind::put, std::move(key), std::move(organization), es::encode(document), {}};
}
inline es::DocumentWrite removal(string key) {
  return {es::DocumentWrite::Kind::remove, std::move(key), "org-1", {}, {}};
}

template <class Value>
es::DocumentWrite::FieldValue field(const es::CollectionShape& shape, std::string_view name, const Value& value) {
  es::Bytes bytes;
  es::BytesOut archive{bytes};
  archive(value);
  return {shape.column(name), std::move(bytes)};
}

/// A folder of its own, gone with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    string pattern = (std::filesystem::temp_directory_path() / "collections-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) FAIL("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] string file(const string& name) const { return path_ + "/" + name; }

 private:
  string path_;
};

inline std::unique_ptr<es::SqliteCollections> open(const string& path) {
  auto opened = es::SqliteCollections::open(path);
  if (!opened) FAIL(opened.error().message());
  return std::move(*opened);
}

/// Books in a file, made and with all their indexes unless it is said otherwise.
struct Library {
  TemporaryFolder folder;
  string path = folder.file("collections.sqlite");
  es::CollectionShape shape = books();
  std::unique_ptr<es::SqliteCollections> collections = open(path);
  std::uint64_t position = 0;

  explicit Library(bool finished = true) {
    REQUIRE(collections->create(shape, shape.name, {es::Position{0}, 7, es::Uuid{}, "first", true}));
    if (finished) REQUIRE(collections->finish(shape, collections->checkpoint(shape.name)->value().position));
  }

  [[nodiscard]] es::CollectionBatch batch(std::vector<es::DocumentWrite> writes) const {
    return {&shape,
            shape.name,
            std::move(writes),
            es::Position{position},
            {es::Position{position + 1}, 8, es::Uuid{}, "first", false}};
  }
  es::Result<void> try_write(std::vector<es::DocumentWrite> writes) {
    const es::CollectionBatch one = batch(std::move(writes));
    auto committed = collections->commit({&one, 1});
    if (committed) ++position;
    return committed;
  }
  void write(std::vector<es::DocumentWrite> writes) {
    const auto committed = try_write(std::move(writes));
    if (!committed) FAIL(committed.error().message());
  }
  [[nodiscard]] es::SqlRow row(const string& sql, const std::vector<es::SqlValue>& values = {}) const {
    const auto found = collections->rows(sql, values);
    if (!found) FAIL(found.error().message());
    REQUIRE(found->size() == 1);
    return found->front();
  }
  /// The first column of each row as text.
  [[nodiscard]] std::vector<string> texts(const string& sql, const std::vector<es::SqlValue>& values = {}) const {
    const auto found = collections->rows(sql, values);
    if (!found) FAIL(found.error().message());
    std::vector<string> all;
    for (const auto& each : *found) all.push_back(std::get<string>(each.front()));
    return all;
  }
  [[nodiscard]] std::vector<string> documents(const string& organization = "org-1") const {
    const auto found = collections->documents(shape, organization, "WHERE organization_id = ?1 ORDER BY title");
    if (!found) FAIL(found.error().message());
    return *found;
  }
};

}  // namespace library
