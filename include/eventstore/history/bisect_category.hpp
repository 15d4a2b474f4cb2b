#pragma once
// The streams of a category in which a predicate ever holds.
#include <eventstore/history/bisect.hpp>
#include <functional>

namespace eventstore {
inline namespace v1 {

struct CategorySearch {
  std::string organization{};  ///< only streams of this one; empty: of all
  bool all_versions = false;   ///< each version at which it holds; otherwise the first of each stream
  unsigned threads = 0;        ///< 0: one for each core of the machine
  std::stop_token stop{};
  /// Called now and then by the calling thread with the number of streams that are done. May be empty.
  std::function<void(std::uint64_t streams)> on_progress{};
};

struct CategoryFound {
  std::uint64_t streams = 0;   ///< that were asked
  std::uint64_t found = 0;     ///< in which the predicate holds at some version
  std::uint64_t versions = 0;  ///< that were asked
  std::uint64_t expired = 0;   ///< streams without a beginning: retention dropped it, and kept no state
};

/// Asks `predicate` at the versions of each stream of `type`, under all names that the category had: at every version,
/// or up to the first at which it holds. Where it holds goes to `on_found`, called by the calling thread in the order
/// of the streams' names and of the versions, which does not depend on the number of threads; its error ends the
/// search. Errors: as bisect, of the first stream that has one, after all before it were given; stopped. Memory:
/// bounded; it grows neither with the streams nor with what is found. Cost: as bisect for each stream, shared among the
/// threads.
Result<CategoryFound> bisect_category(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                      const Predicate& predicate, const CategorySearch& search,
                                      FunctionRef<Result<void>(const FoundStep&)> on_found);

}  // namespace v1
}  // namespace eventstore
