#include "ledger/ledger.hpp"

#include <eventstore/cli/main.hpp>
#include <eventstore/version.hpp>
#include <source_hash/ledger.hpp>

static_assert(EVENTSTORE_VERSION >= 100);
static_assert(source_hash::ledger.size() == 36);

int main(int argc, char** argv) {
  return eventstore::cli::main(argc, argv, {{eventstore::aggregate<bank::Ledger>(source_hash::ledger)}, {}});
}
