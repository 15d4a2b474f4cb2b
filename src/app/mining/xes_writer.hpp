#pragma once
// Private to the exports: traces as XML of IEEE 1849-2016 (XES).
#include <eventstore/history/traces.hpp>
#include <set>
#include <unordered_map>

#include "../new_file.hpp"

namespace eventstore::app {

class XesWriter final : public TraceSink {
 public:
  /// `file` outlives it. `category` is that of the traces.
  XesWriter(NewFile& file, std::string_view category);

  Result<void> begin_trace(const StreamInfo& stream) override;
  Result<void> event(const eventstore::TracedEvent& event) override;
  Result<void> end_trace() override;
  /// Ends the log, and puts the file into its place. Errors: as NewFile::finish.
  Result<void> finish();

  [[nodiscard]] std::uint64_t replaced_characters() const { return replaced_; }

 private:
  void attribute(std::string_view element, std::string_view key, std::string_view value);
  void value(std::string_view key, const DataValue& value);
  void nested(std::string_view key, JsonNode node);
  const std::string& key_of(std::string_view place);

  NewFile& file_;
  std::unordered_map<std::string, std::string> keys_;  // of the places in the data
  std::set<std::string> taken_keys_{"event.version", "event.position", "event.organization_id", "event.correlation_id",
                                    "event.causation_id"};
  std::string scratch_;
  std::uint64_t replaced_ = 0;
};

}  // namespace eventstore::app
