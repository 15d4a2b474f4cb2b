#pragma once
// Makes a part of a live collection again, in place: the documents of some streams or of one organization.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/projection/compare.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Documents of a collection. One of the three is given.
struct CollectionPart {
  std::string stream{};
  std::string organization{};
  std::vector<std::string> streams{};  ///< several, whose documents are made again in one go

  /// The one stream, or the several.
  [[nodiscard]] std::vector<std::string> all_streams() const {
    return stream.empty() ? streams : std::vector<std::string>{stream};
  }
};

struct PartReport {
  std::uint64_t events = 0;  ///< of the part, which were folded
  Position position{};       ///< of the collection, which has not moved
  Comparison comparison{};   ///< of the part, as it was and as it is
};

/// A worker may move the collection meanwhile. Threads: one at a time. Lifetime: shares the aggregates and borrows the
/// rest.
class PartRebuilder {
 public:
  PartRebuilder(const EventLog& log, AggregateTypes aggregates, Collections& collections)
      : log_{log}, aggregates_{std::move(aggregates)}, collections_{collections} {}

  /// Folds the part's events up to the collection's checkpoint beside it, compares, and replaces, adds and removes the
  /// documents that differ, in one transaction at that checkpoint; the others are not touched. If a worker moves the
  /// checkpoint meanwhile, the events between are folded and it is tried again. Documents that have expired do not come
  /// back; events that the collection has set aside stay so. Where documents differed, the collection has no digest
  /// until Collections::keep_digest, which a verification calls: it may have been that of other documents.
  ///
  /// Of an organization, a document that no event made goes too. Of a stream, the documents are those whose keys its
  /// events write or remove: one that no event ever made stays, and a verification of the collection names it. Several
  /// streams are one part: either all of their documents are as they should be, or none was changed.
  ///
  /// Errors, nothing changed: invalid_argument, where the part names none or several of the three, is not one by which
  /// the projection says that its documents are keyed, has a stream that it does not read, or where the place cannot
  /// list its documents; not_found, where there is no such stream or collection; refused, where the collection is not
  /// live, or was made by other code; expired, where retention dropped events of the part; locked, where a worker
  /// always moved it; stopped; those of the projection, of the log, and as Collections::commit. Cost: memory for the
  /// part's documents; of an organization, it reads the collection once.
  Result<PartReport> rebuild(const ProjectionType& projection, const CollectionPart& part, std::stop_token stop = {},
                             const CompareOptions& options = {});

 private:
  const EventLog& log_;
  const AggregateTypes aggregates_;
  Collections& collections_;
};

}  // namespace v1
}  // namespace eventstore
