#pragma once
// Private to the store: its log, whose appends bring the inline projections up to date.
#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

class InlineProjections;

/// All but `append` is the log's own. Lifetime: borrows both.
class ProjectingLog final : public EventLog {
 public:
  ProjectingLog(EventLog& log, InlineProjections& projections) : log_{log}, projections_{projections} {}

  /// Receipt::projected tells of the projections; nothing fails because of them.
  Result<Receipt> append(const Commit& commit) override;

  Result<Page> read_stream(const StreamId& stream, const ReadStream& options) const override;
  Result<Page> read_all(const ReadAll& options) const override;
  Result<Visited> visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const override;
  Result<Visited> visit_all(const ReadAll& options, Visitor visitor) const override;
  Result<Page> find(const StreamId& stream, const EventId& id) const override;
  Result<RecordedOutcome> find_outcome(const StreamId& stream, const Uuid& command_id) const override;
  Result<Version> head(const StreamId& stream) const override;
  Result<Position> head() const override;
  Result<StreamInfo> info(const StreamId& stream) const override;
  Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                          std::size_t limit) const override;
  Result<BytesView> schema(const SchemaId& id) const override;
  Result<std::vector<SchemaRecord>> schemas() const override;
  Result<Position> wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const override;
  Result<void> sync() override;
  [[nodiscard]] Uuid store_id() const override;
  Result<std::uint64_t> checksum_at(Position position) const override;
  Result<DroppedEvents> dropped() const override;
  Result<std::optional<KeptState>> kept_state(const StreamId& stream) const override;

 private:
  EventLog& log_;
  InlineProjections& projections_;
};

}  // namespace v1
}  // namespace eventstore
