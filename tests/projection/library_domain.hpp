#pragma once
// A library of books beside the bank: a domain that knows nothing of the collections that the framework brings.
#include <eventstore/projection/ready_made.hpp>

#include "projection/bank_worker.hpp"

namespace library {

namespace es = eventstore;
using std::int64_t, std::string;

struct BookBought {
  EVENTSTORE_EVENT(BookBought, (string, title));
};
struct BookLent {
  EVENTSTORE_EVENT(BookLent, (string, reader));
};
/// The name of the event before today's one.
struct BookThrownAway {
  EVENTSTORE_EVENT(BookThrownAway, (bool, is_burnt));
};
struct BookDiscarded {
  static constexpr auto audit_action = "delete";
  using formerly = es::Formerly<BookThrownAway>;
  static BookDiscarded upcast(const BookThrownAway& old) { return {old.is_burnt ? "burnt" : "thrown away"}; }
  EVENTSTORE_EVENT(BookDiscarded, (string, why));
};
/// Its name sounds like an end, and it says nothing of that.
struct BookNoteDeleted {
  EVENTSTORE_EVENT(BookNoteDeleted, (int64_t, page));
};

struct Book {
  static constexpr auto category = "book";
  using events = es::Events<BookBought, BookLent, BookDiscarded, BookNoteDeleted>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, title), (string, reader), (string, gone));
  };
  static void evolve(State& s, const BookBought& e) { s.title = e.title; }
  static void evolve(State& s, const BookLent& e) { s.reader = e.reader; }
  static void evolve(State& s, const BookDiscarded& e) { s.gone = e.why; }
  static void evolve(State&, const BookNoteDeleted&) {}
  /// A lent book is audited as the reader's.
  static void audit(const BookLent&, const State& before, const State& after, es::AuditLine& line) {
    line.action = before.reader.empty() ? "lend" : "lend again";
    line.resource_type = "reader";
    line.resource_id = after.reader;
  }
};

/// What visitors do: a category without a state, whose events name all of their lines.
struct PageViewed {
  EVENTSTORE_EVENT(PageViewed, (string, page));
};
struct DoorOpened {
  EVENTSTORE_EVENT(DoorOpened);
};
struct Visit {
  static constexpr auto category = "visit";
  using events = es::Events<PageViewed, DoorOpened>;
  static void audit(const PageViewed& event, es::AuditLine& line) {
    line = {"visitor " + line.resource_id, "view", "page", event.page, {R"({"before":{},"after":{"seen":true}})"}};
  }
};

/// A log of the bank and the library, and the ready-made collections over it.
struct Town : bank::Office {
  std::vector<es::ProjectionType> ready{es::events(), es::audit_logs(), es::analytics(), es::documents<Book>("books")};
  std::unique_ptr<es::SqliteCollections> collections = bank::open_collections();

  Town() { aggregates = {es::aggregate<bank::Account>(), es::aggregate<Book>(), es::aggregate<Visit>()}; }

  template <class E> void tell(const string& stream, const E& event, const string& organization = "default") {
    const auto& schema = es::schema_of<E>();
    append(stream, schema.name, schema.id, es::Codec::binary, es::encode(event), {schema.record()}, organization);
  }
  std::vector<es::SqlRow> rows(const string& sql) {
    std::vector<const es::ProjectionType*> all;
    for (const auto& type : ready) all.push_back(&type);
    CHECK(bank::run(*this, *collections, all).left.empty());
    return bank::rows(*collections, sql);
  }
};

using Rows = std::vector<es::SqlRow>;

}  // namespace library
