#pragma once
// Makes a table from events and outcomes.
#include <eventstore/log/event.hpp>

#include "../containers/hashing.hpp"
#include "../containers/name_table.hpp"
#include "table_format.hpp"

namespace eventstore::engine {

class TableWriter;

/// Memory: 24 bytes for each event, 16 for each outcome, and 64 and its texts for each stream; finish() needs as much
/// again, and the file's bytes. Throws bad_alloc.
class TableBuilder {
 public:
  explicit TableBuilder(const Hashing& hashing) : hashing_{hashing} {}

  /// Adds an event; they come in the order of positions. Versions and positions that are left out were lost.
  void add(const RecordedEvent& event, format::Location location);

  /// Adds an outcome; they come in the order of their records.
  void add(const format::OutcomeView& outcome, format::Location location);

  [[nodiscard]] std::uint64_t event_count() const { return ids_.size(); }
  [[nodiscard]] std::uint64_t stream_count() const { return streams_.size(); }
  /// The file: the same bytes for the same events, on any machine. Once. Errors: corrupt_record where the versions of a
  /// stream do not follow one another; too_large (more than 2^32 - 1 events).
  [[nodiscard]] Result<Bytes> finish(const IndexIdentity& identity);

 private:
  struct Stream {
    std::uint64_t text = 0;  // where name and organization stand in texts_
    std::uint16_t name_bytes = 0;
    std::uint16_t organization_bytes = 0;
    std::uint64_t hash = 0;
    std::uint64_t first_version = 0;
    std::uint64_t last_version = 0;
    std::uint64_t first_position = 0;
    std::uint64_t last_position = 0;
    std::uint64_t first_location = 0;  // known to finish()
  };
  struct Event {
    std::uint32_t stream = 0;
    std::uint32_t version = 0;  // less the stream's first
  };

  std::uint32_t stream_of(const RecordedEvent& event);
  [[nodiscard]] std::vector<std::uint32_t> names_in_order() const;
  [[nodiscard]] Result<void> write_streams(TableWriter& writer, std::span<const std::uint32_t> order,
                                           std::size_t locations) const;
  [[nodiscard]] Result<void> write_stream_hashes(TableWriter& writer, std::span<const std::uint32_t> order) const;

  [[nodiscard]] std::string_view name_of(const Stream& stream) const {
    return std::string_view{texts_}.substr(stream.text, stream.name_bytes);
  }
  [[nodiscard]] std::string_view organization_of(const Stream& stream) const {
    return std::string_view{texts_}.substr(stream.text + stream.name_bytes, stream.organization_bytes);
  }

  const Hashing hashing_;
  std::vector<Stream> streams_;
  std::string texts_;  // copies: those in the log are far apart
  NameTable numbers_;
  std::vector<Event> events_;
  std::vector<format::IdEntry> ids_;  // by event; finish() adds the outcomes and sorts them
  std::vector<format::IdEntry> outcomes_;
  std::uint64_t first_position_ = 0;
  std::uint64_t last_position_ = 0;
  bool is_in_order_ = true;
};

}  // namespace eventstore::engine
