#include "path_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "hints.hpp"
#include "item.hpp"
#include "types.hpp"
#include "words.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

struct EventMember {
  std::string_view name;
  Root root;
  Kind kind;
};

constexpr std::array<EventMember, 11> event_members{{
    {"data", Root::event_data, Kind::record},
    {"type", Root::event_type, Kind::text},
    {"created_at", Root::created_at, Kind::timestamp},
    {"recorded_at", Root::recorded_at, Kind::timestamp},
    {"version", Root::version, Kind::uint64},
    {"position", Root::position, Kind::uint64},
    {"id", Root::event_id, Kind::uuid},
    {"organization_id", Root::organization_id, Kind::text},
    {"user_id", Root::user_id, Kind::text},
    {"correlation_id", Root::correlation_id, Kind::text},
    {"causation_id", Root::causation_id, Kind::text},
}};

// Whether a value of that type may be written as a text; null is any type.
bool may_be_text(const Type* type) {
  if (type == nullptr) return true;
  const auto form = form_of(type->kind);
  return form == Form::text || form == Form::time || form == Form::uuid;
}

}  // namespace

Result<Node> PathParser::parse(bool may_be_whole) {
  const auto offset = tokens_.peek().offset;
  Node made{.op = Op::path, .offset = offset};
  EVENTSTORE_TRY(begin(made, may_be_whole));
  while (tokens_.peek().is(TokenKind::symbol, ".") || tokens_.peek().is(TokenKind::symbol, "[")) {
    const auto so_far = tokens_.spelled(offset);
    const bool named = tokens_.next().text == ".";
    const auto step_offset = tokens_.peek().offset;
    EVENTSTORE_TRY_ASSIGN(PathStep step, named ? name_step() : key_step());
    const auto type = type_behind(made.type, step, so_far);
    if (!type) return tokens_.wrong(step_offset, type.error());
    made.type = *type;
    made.path.steps.push_back(std::move(step));
  }
  if (const auto* const type = bare(made.type); type != nullptr && type->kind == Kind::secret_text)
    return tokens_.wrong(offset,
                         fmt::format("{} is a secret, and secrets cannot be asked for", tokens_.spelled(offset)));
  if (is_secret_of_event(made.path))
    return tokens_.wrong(offset,
                         fmt::format("{} is a secret, and secrets cannot be asked for", tokens_.spelled(offset)));
  made.path.document = program_.documents;
  program_.documents += 2;
  return made;
}

// In the data of one of the events that the program has today.
bool PathParser::is_secret_of_event(const Path& path) const {
  if (path.root != Root::event_data || path.steps.empty()) return false;
  return std::ranges::any_of(program_.type->events, [&](const Schema* event) {
    const Type* type = &event->type;
    for (auto step : path.steps) {
      const auto behind = type_behind(type, step, {});
      if (!behind) return false;
      type = *behind;
    }
    const auto* const content = bare(type);
    return content != nullptr && content->kind == Kind::secret_text;
  });
}

Result<void> PathParser::begin(Node& made, bool may_be_whole) {
  const auto& name = tokens_.peek().text;
  if (name == "event" || name == "previous") return begin_event(made, may_be_whole);
  if (name == "before" || name == "after") return begin_state(made, may_be_whole);
  if (elements_.empty() || (name != "it" && name != "key")) return begin_field(made);
  made.path.root = name == "it" ? Root::element : Root::key;
  made.type = name == "it" ? elements_.back() : &fixed_type(Kind::text);
  tokens_.next();
  return {};
}

Result<void> PathParser::begin_field(Node& made) {
  const auto& token = tokens_.next();
  PathStep step{.name = token.text};
  const auto type = type_behind(program_.state, step, "the state");
  if (!type) {
    const auto hint = hint_of(token);
    return tokens_.wrong(token.offset,
                         hint.empty() ? type.error() : fmt::format("the state has no field {}: {}", token.text, hint));
  }
  made.type = *type;
  made.path.steps.push_back(std::move(step));
  return {};
}

// What was meant by a name that is no field; empty where a field of a name like it, or any, may be meant.
std::string PathParser::hint_of(const Token& token) const {
  const std::string_view name = token.text;
  for (const auto& member : event_members)
    if (member.name == name) return fmt::format("did you mean event.{}?", name);
  if (name == "it" || name == "key") return "an element is known as it, and its key as key, within any() and all()";
  if (is_null_word(name)) return "write exists, or not exists, before the path that may be missing";
  const auto quoted = fmt::format("a text stands in quotes, \"{}\"", name);
  const auto* const other = is_compared_ ? bare(other_side_) : nullptr;
  if (other != nullptr && std::count(other->enumerators.begin(), other->enumerators.end(), name) > 0) return quoted;
  if (!nearest(name, field_names(*program_.state)).empty()) return "";
  if (auto key = hint_of_key(tokens_.text(), token.offset); !key.empty()) return key;
  return is_compared_ && may_be_text(other) ? quoted : "";
}

Result<void> PathParser::begin_state(Node& made, bool may_be_whole) {
  const auto& token = tokens_.next();
  const auto& fields = program_.state->fields;
  if (!may_be_whole && !tokens_.peek().is(TokenKind::symbol, "."))
    return tokens_.wrong(token.offset, fmt::format("{0} is the whole state: name a field, as in {0}.{1}", token.text,
                                                   fields.empty() ? "field" : fields.front().name));
  made.path.root = token.text == "before" ? Root::before : Root::after;
  made.type = program_.state;
  return {};
}

Result<void> PathParser::begin_event(Node& made, bool may_be_whole) {
  const auto& token = tokens_.next();
  made.path.of_previous = token.text == "previous";
  program_.uses_previous = program_.uses_previous || made.path.of_previous;
  if (!tokens_.take(TokenKind::symbol, ".")) {
    if (!may_be_whole)
      return tokens_.wrong(token.offset,
                           fmt::format("{0} is a whole event: name a member, as in {0}.type", token.text));
    made.path.root = Root::whole_event;
    made.type = &fixed_type(Kind::record);
    return {};
  }
  const auto& name = tokens_.peek();
  if (name.kind != TokenKind::name) return tokens_.unexpected("a name behind the dot");
  const auto found = std::find_if(event_members.begin(), event_members.end(),
                                  [&](const EventMember& member) { return member.name == name.text; });
  if (found == event_members.end()) {
    std::vector<std::string_view> names;
    for (const auto& member : event_members) names.push_back(member.name);
    return tokens_.wrong(name.offset, fmt::format("an event has no {}{}", name.text, choice(name.text, names)));
  }
  tokens_.next();
  made.path.root = found->root;
  made.type = found->root == Root::event_data ? nullptr : &fixed_type(found->kind);
  if (found->root == Root::event_data && made.path.of_previous) program_.uses_previous_data = true;
  return {};
}

Result<PathStep> PathParser::name_step() {
  if (tokens_.peek().kind != TokenKind::name) return tokens_.unexpected("a name behind the dot");
  return PathStep{.name = tokens_.next().text};
}

Result<PathStep> PathParser::key_step() {
  PathStep step{};
  if (tokens_.peek().kind == TokenKind::text) {
    step.name = tokens_.next().text;
  } else {
    const bool negative = tokens_.take(TokenKind::symbol, "-");
    constexpr Wide place_max = 0x7fff'ffff'ffff'ffff;
    const auto& place = tokens_.peek().value;
    if (place.form != Form::integer || place.whole > place_max)
      return tokens_.unexpected("a place, as in [0] or [-1], or a key in quotes");
    step.is_place = true;
    step.place = static_cast<std::int64_t>(negative ? -place.whole : place.whole);
    tokens_.next();
  }
  EVENTSTORE_TRY(tokens_.expect("]", "]"));
  return step;
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
