#include <bench/projected/message_rows.hpp>
#include <bench/projected/row_writer.hpp>

#include <algorithm>
#include <vector>

namespace bench {

void MessageRows::set_key(std::string_view conversation, std::string_view message_id) {
  key_.assign(conversation).append(1, '\n').append(message_id);
}

// A message that is reported twice stays as it was first.
void MessageRows::add(const eventstore::RecordedEvent& event, std::string_view conversation,
                      domain::MessageSent message, const domain::ConversationState& after) {
  set_key(conversation, message.message_id);
  const auto status = after.messages.find(message.message_id);
  if (by_key_.contains(key_) || status == after.messages.end()) return;
  auto& row = rows_.emplace_back(Row{key_, std::string{event.organization}, std::string{conversation},
                                     std::move(message), status->second, event.created_at, event.created_at,
                                     static_cast<std::int64_t>(event.position.value)});
  by_key_.emplace(row.key, &row);
}

void MessageRows::move(const eventstore::RecordedEvent& event, std::string_view conversation,
                       std::string_view message_id, const domain::ConversationState& after) {
  set_key(conversation, message_id);
  const auto row = by_key_.find(key_);
  if (row == by_key_.end()) return;
  const auto status = after.messages.find(std::string{message_id})->second;
  if (row->second->status == status) return;
  row->second->status = status;
  row->second->updated_at = event.created_at;
}

void MessageRows::write(CollectionsFile& file) const {
  std::vector<std::pair<IdText, const Row*>> rows;
  rows.reserve(rows_.size());
  for (const auto& row : rows_) rows.emplace_back(IdText{"message_logs", row.key}, &row);
  std::ranges::sort(rows, {}, [](const auto& row) { return row.first.text(); });
  RowWriter to{file, "message_logs"};
  for (const auto& [id, row] : rows) {
    to.add(id.text());
    to.add(row->organization);
    to.add(row->conversation);
    to.add(row->message.message_id);
    to.add(row->message.sender_id);
    to.add(row->message.receiver_id);
    to.add(row->message.message_content);
    to.add(row->message.message_type);
    to.add(row->message.media_url);
    to.add(row->status);
    to.add(row->message.metadata);
    to.add(row->created_at);
    to.add(row->updated_at);
    to.add(row->position);
    to.write();
  }
}

}  // namespace bench
