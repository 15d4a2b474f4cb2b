#pragma once
// Private to the exports: what kinds of events and objects a part of a log has, found by reading all of it.
#include <map>

#include "event_kind.hpp"
#include "object_states.hpp"
#include "references.hpp"

namespace eventstore {
inline namespace v1 {

/// The attributes of the objects of one category.
struct ObjectKind {
  std::size_t place = 0;    ///< in ObjectLogKinds::objects
  bool has_stream = false;  ///< false: its objects are only referred to, and have no attributes
  AttributeTable state{};   ///< behind the organization, which is the first attribute
};

/// Lifetime: borrows what it is made from.
class ObjectSurvey {
 public:
  ObjectSurvey(const EventLog& log, const SchemaReader& schemas, const Categories& categories, LogPart part)
      : log_{log}, schemas_{schemas}, categories_{categories}, part_{std::move(part)}, references_{categories} {}

  /// Looks at all of it, once. Errors: as write_object_log.
  Result<void> run(ExportPace& pace);

  [[nodiscard]] const ObjectLogKinds& kinds() const { return kinds_; }
  /// Lifetime: the survey's. Errors: corrupt_record, where the survey has not met the event in any stream.
  Result<const EventKind*> event_kind(const RecordedEvent& event) const;
  /// The kind of the stream's object. Lifetime: the survey's. Errors: corrupt_record, where it has not met the stream.
  Result<const ObjectKind*> object_kind(const StreamId& stream) const;
  /// The ids that events refer to, with the places of their kinds.
  [[nodiscard]] std::map<std::string, std::size_t, std::less<>> referred() const;
  [[nodiscard]] References& references() { return references_; }

 private:
  Result<void> look_at(const StreamInfo& stream, ExportPace& pace, EventData& data);
  Result<void> look_at(const RecordedEvent& event, EventData& data);
  ObjectKind& object_kind_of(std::string_view category);
  void finish();

  const EventLog& log_;
  const SchemaReader& schemas_;
  const Categories& categories_;
  const LogPart part_;
  References references_;
  Metadata metadata_{};
  std::map<std::string, std::map<std::string, EventKind, std::less<>>, std::less<>> events_;  // by category and type
  std::map<std::string, ObjectKind, std::less<>> objects_;                                    // by category
  std::map<std::string, const ObjectKind*, std::less<>> referred_;
  ObjectLogKinds kinds_;
};

}  // namespace v1
}  // namespace eventstore
