#pragma once
// Private to history: the data of an event for a predicate, and the event before it.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include "item.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// Reads the data of one event at a time, JSON only once.
class EventSource {
 public:
  /// Both outlive this.
  EventSource(const SchemaReader& schemas, const AggregateType& type) : schemas_{schemas}, type_{type} {}

  /// The next event is another one.
  void next() { parsed_ = false; }
  /// By the schema of the event; nothing where its data cannot be read. Errors: as SchemaReader::find. Lifetime: the
  /// event's, and until next().
  Result<Item> data(const RecordedEvent& event);

 private:
  Result<const Schema*> find(const SchemaId& id) const;

  const SchemaReader& schemas_;
  const AggregateType& type_;
  SchemaId id_{};
  const Schema* schema_ = nullptr;  // of id_
  JsonDocument document_{};
  bool parsed_ = false;
  Item json_{};
};

/// A copy of an event and its metadata, whose memory is used again.
class PreviousEvent {
 public:
  /// The copy, without its data unless they are asked for. Lifetime: until the next call.
  RecordedEvent keep(const RecordedEvent& event, const Metadata& metadata, bool with_data);
  [[nodiscard]] const Metadata& metadata() const { return metadata_; }

 private:
  std::string type_;
  Bytes data_;
  Metadata metadata_;
};

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
