#pragma once
// Two releases of one aggregate, as two programs would have them.
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/projection/projection_type.hpp>

namespace tickets {

namespace es = eventstore;
using std::int64_t, std::string;

// What differs from release to release has a namespace of its own.
namespace older {

EVENTSTORE_ENUM(Seat, stalls, circle);

struct Issued {
  EVENTSTORE_EVENT(Issued, "TicketIssued", (string, holder), (Seat, seat));
};
struct Moved {
  EVENTSTORE_EVENT(Moved, "TicketMoved", (std::int32_t, row));
};
struct Used {
  EVENTSTORE_EVENT(Used, "TicketUsed");
};
struct Issue {
  EVENTSTORE_COMMAND(Issue, "issue", (string, holder));
};
struct Use {
  EVENTSTORE_COMMAND(Use, "use");
};

struct Ticket {
  static constexpr auto category = "ticket";
  using events = es::Events<Issued, Moved, Used>;
  using commands = es::Commands<Issue, Use>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, holder), (Seat, seat), (int64_t, row), (bool, used));
  };
  static void evolve(State& s, const Issued& e) { s = {e.holder, e.seat, 0, false}; }
  static void evolve(State& s, const Moved& e) { s.row = e.row; }
  static void evolve(State& s, const Used&) { s.used = true; }
  static Decision create(const Issue& c, const es::Context&) { return Issued{c.holder, Seat::stalls}; }
  static Decision decide(const State& s, const Use&, const es::Context&) {
    if (s.used) return es::refuse("used already");
    return Used{};
  }
};

struct Holders {
  static constexpr auto name = "holders";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, holder), (bool, used));
  };
  using reads = es::Reads<Ticket>;
  static void project(const es::Change<Ticket>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.holder, c.after.used});
  }
};

}  // namespace older

// Fields and an enumerator were added, `row` is text now, and tickets are refunded.
namespace newer {

EVENTSTORE_ENUM(Seat, stalls, circle, box);

struct Issued {
  EVENTSTORE_EVENT(Issued, "TicketIssued", (string, holder), (Seat, seat), (int64_t, cents, 100),
                   (std::optional<string>, note));
};
struct Moved {
  EVENTSTORE_EVENT(Moved, "TicketMoved", (string, row));
  using formerly = es::Formerly<older::Moved>;
  static Moved upcast(const older::Moved& old) { return {std::to_string(old.row)}; }
};
struct Used {
  EVENTSTORE_EVENT(Used, "TicketUsed", (string, gate, "main"));
};
struct Refunded {
  EVENTSTORE_EVENT(Refunded, "TicketRefunded", (int64_t, cents));
};
struct Issue {
  EVENTSTORE_COMMAND(Issue, "issue", (string, holder), (Seat, seat, Seat::stalls));
};
struct Use {
  EVENTSTORE_COMMAND(Use, "use", (string, gate, "main"));
};
struct Move {
  EVENTSTORE_COMMAND(Move, "move", (string, row));
};
struct Refund {
  EVENTSTORE_COMMAND(Refund, "refund");
};

struct Ticket {
  static constexpr auto category = "ticket";
  using events = es::Events<Issued, Moved, Used, Refunded>;
  using commands = es::Commands<Issue, Use, Move, Refund>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, holder), (Seat, seat), (string, row), (string, gate), (int64_t, cents));
  };
  static void evolve(State& s, const Issued& e) { s = {e.holder, e.seat, "", "", e.cents}; }
  static void evolve(State& s, const Moved& e) { s.row = e.row; }
  static void evolve(State& s, const Used& e) { s.gate = e.gate; }
  static void evolve(State& s, const Refunded& e) { s.cents -= e.cents; }
  static Decision create(const Issue& c, const es::Context&) { return Issued{c.holder, c.seat, 100, std::nullopt}; }
  static Decision decide(const State& s, const Use& c, const es::Context&) {
    if (!s.gate.empty()) return es::refuse("used already");
    return Used{c.gate};
  }
  static Decision decide(const State&, const Move& c, const es::Context&) { return Moved{c.row}; }
  static Decision decide(const State& s, const Refund&, const es::Context&) { return Refunded{s.cents}; }
};

struct Holders {
  static constexpr auto name = "holders";
  using Document = older::Holders::Document;
  using reads = es::Reads<Ticket>;
  static void project(const es::Change<Ticket>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.holder, !c.after.gate.empty()});
  }
};

}  // namespace newer

// The newer release, whose tickets are admissions.
namespace renamed {

struct Admission : newer::Ticket {
  static constexpr auto category = "admission";
  static constexpr auto was = es::was("ticket");
};

struct Holders {
  static constexpr auto name = "holders";
  using Document = older::Holders::Document;
  using reads = es::Reads<Admission>;
  static void project(const es::Change<Admission>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.holder, !c.after.gate.empty()});
  }
};

}  // namespace renamed

}  // namespace tickets
