#pragma once
// Private to this layer: text that is searched in the texts of data, whatever its case.
#include <eventstore/log/event.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/type.hpp>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Threads: constant once it is made; searches from any.
class TextSearch {
 public:
  /// Texts are compared as Unicode folds their case: "STRASSE" is in "Hauptstraße". An empty text is in everything.
  explicit TextSearch(std::string_view text);

  [[nodiscard]] bool is_empty() const { return folded_.empty(); }
  /// Whether one of the text values in `node` has the text; names of members have none.
  [[nodiscard]] bool is_in(JsonNode node) const;
  /// Whether the JSON of the event's data, a value of `type`, has the text in one of its text values. Errors:
  /// corrupt_record.
  [[nodiscard]] Result<bool> is_in(const Type& type, const RecordedEvent& event) const;
  [[nodiscard]] bool is_in(std::string_view text) const;

 private:
  std::string folded_;
};

}  // namespace v1
}  // namespace eventstore
