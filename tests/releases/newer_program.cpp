#include <eventstore/cli/main.hpp>

#include "releases/tickets.hpp"

int main(int argc, char** argv) {
  return eventstore::cli::main(argc, argv,
                               {{eventstore::aggregate<tickets::renamed::Admission>("newer code")},
                                {eventstore::projection<tickets::renamed::Holders>("newer code")}});
}
