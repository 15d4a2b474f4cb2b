#pragma once
// Reads events by the schemas that a log has recorded, as they were stored or as the structs of today.
#include <array>
#include <atomic>
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/detail/field_plan.hpp>
#include <eventstore/schema/detail/readable.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The way in which an event is read as one of several structs. Lifetime: the event's, the scratch's, the reader's.
struct Reading {
  std::size_t target;               ///< place of the struct in the ReadableSchemas
  BytesView data;                   ///< bytes of the struct; with a plan, of the stored schema
  const FieldPlan* plan = nullptr;  ///< loads the struct from them; null: they are loaded as they are
};

/// What stands in JSON for the erased values of an event that was opened.
[[nodiscard]] std::vector<StandIn> erased_stand_ins(const RecordedEvent& event, std::string_view json = erased_json);

/// Each schema is parsed once, and its plan is made once. Threads: any.
class SchemaReader {
 public:
  /// `log` outlives the reader.
  explicit SchemaReader(const EventLog& log) : log_{log} {}

  /// Takes the form of stored records in JSON from the program's events `own`, which outlive the reader: a descriptor
  /// does not say which records are `flattened`. An event of another name is written as its descriptor has it. Threads:
  /// none beside it; before the first of these events is read.
  void know(std::span<const Schema* const> own) { own_.insert(own_.end(), own.begin(), own.end()); }

  /// Lifetime: the reader's. Errors: not_found, corrupt_record.
  Result<const Schema*> find(const SchemaId& id) const;

  /// Appends the JSON of `event`'s data, by its recorded schema; "erased" stands for values that were. Errors: as
  /// find; corrupt_record.
  Result<void> data_to_json(const RecordedEvent& event, std::string& out) const;

  /// As above, with the stand-ins that `writing` has.
  Result<void> data_to_json(const RecordedEvent& event, std::string& out, const JsonWriting& writing) const;

  /// How `event` is read as one of `targets`, which outlives the reader. An event kept as JSON is read as the first
  /// target of its name that it fits, from bytes in `scratch`.
  /// Errors: unknown_event_type if no target has the event's name; unreadable_schema, saying what to write; as find.
  Result<Reading> read(const ReadableSchemas& targets, const RecordedEvent& event, Bytes& scratch) const;

  /// As read, for a schema that was read before; absent for others. Cost: less than read, because the result has no
  /// room for an error.
  [[nodiscard]] std::optional<Reading> read_known(const ReadableSchemas& targets, const RecordedEvent& event) const;

  /// `event`'s data as bytes of `wanted`, which outlives the reader: a view of the event's own bytes if they have the
  /// wanted type already, otherwise bytes rearranged in `scratch`. Errors: unreadable_schema; corrupt_record; as find.
  Result<BytesView> data_as(const Schema& wanted, const RecordedEvent& event, Bytes& scratch) const;

  /// As data_as, for `data` that is stored beside the log with the descriptor of its own schema. Errors: also
  /// newer_format, where a newer build wrote the descriptor.
  Result<BytesView> stored_as(const Schema& wanted, const SchemaRecord& stored, BytesView data, Bytes& scratch) const;

  [[nodiscard]] const EventLog& log() const { return log_; }

 private:
  // The plan by which one user reads one recorded schema. An address identifies the user.
  struct Route {
    const void* reader;
    SchemaId id;
    std::size_t target;
    bool exact;
    FieldPlan fields;             // for read
    ResolutionPlan plan;          // for data_as
    const Route* next = nullptr;  // of the same bucket
  };

  [[nodiscard]] const Route* find_route(const void* reader, const SchemaId& id) const;
  const Route* keep(Route route) const;
  Result<const Route*> make_route(const ReadableSchemas& targets, const RecordedEvent& event) const;
  Result<const Route*> make_route(const Schema& wanted, const RecordedEvent& event) const;

  const EventLog& log_;
  std::vector<const Schema*> own_{};
  mutable std::mutex mutex_;
  mutable std::unordered_map<SchemaId, std::unique_ptr<Schema>> parsed_;  // guarded by mutex_
  // Readers take no lock: routes are only ever put in front of a bucket, under mutex_.
  mutable std::array<std::atomic<const Route*>, 64> routes_{};
  mutable std::vector<std::unique_ptr<const Route>> owned_;  // guarded by mutex_
};

}  // namespace v1
}  // namespace eventstore
