#pragma once
// Private to history: the paths of a predicate.
#include "program.hpp"
#include "token_reader.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

class PathParser {
 public:
  /// All outlive the parser, which notes in `program` what its paths need.
  PathParser(TokenReader& tokens, Program& program) : tokens_{tokens}, program_{program} {}

  /// Takes a path, which begins at the name that stands here. The whole state or the whole event are paths only where
  /// they `may_be_whole`. Errors: as wrong_at.
  Result<Node> parse(bool may_be_whole);

  /// From here to forget_other_side(), values are compared with one of the type `other`, null where it is not known:
  /// for messages, since a name that is no field may be a text whose quotes were forgotten.
  void compare_with(const Type* other) {
    other_side_ = other;
    is_compared_ = true;
  }
  void forget_other_side() { is_compared_ = false; }

  /// From here on `it` is an element of this type; null where only the event tells.
  void enter(const Type* element) { elements_.push_back(element); }
  void leave() { elements_.pop_back(); }
  /// How many were entered and not left.
  [[nodiscard]] std::size_t calls() const { return elements_.size(); }

 private:
  Result<void> begin(Node& made, bool may_be_whole);
  Result<void> begin_state(Node& made, bool may_be_whole);
  Result<void> begin_event(Node& made, bool may_be_whole);
  Result<void> begin_field(Node& made);
  [[nodiscard]] bool is_secret_of_event(const Path& path) const;
  [[nodiscard]] std::string hint_of(const Token& token) const;
  Result<PathStep> name_step();
  Result<PathStep> key_step();

  TokenReader& tokens_;
  Program& program_;
  std::vector<const Type*> elements_{};  // that of the innermost call last
  const Type* other_side_ = nullptr;     // where is_compared_
  bool is_compared_ = false;
};

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
