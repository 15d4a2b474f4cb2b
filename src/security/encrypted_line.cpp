#include <eventstore/security/encrypted_line.hpp>

#include <eventstore/schema/detail/json_text.hpp>

#include <algorithm>
#include <deque>

#include "encrypted_form.hpp"

namespace eventstore {
inline namespace v1 {

using namespace security;
namespace {

// What stands in a line for the encrypted values of an event.
class LineStandIns {
 public:
  // False where the messages are damaged.
  bool add_all(BytesView metadata) {
    for (auto rest = messages_in(metadata); !rest.empty();) {
      const auto message = take_message(rest);
      if (!message || !add(*message)) return false;
    }
    std::ranges::sort(data_, {}, &StandIn::offset);
    return true;
  }
  [[nodiscard]] const std::vector<StandIn>& data() const { return data_; }
  // Adds the members to the object that `json` is.
  void add_metadata(std::string& json) const {
    json.pop_back();
    for (const auto& [name, value] : metadata_) {
      if (json.back() != '{') json += ',';
      append_json_string(json, name);
      json += ':';
      json += value;
    }
    json += '}';
  }

 private:
  bool add(const MessageView& message) {
    const auto paths = paths_of(message);
    if (paths.size() != message.count() || paths.empty()) return false;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      auto& json = texts_.emplace_back("{\"$encrypted\":");
      if (i == 0) {
        append_json_bytes(json, as_text(message.whole));
      } else {
        json += "{\"with\":";
        append_json_string(json, paths.front());
        json += '}';
      }
      json += '}';
      if (const auto offset = message.place(i).offset; offset < metadata_offset)
        data_.push_back({offset, json});
      else
        metadata_.emplace_back(paths[i].substr(std::min(paths[i].size(), std::string_view{"metadata."}.size())), json);
    }
    return true;
  }

  std::deque<std::string> texts_;  // views of it stay valid
  std::vector<StandIn> data_;
  std::vector<std::pair<std::string_view, std::string_view>> metadata_;
};

}  // namespace

Result<void> append_encrypted_line(const RecordedEvent& event, const SchemaReader& schemas, std::string& out) {
  LineStandIns stand_ins;
  if (event.encryption_key == encrypted_values && !stand_ins.add_all(event.metadata))
    return failure(Error{Errc::corrupt_record, "export " + std::string{event.type}, std::string{event.stream},
                         "the encrypted values are damaged", event.position});
  std::string data;
  EVENTSTORE_TRY(
      schemas.data_to_json(event, data, {.secrets = ShownSecrets::sealed_unless_empty, .stand_ins = stand_ins.data()}));
  EVENTSTORE_TRY_ASSIGN(const Metadata metadata, metadata_of(event));
  std::string metadata_json;
  append_metadata_json(metadata, metadata_json);
  stand_ins.add_metadata(metadata_json);
  append_event_line(event, data, metadata_json, out);
  return {};
}

}  // namespace v1
}  // namespace eventstore
