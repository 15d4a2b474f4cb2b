// expect: an event that the reaction neither handles nor ignores: write `static void react(const Event&, const
// es::Change<Aggregate>&, es::Outgoing&)` for it
#include <eventstore/projection/reaction_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Correct {
  static constexpr auto name = "correct";
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed, Withdrawn>;
  static void react(const Deposited& event, es::Outgoing& to) { to.execute<Account>("ada", Withdraw{event.cents}); }
};

const es::ReactionType type = es::reaction<Correct>();
