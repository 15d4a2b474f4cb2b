#pragma once
// What the laws of collections need: the engines that they run against, and documents with a field of each kind. A new
// engine joins `COLLECTION_ENGINES`.
#include <catch2/catch.hpp>
#include <eventstore/collections/documents_of.hpp>
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/projection/detail/document_steps.hpp>
#include <eventstore/schema/json.hpp>

namespace eventstore::laws {

struct MemoryCollectionsEngine {
  MemoryCollections collections;
};

struct SqliteCollectionsEngine {
  std::unique_ptr<SqliteCollections> engine = [] {
    auto opened = SqliteCollections::open(":memory:");
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }();
  SqliteCollections& collections = *engine;
};

#define COLLECTION_ENGINES ::eventstore::laws::MemoryCollectionsEngine, ::eventstore::laws::SqliteCollectionsEngine

EVENTSTORE_ENUM(Urgency, low, high, urgent);

struct Point {
  EVENTSTORE_FIELDS(Point, (double, longitude), (double, latitude));
};
struct Wrapping {
  EVENTSTORE_FIELDS(Wrapping, (std::string, material, "paper"), (bool, fragile, false), (std::int64_t, layers, 1));
};
struct Sender {
  EVENTSTORE_FIELDS(Sender, (std::string, sender), (std::int64_t, floor, 0));
};
struct Parcel {
  EVENTSTORE_FIELDS(Parcel, (std::string, label), (std::string, status, "open"), (Urgency, urgency, Urgency::low),
                    (bool, paid, false), (std::int64_t, cents, 0), (double, weight, 0),
                    (std::optional<std::int64_t>, shelf), (Timestamp, created_at), (std::int64_t, position, 0),
                    (std::vector<std::string>, tags), (std::optional<std::string>, note), (Json, data),
                    (std::optional<Wrapping>, wrapping), (Sender, from, , flattened), (Uuid, code),
                    (std::optional<Point>, place));
};

inline CollectionShape parcels() {
  return CollectionShape::of("parcels", schema_of<Parcel>(),
                             {index_on({"created_at"}), index_on({"status"}), index_by_rank("urgency"),
                              index_on({"wrapping.fragile"}), full_text_on("label"), location_on("place"),
                              index_on_elements("tags"), index_where_not_empty("tags", {"created_at"})},
                             30);
}

inline const Timestamp noon{1'769'515'200'000'000};  // 2026-01-27T12:00:00Z, a Tuesday

inline Parcel parcel(std::string label) {
  Parcel made{};
  made.label = std::move(label);
  made.created_at = noon;
  made.data = {"{}"};
  return made;
}

inline DocumentWrite put(std::string key, const Parcel& document, std::string organization = "org-1") {
  return {DocumentWrite::Kind::put, std::move(key), std::move(organization), encode(document), {}};
}
/// What `how` makes of the document; where there is none, of `initial`, or nothing.
inline DocumentWrite changed(std::string key, std::function<void(Parcel&)> how, std::string organization = "org-1",
                             std::optional<Parcel> initial = parcel("new")) {
  DocumentWrite made{DocumentWrite::Kind::change, std::move(key), std::move(organization), {}, {}};
  auto steps = std::make_shared<detail::DocumentSteps<Parcel>>();
  steps->steps.push_back({std::move(initial), std::move(how)});
  made.change = std::move(steps);
  return made;
}
inline DocumentWrite removal(std::string key) { return {DocumentWrite::Kind::remove, std::move(key), "org-1", {}, {}}; }

template <class Value> DocumentWrite::FieldValue field(std::string_view name, const Value& value) {
  Bytes bytes;
  BytesOut archive{bytes};
  archive(value);
  return {parcels().column(name), std::move(bytes)};
}

/// Parcels in an engine, made and finished.
template <class Engine> struct Depot : Engine {
  CollectionShape shape = parcels();
  std::uint64_t position = 0;

  explicit Depot(bool finished = true) {
    REQUIRE(this->collections.create(shape, shape.name, {Position{0}, 7, Uuid{}, "first", true}));
    if (finished) REQUIRE(this->collections.finish(shape, Position{0}));
  }

  [[nodiscard]] CollectionBatch batch(std::vector<DocumentWrite> writes) const {
    return {
        &shape, shape.name, std::move(writes), Position{position}, {Position{position + 1}, 8, Uuid{}, "first", false}};
  }
  Result<void> try_write(std::vector<DocumentWrite> writes) {
    const auto one = batch(std::move(writes));
    auto committed = this->collections.commit({&one, 1});
    if (committed) ++position;
    return committed;
  }
  void write(std::vector<DocumentWrite> writes) {
    const auto committed = try_write(std::move(writes));
    if (!committed) FAIL(committed.error().message());
  }
  [[nodiscard]] DocumentsOf<Parcel> to(std::string organization = "org-1") {
    return {this->collections, shape, std::move(organization)};
  }
};

template <class T> T good(Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}
template <class T> Errc code(const Result<T>& result) {
  if (result) FAIL("expected an error");
  return result.error().code;
}

using Labels = std::vector<std::string>;

inline Labels labels(const std::vector<Parcel>& parcels) {
  Labels all;
  for (const auto& each : parcels) all.push_back(each.label);
  return all;
}
/// In the order of the labels.
inline Labels found(const DocumentsOf<Parcel>& documents) {
  return labels(good(documents.oldest<&Parcel::label>(1000)).documents);
}

}  // namespace eventstore::laws
