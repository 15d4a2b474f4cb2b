// compiles
#include <eventstore/projection/reaction_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Correct {
  static constexpr auto name = "correct";
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed, Withdrawn>;
  static void react(const Deposited& event, const es::Change<Account>& change, es::Outgoing& to) {
    to.execute<Account>(change.key, Withdraw{event.cents});
  }
};

const es::ReactionType type = es::reaction<Correct>();
