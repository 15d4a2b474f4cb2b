// A program with a domain whose decisions rest on several aggregates, as its users call it.
#include <eventstore/cli.hpp>

#include "aggregate/dispatch.hpp"

int main(int argc, char** argv) {
  return eventstore::cli::main(argc, argv,
                               {{eventstore::aggregate<dispatch::Agent>(), eventstore::aggregate<dispatch::Job>(),
                                 eventstore::aggregate<dispatch::Ledger>()},
                                {}});
}
