#pragma once
// Private to the exports: objects and events as JSON of OCEL 2.0.
#include <eventstore/history/object_log.hpp>

#include "../new_file.hpp"

namespace eventstore::app {

/// Writes each object and event as it comes. Values have the JSON type of their attribute's type.
class OcelJsonWriter final : public ObjectLogSink {
 public:
  explicit OcelJsonWriter(NewFile file) : file_{std::move(file)} {}

  Result<void> begin(const ObjectLogKinds& kinds) override;
  Result<void> begin_object(std::string_view id, std::size_t kind) override;
  Result<void> values(Timestamp time, std::span<const AttributeValue> values) override;
  Result<void> end_object(std::span<const ObjectRelation> relations) override;
  Result<void> event(const MinedEvent& event) override;
  /// Puts the file into its place, too.
  Result<void> end() override;

 private:
  void kinds(std::string_view member, const std::vector<MinedKind>& kinds);
  void value(const std::vector<MinedAttribute>& attributes, const AttributeValue& value, const Timestamp* time);
  void relations(std::span<const ObjectRelation> relations);
  void separate(bool& is_first);

  NewFile file_;
  const ObjectLogKinds* kinds_ = nullptr;
  std::size_t object_kind_ = 0;
  bool is_first_object_ = true;
  bool is_first_event_ = true;
  bool is_first_value_ = true;
};

}  // namespace eventstore::app
