#include "parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "event_names.hpp"
#include "hints.hpp"
#include "path_parser.hpp"
#include "types.hpp"
#include "words.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

using NodeId = std::uint32_t;
using Parsed = Result<NodeId>;

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
  Parser(std::string_view text, std::vector<Token> tokens, const AggregateType& type, const EventLog* log)
      : tokens_{text, std::move(tokens)},
        log_{log},
        program_{std::string{text}, &type, &type.state_schema->type},
        paths_{tokens_, program_} {}

  Result<Program> whole() {
    if (tokens_.peek().kind == TokenKind::end)
      return tokens_.wrong(0, "the predicate is empty: write one such as event.version > 3");
    EVENTSTORE_TRY_ASSIGN(program_.root, alternatives());
    if (tokens_.peek().kind != TokenKind::end) return tokens_.unexpected("and, or, or the end");
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
    if (!tokens_.peek().is(TokenKind::name, word)) return first;
    std::vector<NodeId> parts{first};
    while (tokens_.take(TokenKind::name, word)) {
      EVENTSTORE_TRY_ASSIGN(const NodeId next, part());
      parts.push_back(next);
    }
    for (const auto each : parts) EVENTSTORE_TRY(check_condition(each));
    return condition(op, node(first).offset, std::move(parts));
  }

  // negation = { "not" } comparison
  Parsed negation() {
    const auto offset = tokens_.peek().offset;
    bool negated = false;
    bool any = false;
    while (tokens_.take(TokenKind::name, "not")) {
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
    const auto left_text = tokens_.spelled(node(left).offset);
    const auto op = take_comparison();
    if (!op) return tokens_.peek().is(TokenKind::name, "in") ? is_in(left) : Parsed{left};
    EVENTSTORE_TRY(check_null(left, left_text, *op));
    EVENTSTORE_TRY_ASSIGN(const NodeId right, other_side(*op == Op::contains ? nullptr : node(left).type));
    const bool in_text = *op == Op::starts_with || *op == Op::ends_with;
    auto mistake = *op == Op::contains ? check_contains(node(left), node(right))
                   : in_text           ? check_texts(left, right)
                             : check_comparison(node(left), node(right), *op >= Op::less && *op <= Op::greater_equal);
    if (mistake) return tokens_.wrong(mistake->offset, std::move(mistake->what));
    if (*op == Op::equal || *op == Op::not_equal) EVENTSTORE_TRY(check_names(left, right));
    if (peek_comparison())
      return tokens_.wrong(tokens_.peek().offset, "two values are compared at a time: join comparisons with and");
    return condition(*op, node(left).offset, {left, right});
  }

  Parsed is_in(NodeId left) {
    tokens_.next();
    EVENTSTORE_TRY(tokens_.expect("[", "a list of values, [\"a\", \"b\"]"));
    std::vector<NodeId> parts{left};
    do {
      EVENTSTORE_TRY_ASSIGN(const NodeId one, other_side(node(left).type));
      if (auto mistake = check_comparison(node(left), node(one), false))
        return tokens_.wrong(mistake->offset, std::move(mistake->what));
      EVENTSTORE_TRY(check_names(left, one));
      parts.push_back(one);
    } while (tokens_.take(TokenKind::symbol, ","));
    EVENTSTORE_TRY(tokens_.expect("]", "a comma or ]"));
    return condition(Op::is_in, node(left).offset, std::move(parts));
  }

  // A value that is compared with one of the type `other`.
  Parsed other_side(const Type* other) {
    paths_.compare_with(other);
    auto parsed = sum();
    paths_.forget_other_side();
    return parsed;
  }

  // Nothing equals what is missing: `exists` asks for it.
  Result<void> check_null(NodeId left, std::string_view left_text, Op op) {
    const auto& word = tokens_.peek();
    if (word.kind != TokenKind::name || !is_null_word(word.text) || program_.state->field(word.text) != nullptr)
      return {};
    if (node(left).op != Op::path || (op != Op::equal && op != Op::not_equal)) return {};
    return tokens_.wrong(word.offset, fmt::format("nothing equals {}: write {}exists {}", word.text,
                                                  op == Op::equal ? "not " : "", left_text));
  }

  Result<void> check_names(NodeId left, NodeId right) {
    EVENTSTORE_TRY_ASSIGN(auto mistake, check_event_name(node(left), node(right), *program_.type, log_));
    if (mistake) return tokens_.wrong(mistake->offset, std::move(mistake->what));
    return {};
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
    if (!tokens_.peek().is(TokenKind::symbol, "+") && !tokens_.peek().is(TokenKind::symbol, "-")) return first;
    Node made{.op = Op::sum, .offset = node(first).offset, .parts = {first}, .negative = {false}};
    EVENTSTORE_TRY(check_summand(first));
    made.type = node(first).type;
    while (tokens_.peek().is(TokenKind::symbol, "+") || tokens_.peek().is(TokenKind::symbol, "-")) {
      const auto offset = tokens_.peek().offset;
      const bool negative = tokens_.next().text == "-";
      EVENTSTORE_TRY_ASSIGN(const NodeId next, term());
      EVENTSTORE_TRY(check_summand(next));
      const auto type = type_of_sum(made.type, node(next).type, negative);
      if (!type) {
        const auto hint = hint_of_key(tokens_.text(), offset);
        return tokens_.wrong(offset, hint.empty() ? type.error() : fmt::format("{}; {}", type.error(), hint));
      }
      made.type = *type;
      made.parts.push_back(next);
      made.negative.push_back(negative);
    }
    return add(std::move(made));
  }
  Result<void> check_summand(NodeId id) {
    auto& part = node(id);
    if (part.op == Op::literal && part.literal.form == Form::text && !make_time(part))
      return tokens_.wrong(part.offset,
                           "this text is no time, and nothing else is added to: write \"2026-01-27T10:30:00Z\"");
    return {};
  }

  // term = literal | path | "(" predicate ")" | "exists" path | "size" "(" path ")"
  //      | ("any" | "all") "(" path "," predicate ")"
  Parsed term() {
    if (nesting_ == nesting_max)
      return tokens_.wrong(tokens_.peek().offset, fmt::format("this is nested more than {} deep", nesting_max));
    ++nesting_;
    auto parsed = term_within();
    --nesting_;
    return parsed;
  }
  Parsed term_within() {
    const auto& token = tokens_.peek();
    if (token.kind == TokenKind::text || token.kind == TokenKind::literal) return literal(false);
    if (token.is(TokenKind::symbol, "-")) {
      tokens_.next();
      return tokens_.peek().kind == TokenKind::literal ? literal(true)
                                                       : tokens_.unexpected("a number or a duration behind -");
    }
    if (tokens_.take(TokenKind::symbol, "(")) {
      EVENTSTORE_TRY_ASSIGN(const NodeId inner, alternatives());
      EVENTSTORE_TRY(tokens_.expect(")", "and, or, or )"));
      return inner;
    }
    if (token.kind != TokenKind::name) return tokens_.unexpected("a path, a value, not, exists, any( or all(");
    if (token.text == "true" || token.text == "false") return truth();
    if (token.text == "exists") return exists();
    if (tokens_.second().is(TokenKind::symbol, "(")) return call();
    for (const auto* const word : {"and", "or", "not", "in"})
      if (token.text == word) return tokens_.unexpected("a path or a value");
    return path(false);
  }

  Parsed path(bool may_be_whole) {
    EVENTSTORE_TRY_ASSIGN(auto made, paths_.parse(may_be_whole));
    return add(std::move(made));
  }

  Parsed literal(bool negative) {
    const auto& token = tokens_.next();
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
    const auto& token = tokens_.next();
    return add({.op = Op::literal,
                .offset = token.offset,
                .type = &fixed_type(Kind::boolean),
                .literal = Scalar::of(token.text == "true")});
  }

  Parsed exists() {
    const auto offset = tokens_.next().offset;
    if (tokens_.peek().kind != TokenKind::name) return tokens_.unexpected("a path behind exists");
    EVENTSTORE_TRY_ASSIGN(const NodeId what, path(true));
    return condition(Op::exists, offset, {what});
  }

  Parsed call() {
    const auto name = tokens_.peek();
    if (name.text != "size" && name.text != "any" && name.text != "all")
      return tokens_.wrong(name.offset,
                           fmt::format("there is no {}(){}", name.text, choice(name.text, {"size", "any", "all"})));
    tokens_.next();
    tokens_.next();
    if (tokens_.peek().kind != TokenKind::name) return tokens_.unexpected("a path");
    EVENTSTORE_TRY_ASSIGN(const NodeId of, path(false));
    return name.text == "size" ? size_call(name, of) : element_call(name, of);
  }

  Parsed size_call(const Token& name, NodeId of) {
    EVENTSTORE_TRY(tokens_.expect(")", ")"));
    const auto* const type = bare(node(of).type);
    constexpr std::array sized{Kind::text, Kind::bytes, Kind::list, Kind::array, Kind::set, Kind::map};
    if (type != nullptr && std::find(sized.begin(), sized.end(), type->kind) == sized.end())
      return tokens_.wrong(node(of).offset, fmt::format("this is {}, and has no size", words_for(*type)));
    return add({.op = Op::size, .offset = name.offset, .type = &fixed_type(Kind::int64), .parts = {of}});
  }

  Parsed element_call(const Token& name, NodeId of) {
    const auto* const type = bare(node(of).type);
    if (type != nullptr && type->kind != Kind::list && type->kind != Kind::array && type->kind != Kind::set &&
        type->kind != Kind::map)
      return tokens_.wrong(node(of).offset, fmt::format("this is {}, and has no elements", words_for(*type)));
    EVENTSTORE_TRY(tokens_.expect(",", "a comma, and what is asked of each element, it"));
    if (paths_.calls() == calls_max)
      return tokens_.wrong(name.offset, fmt::format("any() and all() stand more than {} deep", calls_max));
    paths_.enter(type == nullptr ? nullptr : &type->element());
    auto asked = alternatives();
    paths_.leave();
    EVENTSTORE_TRY_ASSIGN(const NodeId body, std::move(asked));
    EVENTSTORE_TRY(check_condition(body));
    EVENTSTORE_TRY(tokens_.expect(")", "and, or, or )"));
    return condition(name.text == "any" ? Op::any_element : Op::all_elements, name.offset, {of, body});
  }

  // Whether it can be true or false.
  Result<void> check_condition(NodeId id) {
    const auto* const type = bare(node(id).type);
    if (type == nullptr || type->kind == Kind::boolean) return {};
    return tokens_.wrong(
        node(id).offset,
        fmt::format("this is {}, and no condition: compare it with something, or write exists before it",
                    words_for(*type)));
  }

  [[nodiscard]] std::optional<Op> peek_comparison() const {
    if (tokens_.peek().kind != TokenKind::symbol && tokens_.peek().kind != TokenKind::name) return std::nullopt;
    for (const auto& [spelled_as, op] : comparisons)
      if (tokens_.peek().text == spelled_as) return op;
    return std::nullopt;
  }
  std::optional<Op> take_comparison() {
    const auto op = peek_comparison();
    if (op) tokens_.next();
    return op;
  }
  Node& node(NodeId id) { return program_.nodes[id]; }
  NodeId add(Node made) {
    program_.nodes.push_back(std::move(made));
    return static_cast<NodeId>(program_.nodes.size() - 1);
  }
  Parsed condition(Op op, std::size_t offset, std::vector<NodeId> parts) {
    return add({.op = op, .offset = offset, .type = &fixed_type(Kind::boolean), .parts = std::move(parts)});
  }

  TokenReader tokens_;
  const EventLog* log_;
  Program program_;
  PathParser paths_;
  int nesting_ = 0;
};

}  // namespace

Result<Program> parse(std::string_view text, const AggregateType& type, const EventLog* log) {
  EVENTSTORE_TRY_ASSIGN(auto tokens, tokens_of(text));
  return Parser{text, std::move(tokens), type, log}.whole();
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
