#pragma once
// Projections of accounts, a log full of them, and workers over it.
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/projection/worker.hpp>

#include <unistd.h>
#include <filesystem>

#include "aggregate/bank_test.hpp"

namespace bank {

/// Each account as it was and is.
struct Balances {
  static constexpr auto name = "balances";
  static constexpr auto keyed_by = es::KeyedBy::stream;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents), (int64_t, cents_before), (int64_t, version),
                      (es::Timestamp, opened_at), (int64_t, position));
  };
  using reads = es::Reads<Account>;
  static std::vector<es::Index> indexes() { return {es::index_on({"cents"})}; }
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents, c.before.cents, static_cast<int64_t>(c.version.value), c.opened_at,
                   static_cast<int64_t>(c.position.value)});
  }
};

/// Sums by the last digit of what was moved: increments, patches and removals. `unlucky` makes a handler throw.
struct Totals {
  static constexpr auto name = "totals";
  static inline int64_t unlucky = -1;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, count), (double, euros), (string, last));
  };
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed>;
  static void project(const Deposited& e, const es::Change<Account>& c, es::Operations<Document>& to) {
    add(e.cents, 0.01, c, to);
    if (e.cents == unlucky) throw std::runtime_error{"unlucky"};
  }
  static void project(const Withdrawn& e, const es::Change<Account>& c, es::Operations<Document>& to) {
    if (e.cents % 10 == 3)
      to.remove(digit(e.cents));
    else
      add(e.cents, -0.01, c, to);
  }

 private:
  static string digit(int64_t cents) { return std::to_string(cents % 10); }
  static void add(int64_t cents, double euros, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.increment<&Document::count, &Document::euros>(digit(cents), {1, static_cast<double>(cents) * euros, "nobody"});
    to.patch<&Document::last>(digit(cents), string{c.key});
  }
};

/// Every event of every category.
struct Lines {
  static constexpr auto name = "lines";
  static constexpr auto keyed_by = es::KeyedBy::stream;
  static inline int64_t unlucky = -1;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, position), (string, category), (string, key), (string, type),
                      (es::Json, data), (es::Json, changes), (string, action));
  };
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Operations<Document>& to) {
    const auto position = static_cast<int64_t>(c.event().position.value);
    if (position == unlucky) throw 13;
    to.append(c, {position,
                  string{c.category()},
                  string{c.key()},
                  string{c.event().type},
                  {c.data()},
                  {c.changes().to_json()},
                  string{c.audit_action()}});
  }
};

/// A folder of its own, gone with the object.
class WorkFolder {
 public:
  WorkFolder() {
    string pattern = (std::filesystem::temp_directory_path() / "worker-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) FAIL("no temporary folder");
    path_ = pattern;
  }
  ~WorkFolder() { std::filesystem::remove_all(path_); }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  [[nodiscard]] string file(const string& name) const { return path_ + "/" + name; }

 private:
  string path_;
};

/// A log with accounts, and the three projections over it.
struct Office {
  es::ManualClock clock{noon};
  es::MemoryLog log{clock};
  std::vector<es::AggregateType> aggregates{es::aggregate<Account>()};
  es::ProjectionType balances = es::projection<Balances>();
  es::ProjectionType totals = es::projection<Totals>();
  es::ProjectionType lines = es::projection<Lines>();
  int recorded = 0;

  [[nodiscard]] std::vector<const es::ProjectionType*> all() const { return {&balances, &totals, &lines}; }

  void append(const string& stream, std::string_view type, es::SchemaId schema, es::Codec codec, es::BytesView data,
              std::vector<es::SchemaRecord> schemas, const string& organization = "default") {
    clock.advance_seconds(1);
    const es::EventId id{es::Uuid::v5(es::Uuid{}, "event " + std::to_string(++recorded))};
    const es::NewEvent event{
        *es::StreamId::parse(stream), id, type, organization, clock.now(), schema, codec, 0, {}, data};
    const auto receipt = log.append({.events = {&event, 1}, .schemas = schemas});
    if (!receipt) FAIL(receipt.error().message());
  }
  template <class E> void record(const string& key, const E& event, const string& organization = "default") {
    const auto& schema = es::schema_of<E>();
    append("account-" + key, schema.name, schema.id, es::Codec::binary, es::encode(event), {schema.record()},
           organization);
  }
  void record_raw(const string& stream, const string& type, const string& json) {
    append(stream, type, {}, es::Codec::json, es::as_bytes(json), {});
  }
  /// The same `events` deposits and withdrawals on `accounts` accounts, every time.
  void make_up(int accounts, int events, unsigned seed = 1) {
    unsigned state = seed;
    const auto random = [&state](unsigned below) {
      state = state * 1'664'525U + 1'013'904'223U;
      return static_cast<int>((state >> 8U) % below);
    };
    for (int n = 0; n < accounts; ++n) record(std::to_string(n), Opened{.owner = "o"}, n % 2 == 0 ? "even" : "odd");
    for (int n = 0; n < events; ++n) {
      const int account = random(static_cast<unsigned>(accounts));
      const string organization = account % 2 == 0 ? "even" : "odd";
      const int64_t cents = 1 + random(500);
      if (random(3) == 0)
        record(std::to_string(account), Withdrawn{cents}, organization);
      else
        record(std::to_string(account), Deposited{cents}, organization);
    }
  }
};

inline std::unique_ptr<es::SqliteCollections> open_collections(const string& path = ":memory:") {
  auto opened = es::SqliteCollections::open(path);
  if (!opened) FAIL(opened.error().message());
  return std::move(*opened);
}

inline es::RunReport run(const Office& office, es::Collections& collections,
                         const std::vector<const es::ProjectionType*>& projections, std::size_t batch_events = 8192) {
  es::ProjectionWorker worker{office.log, office.aggregates, collections, {batch_events, {}}};
  auto report = worker.run(projections);
  if (!report) FAIL(report.error().message());
  return std::move(*report);
}

inline std::vector<es::SqlRow> rows(es::SqliteCollections& collections, const string& sql) {
  auto found = collections.rows(sql);
  if (!found) FAIL(found.error().message());
  return std::move(*found);
}

/// All that the three collections hold, but for how far they are.
inline std::vector<es::SqlRow> dump(es::SqliteCollections& collections) {
  std::vector<es::SqlRow> all;
  for (const auto* const table : {"balances", "totals", "lines"})
    for (auto& row : rows(collections, string{"SELECT * FROM "} + table + " ORDER BY _id"))
      all.push_back(std::move(row));
  return all;
}

inline es::Certificate certificate_of(es::Collections& collections, std::string_view name) {
  auto made = collections.certificate(name);
  if (!made) FAIL(made.error().message());
  return std::move(*made);
}

/// The certificates of the projections' collections in `made` and `expected` say the same, and the digests are those of
/// the documents.
inline void check_certificates(es::Collections& made, es::Collections& expected,
                               const std::vector<const es::ProjectionType*>& projections) {
  for (const auto* const projection : projections) {
    CAPTURE(projection->name());
    const auto one = certificate_of(made, projection->name());
    const auto other = certificate_of(expected, projection->name());
    CHECK(one.first == other.first);
    CHECK(one.last == other.last);
    CHECK(one.events == other.events);
    REQUIRE(one.digest);
    CHECK(one.digest == other.digest);
    const auto computed = made.compute_digest(projection->shape, projection->name());
    REQUIRE(computed);
    CHECK(*computed == *one.digest);
  }
}

inline es::Position place_of(es::Collections& collections, std::string_view name) {
  const auto checkpoint = collections.checkpoint(name);
  REQUIRE(checkpoint);
  REQUIRE(*checkpoint);
  return (*checkpoint)->position;
}

inline es::ProjectionStatus status_of(const Office& office, es::Collections& collections,
                                      const es::ProjectionType& projection) {
  es::ProjectionWorker worker{office.log, office.aggregates, collections};
  auto status = worker.status(projection);
  if (!status) FAIL(status.error().message());
  return std::move(*status);
}

/// The documents of a collection, by `_id`.
inline std::vector<string> scanned_documents(es::Collections& collections, const es::ProjectionType& projection) {
  auto page = collections.scan(projection.shape, projection.name(), "", 100'000);
  if (!page) FAIL(page.error().message());
  std::vector<string> all;
  for (const auto& document : page->documents) {
    auto line = document.id + " " + document.organization;
    for (const auto& value : document.values) line += " " + value;
    all.push_back(std::move(line));
  }
  return all;
}

}  // namespace bank
