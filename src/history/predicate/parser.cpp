#include "parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "token.hpp"
#include "types.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

using NodeId = std::uint32_t;
using Parsed = Result<NodeId>;

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

constexpr std::array<std::pair<std::string_view, Op>, 9> comparisons{{{"==", Op::equal},
                                                                      {"!=", Op::not_equal},
                                                                      {"<", Op::less},
                                                                      {"<=", Op::less_equal},
                                                                      {">", Op::greater},
                                                                      {">=", Op::greater_equal},
                                                                      {"contains", Op::contains},
                                                                      {"starts_with", Op::starts_with},
                                                                      {"ends_with", Op::ends_with}}};

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens, const Type& state)
      : text_{text}, tokens_{std::move(tokens)}, state_{state}, program_{std::string{text}, &state} {}

  Result<Program> whole() {
    if (peek().kind == TokenKind::end)
      return wrong_at(text_, 0, "the predicate is empty: write one such as event.version > 3");
    EVENTSTORE_TRY_ASSIGN(program_.root, alternatives());
    if (peek().kind != TokenKind::end) return unexpected("and, or, or the end");
    EVENTSTORE_TRY(check_condition(program_.root));
    return std::move(program_);
  }

 private:
  // predicate = conjunction { "or" conjunction }
  Parsed alternatives() {
    return joined("or", Op::any_of, [this] { return conjunction(); });
  }
  // conjunction = negation { "and" negation }
  Parsed conjunction() {
    return joined("and", Op::all_of, [this] { return negation(); });
  }

  template <class Part> Parsed joined(std::string_view word, Op op, Part part) {
    EVENTSTORE_TRY_ASSIGN(const NodeId first, part());
    if (!peek().is(TokenKind::name, word)) return first;
    std::vector<NodeId> parts{first};
    while (take(TokenKind::name, word)) {
      EVENTSTORE_TRY_ASSIGN(const NodeId next, part());
      parts.push_back(next);
    }
    for (const auto each : parts) EVENTSTORE_TRY(check_condition(each));
    return condition(op, node(first).offset, std::move(parts));
  }

  // negation = { "not" } comparison
  Parsed negation() {
    const auto offset = peek().offset;
    bool negated = false;
    bool any = false;
    while (take(TokenKind::name, "not")) {
      negated = !negated;
      any = true;
    }
    EVENTSTORE_TRY_ASSIGN(const NodeId inner, comparison());
    if (!any) return inner;
    EVENTSTORE_TRY(check_condition(inner));
    EVENTSTORE_TRY_ASSIGN(const NodeId once, condition(Op::negation, offset, {inner}));
    return negated ? Parsed{once} : condition(Op::negation, offset, {once});
  }

  // comparison = sum [ operator sum | "in" "[" sum { "," sum } "]" ]
  Parsed comparison() {
    EVENTSTORE_TRY_ASSIGN(const NodeId left, sum());
    const auto op = take_comparison();
    if (!op) return peek().is(TokenKind::name, "in") ? is_in(left) : Parsed{left};
    EVENTSTORE_TRY_ASSIGN(const NodeId right, sum());
    const bool in_text = *op == Op::starts_with || *op == Op::ends_with;
    auto mistake = *op == Op::contains ? check_contains(node(left), node(right))
                   : in_text           ? check_texts(left, right)
                             : check_comparison(node(left), node(right), *op >= Op::less && *op <= Op::greater_equal);
    if (mistake) return wrong_at(text_, mistake->offset, std::move(mistake->what));
    if (peek_comparison())
      return wrong_at(text_, peek().offset, "two values are compared at a time: join comparisons with and");
    return condition(*op, node(left).offset, {left, right});
  }

  Parsed is_in(NodeId left) {
    ++at_;
    EVENTSTORE_TRY(expect("[", "a list of values, [\"a\", \"b\"]"));
    std::vector<NodeId> parts{left};
    do {
      EVENTSTORE_TRY_ASSIGN(const NodeId one, sum());
      if (auto mistake = check_comparison(node(left), node(one), false))
        return wrong_at(text_, mistake->offset, std::move(mistake->what));
      parts.push_back(one);
    } while (take(TokenKind::symbol, ","));
    EVENTSTORE_TRY(expect("]", "a comma or ]"));
    return condition(Op::is_in, node(left).offset, std::move(parts));
  }

  std::optional<Mistake> check_texts(NodeId left, NodeId right) {
    for (const auto each : {left, right}) {
      const auto* const type = bare(node(each).type);
      if (type != nullptr && type->kind != Kind::text && type->kind != Kind::enumeration)
        return Mistake{node(each).offset, fmt::format("this is {}, and not a text", words_for(*type))};
    }
    return std::nullopt;
  }

  // sum = term { ("+" | "-") term }
  Parsed sum() {
    EVENTSTORE_TRY_ASSIGN(const NodeId first, term());
    if (!peek().is(TokenKind::symbol, "+") && !peek().is(TokenKind::symbol, "-")) return first;
    Node made{.op = Op::sum, .offset = node(first).offset, .parts = {first}, .negative = {false}};
    EVENTSTORE_TRY(check_summand(first));
    made.type = node(first).type;
    while (peek().is(TokenKind::symbol, "+") || peek().is(TokenKind::symbol, "-")) {
      const auto offset = peek().offset;
      const bool negative = tokens_[at_++].text == "-";
      EVENTSTORE_TRY_ASSIGN(const NodeId next, term());
      EVENTSTORE_TRY(check_summand(next));
      const auto type = type_of_sum(made.type, node(next).type, negative);
      if (!type) return wrong_at(text_, offset, type.error());
      made.type = *type;
      made.parts.push_back(next);
      made.negative.push_back(negative);
    }
    return add(std::move(made));
  }
  Result<void> check_summand(NodeId id) {
    auto& part = node(id);
    if (part.op == Op::literal && part.literal.form == Form::text && !make_time(part))
      return wrong_at(text_, part.offset,
                      "this text is no time, and nothing else is added to: write \"2026-01-27T10:30:00Z\"");
    return {};
  }

  // term = literal | path | "(" predicate ")" | "exists" path | "size" "(" sum ")" | ("any" | "all") "(" path ","
  // predicate ")"
  Parsed term() {
    if (nesting_ == nesting_max)
      return wrong_at(text_, peek().offset, fmt::format("this is nested more than {} deep", nesting_max));
    ++nesting_;
    auto parsed = term_within();
    --nesting_;
    return parsed;
  }
  Parsed term_within() {
    const auto& token = peek();
    if (token.kind == TokenKind::text || token.kind == TokenKind::literal) return literal(false);
    if (token.is(TokenKind::symbol, "-")) {
      ++at_;
      return peek().kind == TokenKind::literal ? literal(true) : unexpected("a number or a duration behind -");
    }
    if (take(TokenKind::symbol, "(")) {
      EVENTSTORE_TRY_ASSIGN(const NodeId inner, alternatives());
      EVENTSTORE_TRY(expect(")", "and, or, or )"));
      return inner;
    }
    if (token.kind != TokenKind::name) return unexpected("a path, a value, not, exists, any( or all(");
    if (token.text == "true" || token.text == "false") return truth();
    if (token.text == "exists") return exists();
    if (tokens_[at_ + 1].is(TokenKind::symbol, "(")) return call();
    for (const auto* const word : {"and", "or", "not", "in"})
      if (token.text == word) return unexpected("a path or a value");
    return path(false);
  }

  Parsed literal(bool negative) {
    const auto& token = tokens_[at_++];
    Node made{.op = Op::literal, .offset = token.offset};
    if (token.kind == TokenKind::text) {
      made.literal = Scalar::of(std::string_view{});
      made.text = token.text;
      made.type = &fixed_type(Kind::text);
      return add(std::move(made));
    }
    made.literal = token.value;
    if (negative) {
      made.literal.whole = -made.literal.whole;
      made.literal.real = -made.literal.real;
    }
    made.type = &fixed_type(token.value.form == Form::duration  ? Kind::nanoseconds
                            : token.value.form == Form::integer ? Kind::int64
                                                                : Kind::float64);
    return add(std::move(made));
  }
  Parsed truth() {
    const auto& token = tokens_[at_++];
    return add({.op = Op::literal,
                .offset = token.offset,
                .type = &fixed_type(Kind::boolean),
                .literal = Scalar::of(token.text == "true")});
  }

  Parsed exists() {
    const auto offset = tokens_[at_++].offset;
    if (peek().kind != TokenKind::name) return unexpected("a path behind exists");
    EVENTSTORE_TRY_ASSIGN(const NodeId what, path(true));
    return condition(Op::exists, offset, {what});
  }

  Parsed call() {
    const auto name = peek();
    if (name.text != "size" && name.text != "any" && name.text != "all")
      return wrong_at(text_, name.offset,
                      fmt::format("there is no {}(){}", name.text, choice(name.text, {"size", "any", "all"})));
    at_ += 2;
    if (peek().kind != TokenKind::name) return unexpected("a path");
    EVENTSTORE_TRY_ASSIGN(const NodeId of, path(false));
    return name.text == "size" ? size_call(name, of) : element_call(name, of);
  }

  Parsed size_call(const Token& name, NodeId of) {
    EVENTSTORE_TRY(expect(")", ")"));
    const auto* const type = bare(node(of).type);
    constexpr std::array sized{Kind::text, Kind::bytes, Kind::list, Kind::array, Kind::set, Kind::map};
    if (type != nullptr && std::find(sized.begin(), sized.end(), type->kind) == sized.end())
      return wrong_at(text_, node(of).offset, fmt::format("this is {}, and has no size", words_for(*type)));
    return add({.op = Op::size, .offset = name.offset, .type = &fixed_type(Kind::int64), .parts = {of}});
  }

  Parsed element_call(const Token& name, NodeId of) {
    const auto* const type = bare(node(of).type);
    if (type != nullptr && type->kind != Kind::list && type->kind != Kind::array && type->kind != Kind::set &&
        type->kind != Kind::map)
      return wrong_at(text_, node(of).offset, fmt::format("this is {}, and has no elements", words_for(*type)));
    EVENTSTORE_TRY(expect(",", "a comma, and what is asked of each element, it"));
    elements_.push_back(type == nullptr ? nullptr : &type->element());
    auto asked = alternatives();
    elements_.pop_back();
    EVENTSTORE_TRY_ASSIGN(const NodeId body, std::move(asked));
    EVENTSTORE_TRY(check_condition(body));
    EVENTSTORE_TRY(expect(")", "and, or, or )"));
    return condition(name.text == "any" ? Op::any_element : Op::all_elements, name.offset, {of, body});
  }

  // path = root { "." name | "[" (text | ["-"] integer) "]" }
  Parsed path(bool may_be_whole) {
    const auto offset = peek().offset;
    Node made{.op = Op::path, .offset = offset};
    EVENTSTORE_TRY(begin(made, may_be_whole));
    while (peek().is(TokenKind::symbol, ".") || peek().is(TokenKind::symbol, "[")) {
      const auto so_far = spelled(offset);
      const bool named = tokens_[at_++].text == ".";
      const auto step_offset = peek().offset;
      EVENTSTORE_TRY_ASSIGN(PathStep step, named ? name_step() : key_step());
      const auto type = type_behind(made.type, step, so_far);
      if (!type) return wrong_at(text_, step_offset, type.error());
      made.type = *type;
      made.path.steps.push_back(std::move(step));
    }
    made.path.document = program_.documents;
    program_.documents += 2;
    return add(std::move(made));
  }

  Result<void> begin(Node& made, bool may_be_whole) {
    const auto& token = tokens_[at_];
    const bool goes_on = tokens_[at_ + 1].is(TokenKind::symbol, ".");
    if (token.text == "event" || token.text == "previous") return begin_event(made, may_be_whole);
    if (!elements_.empty() && (token.text == "it" || token.text == "key")) {
      ++at_;
      made.path.root = token.text == "it" ? Root::element : Root::key;
      made.type = token.text == "it" ? elements_.back() : &fixed_type(Kind::text);
      return {};
    }
    made.type = &state_;
    if (token.text == "before" || token.text == "after") {
      if (!goes_on && !may_be_whole)
        return wrong_at(text_, token.offset,
                        fmt::format("{} is the whole state: name a field, as in {}.{}", token.text, token.text,
                                    state_.fields.empty() ? "field" : state_.fields.front().name));
      ++at_;
      made.path.root = token.text == "before" ? Root::before : Root::after;
      return {};
    }
    ++at_;
    PathStep step{.name = token.text};
    const auto type = type_behind(&state_, step, "the state");
    if (!type) return wrong_at(text_, token.offset, type.error() + hint_of(token.text));
    made.type = *type;
    made.path.steps.push_back(std::move(step));
    return {};
  }

  // A member of the event that was taken for a field of the state.
  [[nodiscard]] std::string hint_of(std::string_view name) const {
    for (const auto& member : event_members)
      if (member.name == name) return fmt::format("; the event has one: event.{}", name);
    return name == "it" || name == "key" ? "; an element is known as it, and its key as key, within any() and all()"
                                         : "";
  }

  Result<void> begin_event(Node& made, bool may_be_whole) {
    const auto& token = tokens_[at_++];
    made.path.of_previous = token.text == "previous";
    program_.uses_previous = program_.uses_previous || made.path.of_previous;
    if (!take(TokenKind::symbol, ".")) {
      if (!may_be_whole)
        return wrong_at(text_, token.offset,
                        fmt::format("{} is a whole event: name a member, as in {}.type", token.text, token.text));
      made.path.root = Root::whole_event;
      made.type = &fixed_type(Kind::record);
      return {};
    }
    const auto& name = peek();
    if (name.kind != TokenKind::name) return unexpected("a name behind the dot");
    const auto found = std::find_if(event_members.begin(), event_members.end(),
                                    [&](const EventMember& member) { return member.name == name.text; });
    if (found == event_members.end()) {
      std::vector<std::string_view> names;
      for (const auto& member : event_members) names.push_back(member.name);
      return wrong_at(text_, name.offset, fmt::format("an event has no {}{}", name.text, choice(name.text, names)));
    }
    ++at_;
    made.path.root = found->root;
    made.type = found->root == Root::event_data ? nullptr : &fixed_type(found->kind);
    if (found->root == Root::event_data && made.path.of_previous) program_.uses_previous_data = true;
    return {};
  }

  Result<PathStep> name_step() {
    if (peek().kind != TokenKind::name) return unexpected("a name behind the dot");
    return PathStep{.name = tokens_[at_++].text};
  }
  Result<PathStep> key_step() {
    PathStep step{};
    if (peek().kind == TokenKind::text) {
      step.name = tokens_[at_++].text;
    } else {
      const bool negative = take(TokenKind::symbol, "-");
      constexpr Wide place_max = 0x7fff'ffff'ffff'ffff;
      if (peek().value.form != Form::integer || peek().value.whole > place_max)
        return unexpected("a place, as in [0] or [-1], or a key in quotes");
      step.is_place = true;
      step.place = static_cast<std::int64_t>(negative ? -peek().value.whole : peek().value.whole);
      ++at_;
    }
    EVENTSTORE_TRY(expect("]", "]"));
    return step;
  }

  // Whether it can be true or false.
  Result<void> check_condition(NodeId id) {
    const auto* const type = bare(node(id).type);
    if (type == nullptr || type->kind == Kind::boolean) return {};
    return wrong_at(text_, node(id).offset,
                    fmt::format("this is {}, and no condition: compare it with something, or write exists before it",
                                words_for(*type)));
  }

  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  bool take(TokenKind kind, std::string_view spelled_as) {
    if (!peek().is(kind, spelled_as)) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] std::optional<Op> peek_comparison() const {
    if (peek().kind != TokenKind::symbol && peek().kind != TokenKind::name) return std::nullopt;
    for (const auto& [spelled_as, op] : comparisons)
      if (peek().text == spelled_as) return op;
    return std::nullopt;
  }
  std::optional<Op> take_comparison() {
    const auto op = peek_comparison();
    if (op) ++at_;
    return op;
  }
  Result<void> expect(std::string_view symbol, std::string_view what) {
    if (take(TokenKind::symbol, symbol)) return {};
    return unexpected(what);
  }
  [[nodiscard]] tl::unexpected<Error> unexpected(std::string_view wanted) const {
    return wrong_at(text_, peek().offset, fmt::format("{} is expected here", wanted));
  }
  // The source from `offset` to the token before this one.
  [[nodiscard]] std::string_view spelled(std::size_t offset) const {
    auto end = peek().offset;
    while (end > offset && (text_[end - 1] == ' ' || text_[end - 1] == '\t' || text_[end - 1] == '\n')) --end;
    return text_.substr(offset, end - offset);
  }

  Node& node(NodeId id) { return program_.nodes[id]; }
  NodeId add(Node made) {
    program_.nodes.push_back(std::move(made));
    return static_cast<NodeId>(program_.nodes.size() - 1);
  }
  Parsed condition(Op op, std::size_t offset, std::vector<NodeId> parts) {
    return add({.op = op, .offset = offset, .type = &fixed_type(Kind::boolean), .parts = std::move(parts)});
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  const Type& state_;
  Program program_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  std::vector<const Type*> elements_{};  // the type of `it`, of the innermost call last
};

}  // namespace

Result<Program> parse(std::string_view text, const Type& state) {
  EVENTSTORE_TRY_ASSIGN(auto tokens, tokens_of(text));
  return Parser{text, std::move(tokens), state}.whole();
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
