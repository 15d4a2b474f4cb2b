#pragma once
// The part of a log that an export covers, and how an export is watched.
#include <eventstore/core/ordinal.hpp>
#include <functional>
#include <stop_token>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Which events are exported. An empty text, or position 0, is no bound.
struct LogPart {
  std::string category{};  ///< also under the names that an aggregate's category had before
  std::string organization{};
  Position from{};  ///< the first
  Position to{};    ///< the last
};

/// Threads: the functions are called by the thread that exports.
struct ExportWatch {
  /// Called now and then with the number of events that were read, and of those that will be. May be empty.
  std::function<void(std::uint64_t done, std::uint64_t total)> on_progress{};
  std::stop_token stop{};
};

}  // namespace v1
}  // namespace eventstore
