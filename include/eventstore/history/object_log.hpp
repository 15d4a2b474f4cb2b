#pragma once
// A log as objects and events that concern them, for the formats of object-centric process mining: a stream is an
// object, and the events' fields that are marked es::refers_to relate events and objects to others.
// docs/guide/process-mining.md tells what becomes of what.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/history/log_part.hpp>
#include <span>
#include <variant>

namespace eventstore {
inline namespace v1 {

enum class MinedType : std::uint8_t { boolean, integer, decimal, time, text };

/// A value of its attribute's type; a time is RFC 3339 in UTC, and nothing means that the value was taken away.
/// Integers are within 2^53 on both sides of zero, which a float64 still tells apart: an attribute that has others is a
/// text.
using MinedValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct MinedAttribute {
  std::string name;  ///< unique in its type, also where upper and lower case count the same; without control characters
  MinedType type = MinedType::text;
};

/// A type of events or of objects.
struct MinedKind {
  std::string name;  ///< unique; without control characters
  std::vector<MinedAttribute> attributes{};
};

struct ObjectLogKinds {
  std::vector<MinedKind> events;
  std::vector<MinedKind> objects;
};

struct AttributeValue {
  std::size_t attribute;  ///< its place in the MinedKind
  MinedValue value;
};

struct ObjectRelation {
  std::string object;  ///< its id
  std::string qualifier;

  friend auto operator<=>(const ObjectRelation&, const ObjectRelation&) = default;
};

struct MinedEvent {
  std::string id;    ///< "e812" for position 812
  std::size_t kind;  ///< its place in ObjectLogKinds::events
  Timestamp time{};
  std::vector<AttributeValue> values{};
  std::vector<ObjectRelation> relations{};  ///< at least one; each once
};

/// Takes the log: begin, the objects, the events, end. Each object comes once, with a unique id, and every relation is
/// to an object of the log. Errors: end the export with them. Threads: one at a time.
class ObjectLogSink {
 public:
  virtual ~ObjectLogSink() = default;

  /// Lifetime: `kinds` lives until end().
  virtual Result<void> begin(const ObjectLogKinds& kinds) = 0;
  virtual Result<void> begin_object(std::string_view id, std::size_t kind) = 0;
  /// The values that changed at `time`, which grows from call to call; the first call has all that the object began
  /// with. There is none for an object that is only referred to.
  virtual Result<void> values(Timestamp time, std::span<const AttributeValue> values) = 0;
  virtual Result<void> end_object(std::span<const ObjectRelation> relations) = 0;
  virtual Result<void> event(const MinedEvent& event) = 0;
  virtual Result<void> end() = 0;
};

struct ObjectLogCounts {
  std::uint64_t events = 0;
  std::uint64_t objects = 0;
  std::uint64_t referred_objects = 0;  ///< those of the objects that have no stream in the part
  std::uint64_t event_relations = 0;
  std::uint64_t object_relations = 0;
};

/// Gives `part` of `log` to `sink`. Errors: invalid_argument (the bounds of `part`); stopped; those of the sink; as
/// each_step and EventLog::read_all. Cost: reads each event three times, and folds each stream of an aggregate with a
/// state twice; in memory stand the ids of the objects that are referred to, and the relations of one object.
Result<ObjectLogCounts> write_object_log(const EventLog& log, const SchemaReader& schemas,
                                         std::span<const AggregateType> types, const LogPart& part, ObjectLogSink& sink,
                                         const ExportWatch& watch = {});

}  // namespace v1
}  // namespace eventstore
