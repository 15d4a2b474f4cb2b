#pragma once
// What all logs have in common that show another history than the one that was recorded: they are only read.
#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

/// A view of another log, for those that change what is read. It has that log's identity and schemas, no outcomes of
/// commands, and it never grows. Threads: every member from any thread. Lifetime: borrows the log.
class LogView : public EventLog {
 public:
  explicit LogView(const EventLog& log) : log_{log} {}

  /// Errors: always read_only.
  Result<Receipt> append(const Commit& commit) final;
  /// Errors: always not_found.
  Result<RecordedOutcome> find_outcome(const StreamId& stream, const Uuid& command_id) const final;
  Result<BytesView> schema(const SchemaId& id) const override { return log_.schema(id); }
  Result<std::vector<SchemaRecord>> schemas() const override { return log_.schemas(); }
  /// Returns at once.
  Result<Position> wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const final;
  Result<void> sync() final { return {}; }
  [[nodiscard]] Uuid store_id() const final { return log_.store_id(); }
  /// Of the log's own history.
  Result<std::uint64_t> checksum_at(Position position) const override { return log_.checksum_at(position); }
  Result<DroppedEvents> dropped() const override { return log_.dropped(); }
  [[nodiscard]] const EventOpener* opener() const final { return log_.opener(); }

 protected:
  [[nodiscard]] const EventLog& log() const { return log_; }

 private:
  const EventLog& log_;
};

}  // namespace v1
}  // namespace eventstore
