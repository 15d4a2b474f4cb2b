// expect: an event that the reaction neither handles nor ignores: write `static void react(const Event&, const
// es::Change<Aggregate>&, es::Outgoing&)` for it, or list it in `using ignores = es::Ignores<...>;`
#include <eventstore/projection/reaction_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Correct {
  static constexpr auto name = "correct";
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed>;
  static void react(const Deposited& event, const es::Change<Account>& change, es::Outgoing& to) {
    to.execute<Account>(change.key, Withdraw{event.cents});
  }
};

const es::ReactionType type = es::reaction<Correct>();
