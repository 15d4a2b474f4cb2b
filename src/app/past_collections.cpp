#include "past_collections.hpp"

#include <eventstore/projection/worker.hpp>

namespace eventstore::app {
namespace {

tl::unexpected<Error> not_made(const ProjectionStatus& left) {
  if (left.error) {
    auto error = *left.error;
    if (error.where.empty()) error.where = left.name;
    error.detail += "; the collection " + left.name + " was not made: leave it out, or mend its projection";
    return failure(std::move(error));
  }
  return failure(Errc::refused, "make collections", left.name,
                 "the collection is " + std::string{to_string(left.health)} + ": " + left.reason);
}

// A word that is no moment of a stream; a whole log has no versions.
tl::unexpected<Error> no_moment(Error error) {
  if (error.detail.starts_with("expected"))
    error.detail = "expected a position like 812, a time like 2026-01-27T10:30:00Z, a day like 2026-01-27, or now";
  return failure(std::move(error));
}

}  // namespace

Result<std::unique_ptr<EventLog>> log_at(const Store& store, std::string_view moment, EventClock by,
                                         const PastOptions& options) {
  const auto read = parse_moment(moment, by);
  if (!read) return no_moment(read.error());
  if (const auto* const at = std::get_if<AtTime>(&*read)) return past_log(store.log(), *at, options);
  if (const auto* const position = std::get_if<Position>(&*read)) return past_log(store.log(), *position, options);
  // Of a whole log a number is a position.
  if (const auto* const number = std::get_if<Version>(&*read))
    return past_log(store.log(), Position{number->value}, options);
  EVENTSTORE_TRY_ASSIGN(const Position head, store.log().head());
  if (head == Position{0}) return failure(Errc::not_found, "look at the past", "", "the log has no events");
  return past_log(store.log(), head, options);
}

Result<std::unique_ptr<SqliteCollections>> make_past_collections(const Store& store, const EventLog& past,
                                                                 const std::vector<const ProjectionType*>& projections,
                                                                 const std::string& path, const OnProgress& on_progress,
                                                                 std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(auto collections, SqliteCollections::open(path));
  WorkerOptions options{};
  options.clock = &store.clock();
  if (on_progress) options.on_progress = [&](const RunProgress& now) { on_progress({now.events_done, now.part}); };
  ProjectionWorker worker{past, store.model().aggregates, *collections, std::move(options)};
  EVENTSTORE_TRY_ASSIGN(const RunReport report, worker.run(projections, std::move(stop)));
  if (report.stopped) return failure(Errc::stopped, "make collections", "", "nothing was made");
  if (!report.left.empty()) return not_made(report.left.front());
  return collections;
}

}  // namespace eventstore::app
