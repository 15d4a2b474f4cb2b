#pragma once
// Projections of accounts that throw at chosen events, and what their collections hold.
#include <eventstore/collections/documents_of.hpp>
#include <eventstore/collections/memory/memory_collections.hpp>

#include <set>

#include "projection/bank_worker.hpp"

namespace bank {

using Places = std::set<int64_t>;  // positions of events

/// At which events the projections below throw, half of their work done, and at which they do nothing.
struct Unlucky {
  static inline Places throws_at;
  static inline Places passes_over;

  template <class Change> static bool passes(const Change& c) { return passes_over.contains(place(c)); }
  template <class Change> static void meet(const Change& c) {
    if (throws_at.contains(place(c))) throw std::runtime_error{"unlucky"};
  }
  template <class Change> static int64_t place(const Change& c) { return static_cast<int64_t>(c.position.value); }
};

struct MoneyDocument {
  EVENTSTORE_FIELDS(MoneyDocument, (string, key), (int64_t, position), (int64_t, cents));
};

/// A document an event.
struct Journal {
  static constexpr auto name = "journal";
  static constexpr auto on_failure = es::OnFailure::set_aside;
  using Document = MoneyDocument;
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Puts<Document>& to) {
    if (Unlucky::passes(c)) return;
    to.append(c, {string{c.key}, Unlucky::place(c), c.after.cents});
    Unlucky::meet(c);
  }
};

/// A document an account.
struct Latest {
  static constexpr auto name = "latest";
  static constexpr auto on_failure = es::OnFailure::set_aside;
  using Document = MoneyDocument;
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Puts<Document>& to) {
    if (Unlucky::passes(c)) return;
    to.put(c.key, {string{c.key}, Unlucky::place(c), c.after.cents});
    Unlucky::meet(c);
  }
};

/// Sums, which bear that an event is missing.
struct Sums {
  static constexpr auto name = "sums";
  static constexpr auto on_failure = es::OnFailure::set_aside_although_incomplete;
  using Document = MoneyDocument;
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    if (Unlucky::passes(c)) return;
    to.increment<&Document::position>(c.key, {string{c.key}, Unlucky::place(c), 0});
    Unlucky::meet(c);
    to.patch<&Document::cents>(c.key, c.after.cents);
  }
};

/// The three of them, over a log full of accounts.
struct UnluckyOffice : Office {
  es::ProjectionType journal = es::projection<Journal>();
  es::ProjectionType latest = es::projection<Latest>();
  es::ProjectionType sums = es::projection<Sums>();

  UnluckyOffice() { let(); }
  ~UnluckyOffice() { let(); }
  UnluckyOffice(const UnluckyOffice&) = delete;
  UnluckyOffice& operator=(const UnluckyOffice&) = delete;

  static void let(Places throws_at = {}, Places passes_over = {}) {
    Unlucky::throws_at = std::move(throws_at);
    Unlucky::passes_over = std::move(passes_over);
  }
  [[nodiscard]] std::vector<const es::ProjectionType*> unlucky() const { return {&journal, &latest, &sums}; }
};

/// Collections in memory, or in a file of SQLite.
inline std::unique_ptr<es::Collections> make_collections(bool in_memory) {
  if (in_memory) return std::make_unique<es::MemoryCollections>();
  return open_collections();
}

inline std::vector<MoneyDocument> documents(es::Collections& collections, const es::ProjectionType& projection) {
  std::vector<MoneyDocument> all;
  for (const auto* const organization : {"even", "odd"}) {
    const es::DocumentsOf<MoneyDocument> those{collections, projection.shape, organization};
    const auto page = those.oldest<&MoneyDocument::position>(1000);
    if (!page) FAIL(page.error().message());
    all.insert(all.end(), page->documents.begin(), page->documents.end());
  }
  return all;
}

inline Places set_aside_at(es::Collections& collections, std::string_view name) {
  Places places;
  const auto events = collections.set_aside(name);
  if (!events) FAIL(events.error().message());
  for (const auto& event : *events) places.insert(static_cast<int64_t>(event.position.value));
  return places;
}

/// Whether the collections hold what projections make that pass over the events at `missing`.
inline void check_made_without(const UnluckyOffice& office, es::Collections& collections, const Places& missing) {
  const auto before = std::pair{Unlucky::throws_at, Unlucky::passes_over};
  UnluckyOffice::let({}, missing);
  const auto expected = open_collections();
  run(office, *expected, office.unlucky());
  UnluckyOffice::let(before.first, before.second);
  for (const auto* const projection : office.unlucky()) {
    CAPTURE(projection->name());
    CHECK(documents(collections, *projection) == documents(*expected, *projection));
    CHECK(place_of(collections, projection->name()) == *office.log.head());
  }
}

}  // namespace bank
