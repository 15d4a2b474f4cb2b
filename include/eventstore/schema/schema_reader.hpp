#pragma once
// Reads events by the schemas that a log has recorded, as they were stored or as the structs of today.
#include <array>
#include <atomic>
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/readable.hpp>
#include <eventstore/schema/resolution_plan.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace eventstore::inline v1 {

/// An event's data as bytes of one of the structs that it can be read as. Lifetime: the event's, and the scratch's.
struct Reading {
  std::size_t target;  ///< place of the struct in the ReadableSchemas
  BytesView data;
};

/// Each schema is parsed once, and how it is read is worked out once. Threads: any.
class SchemaReader {
 public:
  /// `log` outlives the reader.
  explicit SchemaReader(const EventLog& log) : log_{log} {}

  /// Lifetime: the reader's. Errors: not_found, corrupt_record.
  Result<const Schema*> find(const SchemaId& id) const;

  /// Appends the JSON of `event`'s data, by its recorded schema alone. Errors: as find; corrupt_record.
  Result<void> data_to_json(const RecordedEvent& event, std::string& out) const;

  /// `event`'s data as bytes of one of `targets`: a view of the event's own where they are such bytes already, else
  /// rearranged in `scratch` by a plan. `targets` outlives the reader. An event kept as JSON is read as the first
  /// target of its name that it fits.
  /// Errors: unknown_event_type where no target has the event's name; unreadable_schema, saying what to write;
  /// corrupt_record; as find.
  Result<Reading> read(const ReadableSchemas& targets, const RecordedEvent& event, Bytes& scratch) const;

  /// As read, for a schema that was read before; absent where it was not, or where read would fail. Cost: less than
  /// read, because no error is made room for.
  [[nodiscard]] std::optional<Reading> read_known(const ReadableSchemas& targets, const RecordedEvent& event,
                                                  Bytes& scratch) const;

  /// As read, with one target, whatever the event's name. `wanted` outlives the reader.
  Result<BytesView> data_as(const Schema& wanted, const RecordedEvent& event, Bytes& scratch) const;

  [[nodiscard]] const EventLog& log() const { return log_; }

 private:
  // How one recorded schema is read by one user, who is known by an address.
  struct Route {
    const void* reader;
    SchemaId id;
    std::size_t target;
    bool exact;
    ResolutionPlan plan;
    const Route* next = nullptr;  // of the same bucket
  };

  [[nodiscard]] const Route* find_route(const void* reader, const SchemaId& id) const;
  const Route* keep(Route route) const;
  Result<const Route*> make_route(const ReadableSchemas& targets, const RecordedEvent& event) const;
  Result<const Route*> make_route(const Schema& wanted, const RecordedEvent& event) const;

  const EventLog& log_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<SchemaId, std::unique_ptr<Schema>> parsed_;  // guarded by mutex_
  // Readers take no lock: routes are only ever put in front of a bucket, under mutex_.
  mutable std::array<std::atomic<const Route*>, 64> routes_{};
  mutable std::vector<std::unique_ptr<const Route>> owned_;  // guarded by mutex_
};

}  // namespace eventstore::inline v1
