#pragma once
// A log that passes every call on to another one, for tests that change one of them.
#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

class ForwardingLog : public EventLog {
 public:
  /// `log` outlives this one.
  explicit ForwardingLog(EventLog& log) : log_{log} {}

  Result<Receipt> append(const Commit& commit) override { return log_.append(commit); }
  Result<Page> read_stream(const StreamId& stream, const ReadStream& options) const override {
    return log_.read_stream(stream, options);
  }
  Result<Page> read_all(const ReadAll& options) const override { return log_.read_all(options); }
  Result<Visited> visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const override {
    return log_.visit_stream(stream, options, visitor);
  }
  Result<Visited> visit_all(const ReadAll& options, Visitor visitor) const override {
    return log_.visit_all(options, visitor);
  }
  Result<Page> find(const StreamId& stream, const EventId& id) const override { return log_.find(stream, id); }
  Result<RecordedOutcome> find_outcome(const StreamId& stream, const Uuid& command_id) const override {
    return log_.find_outcome(stream, command_id);
  }
  Result<Version> head(const StreamId& stream) const override { return log_.head(stream); }
  Result<Position> head() const override { return log_.head(); }
  Result<StreamInfo> info(const StreamId& stream) const override { return log_.info(stream); }
  Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                          std::size_t limit) const override {
    return log_.streams(category, after, limit);
  }
  Result<BytesView> schema(const SchemaId& id) const override { return log_.schema(id); }
  Result<std::vector<SchemaRecord>> schemas() const override { return log_.schemas(); }
  Result<Position> wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const override {
    return log_.wait_past(seen, stop, patience);
  }
  Result<void> sync() override { return log_.sync(); }
  [[nodiscard]] Uuid store_id() const override { return log_.store_id(); }
  Result<std::uint64_t> checksum_at(Position position) const override { return log_.checksum_at(position); }
  [[nodiscard]] const EventOpener* opener() const override { return log_.opener(); }
  [[nodiscard]] bool lasts() const override { return log_.lasts(); }
  Result<DroppedEvents> dropped() const override { return log_.dropped(); }
  Result<std::optional<KeptState>> kept_state(const StreamId& stream) const override { return log_.kept_state(stream); }

 private:
  EventLog& log_;
};

}  // namespace v1
}  // namespace eventstore
