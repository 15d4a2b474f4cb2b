#pragma once
// Receipts that come before what they are about. A state keeps the newest of them; the older ones are let go.
#include <cstddef>
#include <utility>

namespace domain {

/// How many of each kind a state keeps. A provider is late by a few messages, and never by a hundred in one stream; a
/// stray id does not make a state grow.
inline constexpr std::size_t early_receipts_max = 100;

/// Adds `receipt` to `kept`, whose oldest give way: the first ones.
template <class Receipts> void keep_newest(Receipts& kept, typename Receipts::value_type receipt) {
  kept.push_back(std::move(receipt));
  if (kept.size() > early_receipts_max) kept.erase(kept.begin(), kept.end() - early_receipts_max);
}

}  // namespace domain
