#include <eventstore/testing/reacted.hpp>

#include <eventstore/schema/json_codec.hpp>

#include <algorithm>

#include "recorded_history.hpp"

namespace eventstore::testing {
namespace {

// What a test compares: all but the id.
std::string shown(const OutgoingAction& action) {
  std::string text;
  if (!action.timer.empty() && action.kind != OutgoingAction::Kind::cancel_timer)
    text = "at " + action.at.to_string() + " as timer \"" + action.timer + "\" ";
  switch (action.kind) {
    case OutgoingAction::Kind::cancel_timer: return "cancel timer \"" + action.timer + '"';
    case OutgoingAction::Kind::command:
      text += "execute " + action.name + " on " + action.category + '-' + action.key + ' ';
      break;
    case OutgoingAction::Kind::call: text += "call " + action.name + ' '; break;
  }
  (void)bytes_to_json(action.schema->type, action.data, text);  // they were encoded from the type a moment ago
  return text;
}

std::string shown(const std::vector<OutgoingAction>& actions) {
  std::string text;
  for (const auto& action : actions) text += (text.empty() ? "" : ", ") + shown(action);
  return text.empty() ? "nothing" : text;
}

}  // namespace

Verdict Reacted::is(const std::function<void(Outgoing&)>& expected) const {
  std::vector<OutgoingAction> wanted;
  Outgoing to{"expected", {}, {}, wanted};
  expected(to);
  const auto expectation = shown(wanted);
  const auto found = result_ ? shown(*result_) : "the error " + result_.error().message();
  return {result_ && expectation == found, "expected " + expectation + ", found " + found};
}

Verdict Reacted::is_nothing() const {
  return is([](Outgoing&) {});
}

Verdict Reacted::is_error(Errc code) const {
  const bool same = !result_ && result_.error().code == code;
  return {same, "expected the error " + std::string{to_string(code)} + ", found " +
                    (result_ ? shown(*result_) : "the error " + result_.error().message())};
}

namespace detail {

struct ReactedHistory::Parts {
  explicit Parts(ReactionType made) : reaction{std::move(made)} {}

  const ReactionType reaction;
  RecordedHistory history{};
};

ReactedHistory::ReactedHistory(ReactionType reaction) : parts_{std::make_unique<Parts>(std::move(reaction))} {}
ReactedHistory::~ReactedHistory() = default;
ReactedHistory::ReactedHistory(ReactedHistory&&) noexcept = default;
ReactedHistory& ReactedHistory::operator=(ReactedHistory&&) noexcept = default;

void ReactedHistory::by(Metadata metadata) { parts_->history.metadata = std::move(metadata); }
void ReactedHistory::at(Timestamp now) { parts_->history.clock.set(now); }

// An error shows at the event in question, whose states rest on this one.
void ReactedHistory::record(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data) {
  (void)parts_->history.append(type, key, schema, data);
}

Result<std::vector<OutgoingAction>> ReactedHistory::react(const AggregateType& type, std::string_view key,
                                                          const Schema& schema, BytesView data) {
  std::vector<OutgoingAction> actions;
  EVENTSTORE_TRY(parts_->history.append(type, key, schema, data));
  EVENTSTORE_TRY(parts_->history.give(type, [&](const AnyChange& change) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(actions, parts_->reaction.react(change));
    return {};
  }));
  return actions;
}

}  // namespace detail
}  // namespace eventstore::testing
