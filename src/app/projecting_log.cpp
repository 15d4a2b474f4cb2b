#include "projecting_log.hpp"

#include <algorithm>
#include <utility>

#include "inline_projections.hpp"

namespace eventstore {
inline namespace v1 {

Result<Receipt> ProjectingLog::append(const Commit& commit) {
  auto receipt = log_.append(commit);
  if (!receipt || receipt->events.empty()) return receipt;
  receipt->projected = false;
  // Documents of events that a power cut may take back would be those of another history.
  if (receipt->durability != Durability::every_commit) return receipt;
  auto last = receipt->events.front().position;
  for (const auto& placed : receipt->events) last = std::max(last, placed.position);
  receipt->projected = projections_.bring_to(last);
  return receipt;
}

Result<Page> ProjectingLog::read_stream(const StreamId& stream, const ReadStream& options) const {
  return log_.read_stream(stream, options);
}
Result<Page> ProjectingLog::read_all(const ReadAll& options) const { return log_.read_all(options); }
Result<Visited> ProjectingLog::visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const {
  return log_.visit_stream(stream, options, visitor);
}
Result<Visited> ProjectingLog::visit_all(const ReadAll& options, Visitor visitor) const {
  return log_.visit_all(options, visitor);
}
Result<Page> ProjectingLog::find(const StreamId& stream, const EventId& id) const { return log_.find(stream, id); }
Result<RecordedOutcome> ProjectingLog::find_outcome(const StreamId& stream, const Uuid& command_id) const {
  return log_.find_outcome(stream, command_id);
}
Result<Version> ProjectingLog::head(const StreamId& stream) const { return log_.head(stream); }
Result<Position> ProjectingLog::head() const { return log_.head(); }
Result<StreamInfo> ProjectingLog::info(const StreamId& stream) const { return log_.info(stream); }
Result<std::vector<StreamInfo>> ProjectingLog::streams(std::string_view category, std::string_view after,
                                                       std::size_t limit) const {
  return log_.streams(category, after, limit);
}
Result<BytesView> ProjectingLog::schema(const SchemaId& id) const { return log_.schema(id); }
Result<std::vector<SchemaRecord>> ProjectingLog::schemas() const { return log_.schemas(); }
Result<Position> ProjectingLog::wait_past(Position seen, std::stop_token stop,
                                          std::chrono::milliseconds patience) const {
  return log_.wait_past(seen, std::move(stop), patience);
}
Result<void> ProjectingLog::sync() { return log_.sync(); }
Uuid ProjectingLog::store_id() const { return log_.store_id(); }
Result<std::uint64_t> ProjectingLog::checksum_at(Position position) const { return log_.checksum_at(position); }
Result<DroppedEvents> ProjectingLog::dropped() const { return log_.dropped(); }
Result<std::optional<KeptState>> ProjectingLog::kept_state(const StreamId& stream) const {
  return log_.kept_state(stream);
}

}  // namespace v1
}  // namespace eventstore
