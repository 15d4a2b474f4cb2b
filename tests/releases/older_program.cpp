#include <eventstore/cli/main.hpp>

#include "releases/tickets.hpp"

int main(int argc, char** argv) {
  return eventstore::cli::main(argc, argv,
                               {{eventstore::aggregate<tickets::older::Ticket>("older code")},
                                {eventstore::projection<tickets::older::Holders>("older code")}});
}
