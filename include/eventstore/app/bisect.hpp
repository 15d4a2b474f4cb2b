#pragma once
// The versions at which a predicate holds, of one stream or of all streams of a category.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>

namespace eventstore::app {

struct Bisect {
  EVENTSTORE_FIELDS(
      Bisect, (std::string, stream, "", help("Stream to search, like {stream}; left out where a category is searched")),
      (std::string, predicate, "", help("Condition, like 'event.version > 3'; the language stands below")),
      (std::string, category, "", help("Search all streams of this category")),
      (std::string, organization_id, "", help("Search only streams of this organization")),
      (bool, all, false, help("Print every version at which it holds, not only the first of a stream")),
      (bool, binary, false,
       help("Halve the versions: for a predicate that, once it holds, holds at all later versions")));
};

/// A version at which the predicate holds, and what its event changed.
struct BisectedVersion {
  EVENTSTORE_FIELDS(BisectedVersion, (std::string, stream), (std::string, organization_id), (std::uint64_t, version),
                    (std::uint64_t, position), (std::string, event_type), (Uuid, event_id), (Timestamp, created_at),
                    (std::optional<std::string>, user_id), (Json, changes));
};

struct BisectReport {
  std::uint64_t streams = 0;  ///< that were searched
  std::uint64_t found = 0;    ///< streams in which it holds
  std::uint64_t expired = 0;  ///< streams that were left out, because retention dropped their beginning
};

/// Calls `on_version` with each version that is asked for: those of a stream in their order, those of a category in
/// the order of the streams' names; of each stream the first one, or `all`. With a category and no predicate, `stream`
/// is the predicate: it is then the only argument of a command. Errors: invalid_argument (arguments that do not go
/// together; a predicate that is wrong, with its column; as past_stream); not_found (no such stream; it holds nowhere);
/// as bisect and bisect_category; those of `on_version`.
Result<BisectReport> bisect(const Store& store, const Bisect& parameters,
                            FunctionRef<Result<void>(const BisectedVersion&)> on_version,
                            const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace eventstore::app
