#include <bench/projected/message_rows.hpp>
#include <bench/projected/row_writer.hpp>

#include <aggregates/conversation/message_ids.hpp>
#include <aggregates/conversation/told.hpp>

#include <algorithm>
#include <vector>

namespace bench {

void MessageRows::set_key(std::string_view conversation, std::string_view message_id) {
  key_.assign(conversation).append(1, '\n').append(message_id);
}

MessageRows::Row* MessageRows::row_of(std::string_view conversation, std::string_view message_id) {
  set_key(conversation, message_id);
  const auto row = by_key_.find(key_);
  return row == by_key_.end() ? nullptr : row->second;
}

void MessageRows::note(const std::optional<eventstore::Json>& told, Price& price) {
  if (auto pricing = domain::member_of(told, "pricing")) price.pricing = std::move(pricing);
  if (auto billed = domain::member_of(told, "conversation")) price.conversation = std::move(billed);
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
  for (const auto& name : {row.message.message_id, domain::names_of(row.message).alias}) {
    set_key(conversation, name);
    if (const auto early = early_prices_.find(key_); early != early_prices_.end()) row.price = early->second;
  }
}

void MessageRows::move(const eventstore::RecordedEvent& event, std::string_view conversation,
                       const std::string& message_id, const std::optional<eventstore::Json>& told,
                       const domain::ConversationState& after) {
  auto* const row = row_of(conversation, domain::known_message_id(after, message_id));
  if (row == nullptr) return note(told, early_prices_[key_]);
  note(told, row->price);
  const auto status = after.messages.find(row->message.message_id)->second;
  if (row->status == status) return;
  row->status = status;
  row->updated_at = event.created_at;
}

void MessageRows::fail(std::string_view conversation, const domain::MessageFailed& failed) {
  auto* const row = row_of(conversation, failed.message_id);
  if (row != nullptr && row->status == domain::MessageStatus::failed && !row->failure) row->failure = failed;
}

void MessageRows::change(const eventstore::RecordedEvent& event, std::string_view conversation,
                         const domain::MessageEdited& edit, const domain::ConversationState& after) {
  auto* const row = row_of(conversation, domain::known_message_id(after, edit.message_id));
  if (row == nullptr || row->revoked_at || (row->edited_at && event.created_at < *row->edited_at)) return;
  row->edited_at = row->updated_at = event.created_at;
  if (edit.message_content) row->message.message_content = edit.message_content;
  if (edit.media_url) row->message.media_url = edit.media_url;
}

void MessageRows::change(const eventstore::RecordedEvent& event, std::string_view conversation,
                         const domain::MessageRevoked& revoked, const domain::ConversationState& after) {
  auto* const row = row_of(conversation, domain::known_message_id(after, revoked.message_id));
  if (row == nullptr || row->revoked_at) return;
  row->revoked_at = row->updated_at = event.created_at;
  row->message.message_content.reset();
  row->message.media_url.reset();
}

void MessageRows::change(const eventstore::RecordedEvent& event, std::string_view conversation,
                         const domain::MessageReacted& reacted, const domain::ConversationState& after) {
  auto* const row = row_of(conversation, domain::known_message_id(after, reacted.message_id));
  if (row == nullptr || !after.message_changes) return;
  const auto changes = after.message_changes->find(row->message.message_id);
  if (changes == after.message_changes->end()) return;
  std::vector<ReactionRow> shown;
  for (const auto& [sender, reaction] : changes->second.reactions)
    if (reaction.emoji) shown.push_back({sender, *reaction.emoji, reaction.reacted_at});
  row->reactions.reset();
  if (!shown.empty()) row->reactions = std::move(shown);
  row->updated_at = event.created_at;
}

void MessageRows::write(CollectionsFile& file) const {
  std::vector<std::pair<IdText, const Row*>> rows;
  rows.reserve(rows_.size());
  for (const auto& row : rows_) rows.emplace_back(IdText{"message_logs", row.key}, &row);
  std::ranges::sort(rows, {}, [](const auto& row) { return row.first.text(); });
  const domain::MessageFailed none{};
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
    to.add(row->message.provider_message_id);
    to.add(row->message.participant_id);
    to.add(row->message.in_reply_to);
    to.add(row->edited_at);
    to.add(row->revoked_at);
    to.add(row->reactions);
    const auto& failure = row->failure ? *row->failure : none;
    to.add(failure.error_code);
    to.add(failure.error_title);
    to.add(failure.error_message);
    to.add(row->price.pricing);
    to.add(row->price.conversation);
    to.write();
  }
}

}  // namespace bench
