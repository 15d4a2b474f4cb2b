#pragma once
// The reaction BookPayments as one writes it without the library's: a loop and a checkpoint in a file.
#include <eventstore/app/store.hpp>

#include <filesystem>

namespace bench {

/// Books every payment of the store once. What was refused is told on standard error. It has neither retries nor dead
/// letters nor timers; a crash repeats at most a page of events, whose commands are known by their ids.
eventstore::Result<void> book_payments_by_hand(eventstore::Store& store, const std::filesystem::path& checkpoint);

}  // namespace bench
