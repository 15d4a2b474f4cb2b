#pragma once
// Private to the exports: what events of one type have as attributes: their metadata, and their data.
#include <array>
#include <eventstore/log/metadata.hpp>

#include "attribute_table.hpp"

namespace eventstore {
inline namespace v1 {

/// First every event is shown to see(), then finish() gives the attributes; then values_of() gives the values.
class EventKind {
 public:
  /// Errors: as each_value.
  Result<void> see(const Metadata& metadata, const Type* type, JsonNode data);
  /// `place` is the kind's own place in ObjectLogKinds::events.
  void finish(MinedKind& kind, std::size_t place);
  /// Fills `values`. Errors: as each_value.
  Result<void> values_of(const RecordedEvent& event, const Metadata& metadata, const Type* type, JsonNode data,
                         std::vector<AttributeValue>& values) const;

  [[nodiscard]] std::size_t place() const { return place_; }

 private:
  AttributeTable data_;
  std::array<bool, 3> has_text_{};               // user, correlation, causation
  std::array<std::size_t, 3> text_attribute_{};  // of these
  std::size_t place_ = 0;
};

}  // namespace v1
}  // namespace eventstore
