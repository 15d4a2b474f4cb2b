#include <aggregates/conversation/message_changes.hpp>

#include <aggregates/common/early.hpp>

#include <algorithm>

namespace domain {
namespace {

using eventstore::Timestamp;

// The changes of the message, whether it is there or waited for; null where it has none.
const MessageChange* find_change(const ConversationState& state, const std::string& name) {
  const auto& id = known_message_id(state, name);
  if (state.message_changes)
    if (const auto found = state.message_changes->find(id); found != state.message_changes->end())
      return &found->second;
  const auto* const early = early_change(state, {id});
  return early == nullptr ? nullptr : &early->change;
}

EarlyChange& kept_early(ConversationState& state, const std::string& id) {
  if (!state.early_changes) state.early_changes.emplace();
  auto& all = *state.early_changes;
  std::size_t index = 0;
  for (const auto& early : all) {
    if (early.message_id == id) return all.edit(index);
    ++index;
  }
  EarlyChange early{};
  early.message_id = id;
  keep_newest(all, std::move(early));
  return all.edit(all.size() - 1);
}

// Calls `change` with the changes of a message, and with what waits for it where it is not there yet, else null.
template <class Change> void change_message(ConversationState& state, const std::string& name, Change change) {
  const std::string id = known_message_id(state, name);
  if (!state.messages.contains(id)) {
    auto& early = kept_early(state, id);
    return change(early.change, &early);
  }
  if (!state.message_changes) state.message_changes.emplace();
  change((*state.message_changes)[id], static_cast<EarlyChange*>(nullptr));
}

}  // namespace

bool is_newest_edit(const ConversationState& state, const std::string& id, Timestamp at) {
  const auto* const change = find_change(state, id);
  return change == nullptr || !change->edited_at || *change->edited_at <= at;
}

bool is_revoked(const ConversationState& state, const std::string& id) {
  const auto* const change = find_change(state, id);
  return change != nullptr && change->revoked_at;
}

const std::string* reaction_of(const ConversationState& state, const std::string& id, const std::string& sender_id) {
  const auto* const change = find_change(state, id);
  if (change == nullptr) return nullptr;
  const auto found = change->reactions.find(sender_id);
  return found == change->reactions.end() || !found->second.emoji ? nullptr : &*found->second.emoji;
}

void edit_message(ConversationState& state, const MessageEdited& event, Timestamp at) {
  if (!is_newest_edit(state, event.message_id, at)) return;
  change_message(state, event.message_id, [&](MessageChange& change, EarlyChange* early) {
    change.edited_at = at;
    if (early == nullptr) return;
    if (event.message_content) early->message_content = event.message_content;
    if (event.media_url) early->media_url = event.media_url;
  });
}

void revoke_message(ConversationState& state, const MessageRevoked& event, Timestamp at) {
  if (is_revoked(state, event.message_id)) return;
  change_message(state, event.message_id, [&](MessageChange& change, EarlyChange*) { change.revoked_at = at; });
}

void react_to_message(ConversationState& state, const MessageReacted& event, Timestamp at) {
  change_message(state, event.message_id, [&](MessageChange& change, EarlyChange*) {
    const auto [place, is_first] = change.reactions.try_emplace(event.sender_id);
    if (is_first || place->second.reacted_at <= at) place->second = {event.emoji, at};
  });
}

const EarlyChange* early_change(const ConversationState& state, const MessageNames& names) {
  if (!state.early_changes) return nullptr;
  const auto found = std::find_if(state.early_changes->begin(), state.early_changes->end(),
                                  [&](const EarlyChange& early) { return names.has(early.message_id); });
  return found == state.early_changes->end() ? nullptr : &*found;
}

void take_early_change(ConversationState& state, const MessageNames& names) {
  const auto* const early = early_change(state, names);
  if (early == nullptr) return;
  if (!state.message_changes) state.message_changes.emplace();
  state.message_changes->insert_or_assign(std::string{names.id}, early->change);
  auto& all = *state.early_changes;
  erase_if(all, [&](const EarlyChange& each) { return names.has(each.message_id); });
  if (all.empty()) state.early_changes.reset();
}

}  // namespace domain
