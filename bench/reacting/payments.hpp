#pragma once
// Payments, each of which is booked in the ledger of its payer: by a reaction, or by a loop that a user writes.
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/projection/reaction_type.hpp>

#include <cstdint>

namespace bench {

struct Paid {
  EVENTSTORE_EVENT(Paid, (std::int64_t, cents));
};
struct Pay {
  EVENTSTORE_COMMAND(Pay, (std::int64_t, cents));
};
struct PayerState {
  EVENTSTORE_FIELDS(PayerState, (std::int64_t, cents));
};
struct Payer : eventstore::DeciderOf<"payer", PayerState, eventstore::Events<Paid>, eventstore::Commands<Pay>> {
  static void evolve(State& state, const Paid& event) { state.cents += event.cents; }
  static Decision decide(const State*, const Pay& command) { return Paid{command.cents}; }
};

struct Booked {
  EVENTSTORE_EVENT(Booked, (std::int64_t, cents));
};
struct Book {
  EVENTSTORE_COMMAND(Book, (std::int64_t, cents));
};
struct LedgerState {
  EVENTSTORE_FIELDS(LedgerState, (std::int64_t, cents), (std::int64_t, bookings));
};
struct Ledger : eventstore::DeciderOf<"ledger", LedgerState, eventstore::Events<Booked>, eventstore::Commands<Book>> {
  static void evolve(State& state, const Booked& event) {
    state.cents += event.cents;
    ++state.bookings;
  }
  static Decision decide(const State*, const Book& command) { return Booked{command.cents}; }
};

struct BookPayments {
  static constexpr auto name = "book-payments";
  using reads = eventstore::Reads<Payer>;
  static void react(const Paid& event, const eventstore::Change<Payer>& change, eventstore::Outgoing& to) {
    to.execute<Ledger>(change.key, Book{event.cents});
  }
};

}  // namespace bench
