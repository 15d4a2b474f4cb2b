#pragma once
// Private to testing: a history in memory that grows event by event, with the states around each one.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/projection/change.hpp>
#include <eventstore/projection/detail/state_cache.hpp>
#include <set>
#include <string>
#include <string_view>

namespace eventstore::testing::detail {

/// Threads: one at a time.
class RecordedHistory {
 public:
  /// Of the events that follow.
  Metadata metadata{};
  ManualClock clock{Timestamp{}};

  /// Appends an event of the aggregate `key`.
  Result<void> append(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data);
  /// Hands the last event, which is of `type`, to `use` with the states around it, as a worker does it.
  Result<void> give(const AggregateType& type, FunctionRef<Result<void>(const AnyChange&)> use);

 private:
  MemoryLog log_{clock};
  SchemaReader schemas_{log_};
  std::set<std::string> known_{};  // categories, by schemas_
  StateCache states_{log_, schemas_};
  Position recorded_{};
};

}  // namespace eventstore::testing::detail
