#include <eventstore/projection/stream_documents.hpp>

#include <eventstore/core/detail/guarded.hpp>

#include <limits>

#include "part_fold.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr Position all_positions{std::numeric_limits<std::uint64_t>::max()};

}  // namespace

Result<void> make_stream_documents(const EventLog& log, const AggregateTypes& aggregates,
                                   const ProjectionType& projection, const StreamId& stream, Collections& to,
                                   std::stop_token stop) {
  return detail::guarded("make documents", projection.name(), [&]() -> Result<void> {
    PartFold fold{log, aggregates, projection, {.stream = stream.text()}};
    EVENTSTORE_TRY_ASSIGN(const auto kept, log.kept_state(stream));
    if (kept) fold.begin_behind(kept->version);
    EVENTSTORE_TRY(fold.advance(all_positions, {}, stop));
    auto made = fold.documents();
    const auto& name = projection.name();
    Checkpoint at{Position{0}, 0, log.store_id(), projection.fingerprint(aggregates.all()), true};
    EVENTSTORE_TRY(to.create(projection.shape, name, at));
    at.position = Position{1};  // of no meaning: there is no other batch
    const CollectionBatch all{&projection.shape, name, std::move(made.writes),
                              Position{0},       at,   std::move(made.appended)};
    EVENTSTORE_TRY(to.commit({&all, 1}));
    return to.finish(projection.shape, at.position);
  });
}

}  // namespace v1
}  // namespace eventstore
