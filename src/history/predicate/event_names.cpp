#include "event_names.hpp"

#include <eventstore/schema/detail/readable.hpp>

#include <fmt/format.h>

#include "words.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

bool is_event_type(const Node& node) { return node.op == Op::path && node.path.root == Root::event_type; }
bool is_text(const Node& node) { return node.op == Op::literal && node.literal.form == Form::text; }

Result<bool> has_event(const EventLog& log, const std::string& category, const std::string& name) {
  bool found = false;
  ReadAll next{};
  next.limit = no_limit;
  next.filter = {.category = category, .type = name};
  for (bool at_end = false; !found && !at_end;) {
    EVENTSTORE_TRY_ASSIGN(const Visited visited,
                          log.visit_all(next, [&](const RecordedEvent&) { return !(found = true); }));
    at_end = visited.at_end;
    next.from = Position{visited.next};
  }
  return found;
}

Result<bool> is_recorded(const EventLog& log, const AggregateType& type, const std::string& name) {
  EVENTSTORE_TRY_ASSIGN(bool found, has_event(log, type.category, name));
  for (std::size_t i = 0; !found && i < type.former_categories.size(); ++i) {
    EVENTSTORE_TRY_ASSIGN(found, has_event(log, type.former_categories[i], name));
  }
  return found;
}

}  // namespace

Result<std::optional<Mistake>> check_event_name(const Node& a, const Node& b, const AggregateType& type,
                                                const EventLog* log) {
  const auto* const literal = is_event_type(a) && is_text(b) ? &b : is_event_type(b) && is_text(a) ? &a : nullptr;
  if (literal == nullptr || type.unknown_events == UnknownEvents::pass_over) return std::optional<Mistake>{};
  if (type.readable->has_name(literal->text)) return std::optional<Mistake>{};
  if (log != nullptr && !literal->text.empty()) {
    EVENTSTORE_TRY_ASSIGN(const bool recorded, is_recorded(*log, type, literal->text));
    if (recorded) return std::optional<Mistake>{};
  }
  std::vector<std::string_view> names;
  for (const auto* const event : type.events) names.push_back(event->name);
  return Mistake{literal->offset,
                 fmt::format("{} has no event {}{}", type.category, literal->text, choice(literal->text, names))};
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
