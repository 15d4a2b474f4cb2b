#pragma once
// A log that lives in memory and ends with its object: for tests, and for events that need not last.
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/clock.hpp>

namespace eventstore {
inline namespace v1 {

/// Threads: every member from any thread. Pages outlive the log.
class MemoryLog final : public EventLog {
 public:
  /// `clock` outlives the log.
  explicit MemoryLog(const Clock& clock);
  ~MemoryLog() override;

  /// Nothing here survives the process: the receipt's durability is always on_close. Errors: also read_only, after
  /// memory ran out in the middle of an earlier append.
  Result<Receipt> append(const Commit& commit) override;
  Result<Page> read_stream(const StreamId& stream, const ReadStream& options = {}) const override;
  Result<Page> read_all(const ReadAll& options = {}) const override;
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
  [[nodiscard]] const EventOpener* opener() const override;
  [[nodiscard]] bool lasts() const override { return false; }
  /// Sets the opener, once, before other threads use the log.
  void open_with(std::shared_ptr<const EventOpener> opener);

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace v1
}  // namespace eventstore
