// expect: an event that the reaction both handles and ignores
#include <eventstore/projection/reaction_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Correct {
  static constexpr auto name = "correct";
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed, Withdrawn, Deposited>;
  static void react(const Deposited& event, const es::Change<Account>& change, es::Outgoing& to) {
    to.execute<Account>(change.key, Withdraw{event.cents});
  }
};

const es::ReactionType type = es::reaction<Correct>();
