#pragma once
// Where everything stands: stream -> versions, position, event id and schema -> record. Made from the log's bytes
// alone.
#include <eventstore/log/event_log.hpp>
#include <optional>

#include "blocks.hpp"
#include "id_table.hpp"
#include "name_table.hpp"

namespace eventstore::inline v1 {

/// A stretch of positions whose events cannot be read, and why.
struct Damage {
  Position first{};
  Position last{};
  format::Location location{};
  Error error;
};

/// Threads: any number read, or one changes it.
class LogIndex {
 public:
  /// One stream: its name and tenant, as they stand in its first readable record, and its events by version - 1.
  /// A location of 0 is an event that damage took.
  struct Stream {
    const char* text = nullptr;
    std::uint16_t name_bytes = 0;
    std::uint16_t tenant_bytes = 0;
    std::vector<format::Location> events{};

    [[nodiscard]] std::string_view name() const { return {text, name_bytes}; }
    [[nodiscard]] std::string_view tenant() const { return {text + name_bytes, tenant_bytes}; }
    [[nodiscard]] Version head() const { return Version{events.size()}; }
  };

  void add_block(std::uint32_t number, std::shared_ptr<const Block> block);
  /// Adds a commit that was checked and that continues what is there.
  void add(format::Location commit);
  void add(Damage damage);

  [[nodiscard]] const Stream* find(std::string_view name) const;
  /// Null where there is no such event.
  [[nodiscard]] const std::byte* find(std::string_view stream, const EventId& id) const;
  [[nodiscard]] std::optional<BytesView> schema(const SchemaId& id) const;
  [[nodiscard]] const std::vector<SchemaRecord>& schemas() const { return schemas_; }

  [[nodiscard]] Position head() const { return Position{events_.size()}; }
  [[nodiscard]] format::Location at(Position position) const { return events_[position.value - 1]; }
  [[nodiscard]] const std::byte* resolve(format::Location location) const {
    return eventstore::resolve(*blocks_, location);
  }
  [[nodiscard]] const std::shared_ptr<const Blocks>& blocks() const { return blocks_; }
  /// In the order in which they were met; only ever grows at its end.
  [[nodiscard]] const std::vector<Stream>& streams() const { return streams_; }

  [[nodiscard]] const std::vector<Damage>& damages() const { return damages_; }
  [[nodiscard]] const Damage* damage_at(Position position) const;
  /// Damage that may hold events of `stream` after its last known one; null: its end is known.
  [[nodiscard]] const Damage* damage_past(const Stream* stream) const;

 private:
  void add_event(const std::byte* record, format::Location location);
  Stream& stream_of(const RecordedEvent& event, std::uint64_t hash);
  [[nodiscard]] std::uint32_t number_of(std::string_view name, std::uint64_t hash) const;

  std::shared_ptr<const Blocks> blocks_ = std::make_shared<Blocks>();
  std::vector<format::Location> events_;  // by position - 1
  std::vector<Stream> streams_;
  NameTable names_;
  IdTable ids_;
  std::vector<SchemaRecord> schemas_;  // few: searched one by one
  std::vector<Damage> damages_;
};

}  // namespace eventstore::inline v1
