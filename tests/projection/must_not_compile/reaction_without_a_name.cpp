// expect: name the reaction: `static constexpr auto name = "send-receipt";`
#include <eventstore/projection/reaction_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Correct {
  using reads = es::Reads<Account>;
  static void react(const es::Change<Account>& change, es::Outgoing& to) {
    to.execute<Account>(change.key, Withdraw{1});
  }
};

const es::ReactionType type = es::reaction<Correct>();
