#pragma once
// Private to this layer: conditions on the data of events, and text that is searched in it.
#include <eventstore/history/data_condition.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <unordered_map>
#include <vector>
#include "text_search.hpp"

namespace eventstore {
inline namespace v1 {

/// Looks only into the part of the data that it needs: binary data is walked by its schema, and no JSON of all of it is
/// made. Threads: one at a time; each has a matcher of its own.
class DataMatcher {
 public:
  /// Lifetime: borrows all of them.
  DataMatcher(const SchemaReader& schemas, const std::vector<DataCondition>& conditions, const TextSearch& text)
      : schemas_{schemas}, conditions_{conditions}, text_{text} {}

  /// Whether all conditions hold and the text is there. Errors: corrupt_record; as SchemaReader::find.
  Result<bool> matches(const RecordedEvent& event);

 private:
  Result<const Schema*> schema_of(const RecordedEvent& event);
  Result<bool> json_matches(const RecordedEvent& event);
  Result<bool> holds(const DataCondition& condition, const RecordedEvent& event, const Schema& schema);
  Result<bool> json_holds(const DataCondition& condition, std::span<const DataStep> path, const RecordedEvent& event,
                          std::string_view json);
  bool equals(const DataCondition& condition, std::optional<JsonNode> node);

  const SchemaReader& schemas_;
  const std::vector<DataCondition>& conditions_;
  const TextSearch& text_;
  std::unordered_map<SchemaId, const Schema*> known_;  // SchemaReader takes a lock for each
  JsonDocument document_;
  std::string json_;
  std::string canonical_;
};

}  // namespace v1
}  // namespace eventstore
