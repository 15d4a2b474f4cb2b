#pragma once
// Private to the history layer: a log without its later events.
#include <eventstore/history/log_view.hpp>

#include <functional>
#include <string>
#include <unordered_map>

namespace eventstore {
inline namespace v1 {

struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
};

/// By its name, the first version of a stream that is not there.
using StreamEnds = std::unordered_map<std::string, Version, NameHash, std::equal_to<>>;

/// What a past log has.
struct PastCut {
  Position end{};     ///< no event behind it
  StreamEnds ends{};  ///< of the streams that end before that
  Position head{};    ///< of the last event that is there
};

/// Threads: every member from any thread. Lifetime: borrows the log.
class PastView final : public LogView {
 public:
  PastView(const EventLog& log, PastCut cut) : LogView{log}, cut_{std::move(cut)} {}

  Result<Page> read_stream(const StreamId& stream, const ReadStream& options = {}) const override;
  Result<Page> read_all(const ReadAll& options = {}) const override;
  Result<Visited> visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const override;
  Result<Visited> visit_all(const ReadAll& options, Visitor visitor) const override;
  Result<Page> find(const StreamId& stream, const EventId& id) const override;
  Result<Version> head(const StreamId& stream) const override;
  Result<Position> head() const override { return cut_.head; }
  Result<StreamInfo> info(const StreamId& stream) const override;
  Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                          std::size_t limit) const override;
  Result<std::uint64_t> checksum_at(Position position) const override;
  Result<std::optional<KeptState>> kept_state(const StreamId& stream) const override;

 private:
  [[nodiscard]] bool admits(const RecordedEvent& event) const;
  // The last version of the stream that is there; 0 where none is.
  Result<Version> last_of(const StreamInfo& info) const;
  Result<Version> last_up_to_end(const StreamId& stream, Version head) const;
  // The stream as it was; version 0 where it was not there.
  Result<StreamInfo> past_of(StreamInfo info) const;
  // Where a read of a stream begins and how far it goes; false: it has nothing to give.
  Result<bool> cut_short(const StreamId& stream, ReadStream& options, Version& last) const;

  const PastCut cut_;
};

}  // namespace v1
}  // namespace eventstore
