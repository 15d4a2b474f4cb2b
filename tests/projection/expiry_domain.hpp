#pragma once
// Collections of the bank's accounts whose documents grow old.
#include "projection/bank_worker.hpp"

namespace bank {

/// Each event, as old as it is.
struct Movements {
  static constexpr auto name = "movements";
  static constexpr auto keyed_by = es::KeyedBy::stream;
  static constexpr int keep_days = 10;
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, account), (int64_t, cents), (es::Timestamp, created_at));
  };
  using reads = es::Reads<Account>;
  static std::vector<es::Index> indexes() { return {es::index_on({"created_at"})}; }
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.append(c, {string{c.key}, c.after.cents, c.metadata.created_at});
  }
};

/// Sums of each hour, as old as the hour.
struct Hours {
  static constexpr auto name = "hours";
  static constexpr auto keyed_by = es::KeyedBy::organization;
  static constexpr int keep_days = 10;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, events), (es::Timestamp, timestamp));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    const auto hour = c.metadata.created_at.start_of_hour();
    to.increment<&Document::events>(c.metadata.organization + hour.to_string(), {1, hour});
  }
};

/// Accounts, as old as their opening; they have no created_at.
struct Openings {
  static constexpr auto name = "openings";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, owner), (std::optional<es::Timestamp>, opened_at));
  };
  using reads = es::Reads<Account>;
  static constexpr auto keep_since = &Document::opened_at;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {string{c.key}, c.opened_at});
  }
};

/// A log with events of many days, and the collections over it.
struct Archive : Office {
  es::ProjectionType movements = es::projection<Movements>();
  es::ProjectionType hours = es::projection<Hours>();
  es::ProjectionType openings = es::projection<Openings>();

  [[nodiscard]] std::vector<const es::ProjectionType*> aging() const { return {&movements, &hours, &openings}; }

  /// `events` deposits a day, until today.
  void fill_days(int days, int events) {
    clock.set(noon.plus_seconds(-86'400 * days));
    record("0", Opened{.owner = "o"}, "even");
    for (; days >= 0; --days) {
      clock.set(noon.plus_seconds(-86'400 * days));
      for (int n = 0; n < events; ++n) record(std::to_string(n % 3), Deposited{n}, n % 3 == 1 ? "odd" : "even");
    }
    clock.set(noon);
  }
  /// A deposit that happened `days` ago and is recorded now.
  void record_late(int days) {
    clock.set(noon.plus_seconds(-86'400 * days));
    record("0", Deposited{1}, "even");
    clock.set(noon);
  }
  [[nodiscard]] es::WorkerOptions options(std::uint32_t days, std::size_t documents_max = 500) const {
    es::WorkerOptions made{};
    made.clock = &clock;
    made.retry.random = [] { return 1; };
    made.retry.wait = [](std::chrono::milliseconds, const std::stop_token&) {};
    for (const auto* const projection : aging()) made.expiry.days[projection->name()] = days;
    made.expiry.documents_max = documents_max;
    return made;
  }
};

/// What the collection has, as SQLite counts it and as its number says.
inline int64_t count_of(es::SqliteCollections& collections, const string& name) {
  const auto counted = std::get<int64_t>(rows(collections, "SELECT count(*) FROM " + name).front().front());
  CHECK(collections.count(name) == static_cast<std::uint64_t>(counted));
  return counted;
}

inline std::vector<es::SqlRow> aging_dump(es::SqliteCollections& collections) {
  std::vector<es::SqlRow> all;
  for (const auto* const table : {"movements", "hours", "openings"})
    for (auto& row : rows(collections, string{"SELECT * FROM "} + table + " ORDER BY _id"))
      all.push_back(std::move(row));
  return all;
}

}  // namespace bank
