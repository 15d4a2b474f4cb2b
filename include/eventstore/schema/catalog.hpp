#pragma once
// Which event types this build knows, and the schemas that a log has recorded.
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/schema.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace eventstore::inline v1 {

/// The event types of every category that the program registers. Lifetime: schemas are borrowed (schema_of's live for
/// the program). Threads: add before sharing; find from any.
class EventCatalog {
 public:
  void add(std::string_view category, const Schema& schema);
  /// Null where the category has no such event.
  [[nodiscard]] const Schema* find(std::string_view category, std::string_view type) const;
  /// "delivery: DeliveryScheduled, …", for messages.
  [[nodiscard]] std::string known_types(std::string_view category) const;

 private:
  std::map<std::string, std::map<std::string, const Schema*, std::less<>>, std::less<>> categories_;
};

/// Reads schemas recorded in a log, each parsed once. Threads: any.
class SchemaReader {
 public:
  /// `log` outlives the reader.
  explicit SchemaReader(const EventLog& log) : log_{log} {}

  /// Lifetime: the reader's. Errors: not_found, corrupt_record.
  Result<const Schema*> find(const SchemaId& id) const;

  /// Appends the JSON of `event`'s data, by its recorded schema alone. Errors: as find; corrupt_record.
  Result<void> data_to_json(const RecordedEvent& event, std::string& out) const;

  /// `event`'s data as bytes of `wanted`: a view of the event's own where it was written under that schema, else
  /// converted by field names into `scratch` (added fields with a default, removed, reordered, widened).
  /// Errors: unreadable_schema where what is stored does not fit; as find.
  Result<BytesView> data_as(const Schema& wanted, const RecordedEvent& event, Bytes& scratch) const;

 private:
  const EventLog& log_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<SchemaId, std::unique_ptr<Schema>> parsed_;  // guarded by mutex_
};

}  // namespace eventstore::inline v1
