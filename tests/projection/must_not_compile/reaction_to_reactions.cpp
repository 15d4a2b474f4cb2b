// expect: a reaction reads no stream of a reaction: it would answer itself without an end
#include <eventstore/projection/reaction_record.hpp>
#include <eventstore/projection/reaction_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Correct {
  static constexpr auto name = "correct";
  using reads = es::Reads<es::ReactionRecord>;
  static void react(const es::Change<es::ReactionRecord>& change, es::Outgoing& to) {
    to.execute<Account>(change.key, Withdraw{1});
  }
};

const es::ReactionType type = es::reaction<Correct>();
