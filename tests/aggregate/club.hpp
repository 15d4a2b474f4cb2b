#pragma once
// An aggregate with unique values: nobody joins a club with the e-mail address or the phone number of another member.
#include <eventstore/aggregate/commit.hpp>
#include <eventstore/aggregate/unique.hpp>
#include <optional>
#include <tuple>

namespace club {

namespace es = eventstore;
using std::optional, std::string;

EVENTSTORE_ENUM(Desk, library, bar);

struct Joined {
  EVENTSTORE_EVENT(Joined, "MemberJoined", (string, email), (optional<string>, phone));
};
struct Changed {
  EVENTSTORE_EVENT(Changed, "MemberChanged", (optional<string>, email), (optional<string>, phone));
};
struct Left {
  EVENTSTORE_EVENT(Left, "MemberLeft");
};
struct Greeted {
  EVENTSTORE_EVENT(Greeted, "MemberGreeted");
};

struct Join {
  EVENTSTORE_COMMAND(Join, (string, email), (optional<string>, phone));
};
struct Update {
  EVENTSTORE_COMMAND(Update, (optional<string>, email), (optional<string>, phone));
};
struct Leave {
  EVENTSTORE_COMMAND(Leave);
};
struct Greet {
  EVENTSTORE_COMMAND(Greet);
};
/// Gives the own address to another member, and takes theirs.
struct Swap {
  EVENTSTORE_COMMAND(Swap, (string, with));
};
/// Gives one address to two members.
struct Share {
  EVENTSTORE_COMMAND(Share, (string, with), (string, email));
};
/// Joins, leaves and joins again, in one decision.
struct Hesitate {
  EVENTSTORE_COMMAND(Hesitate, (string, email));
};

struct MemberState {
  EVENTSTORE_FIELDS(MemberState, (string, email), (optional<string>, phone), (bool, left));
};

struct Member : es::DeciderOf<"member", MemberState, es::Events<Joined, Changed, Left, Greeted>,
                              es::Commands<Join, Update, Leave, Greet, Swap, Share, Hesitate>> {
  static constexpr auto collection = "members";
  static constexpr auto unique =
      std::tuple{es::unique<&MemberState::email>(es::lower_case), es::unique<&MemberState::phone>(es::e164)};
  static bool is_deleted(const MemberState& state) { return state.left; }

  static void evolve(State& state, const Joined& event) { state = {event.email, event.phone, false}; }
  static void evolve(State& state, const Changed& event) {
    if (event.email) state.email = *event.email;
    if (event.phone) state.phone = *event.phone;
  }
  static void evolve(State& state, const Left&) { state.left = true; }
  static void evolve(State&, const Greeted&) {}

  static Decision decide(const State* state, const Join& command) {
    if (state != nullptr && !state->left) return es::refuse("is_member", "a member already");
    return Joined{command.email, command.phone};
  }
  static Decision decide(const State&, const Update& command) { return Changed{command.email, command.phone}; }
  static Decision decide(const State&, const Leave&) { return Left{}; }
  static Decision decide(const State&, const Greet&) { return Greeted{}; }

  static auto keys(const Swap& command) { return command.with; }
  static Decision decide(const State& state, const Swap& command, const es::Others<Member>& others) {
    const auto* const other = others.find<Member>(command.with);
    if (other == nullptr) return es::refuse("nobody", "no such member");
    return es::commit(Changed{other->email, {}}).also<Member>(command.with, Changed{state.email, {}});
  }
  static Decision decide(const State&, const Share& command) {
    return es::commit(Changed{command.email, {}}).also<Member>(command.with, Joined{command.email, {}});
  }
  static Decision create(const Hesitate& command) {
    return {Joined{command.email, {}}, Left{}, Joined{command.email, {}}};
  }
};

struct Booked {
  EVENTSTORE_EVENT(Booked, "DeskBooked", (string, room), (Desk, desk), (optional<es::Uuid>, slot));
};
struct Book {
  EVENTSTORE_COMMAND(Book, (string, room), (Desk, desk), (optional<es::Uuid>, slot));
};
struct BookingState {
  EVENTSTORE_FIELDS(BookingState, (string, room), (Desk, desk, Desk::library), (optional<es::Uuid>, slot));
};
struct Booking : es::DeciderOf<"booking", BookingState, es::Events<Booked>, es::Commands<Book>> {
  static constexpr auto unique = es::unique<&BookingState::room, &BookingState::desk, &BookingState::slot>();

  static void evolve(State& state, const Booked& event) { state = {event.room, event.desk, event.slot}; }
  static Decision create(const Book& command) { return Booked{command.room, command.desk, command.slot}; }
};

}  // namespace club
