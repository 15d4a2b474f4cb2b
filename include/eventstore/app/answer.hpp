#pragma once
// The answer of a domain's function, as JSON for the caller.
#include <eventstore/collections/documents_of.hpp>
#include <eventstore/schema/codec.hpp>
#include <optional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

struct Answer {
  std::vector<std::string> documents{};  ///< JSON, one each
  std::string next_cursor{};             ///< the cursor of the next page; empty at the end of the list
  bool is_list = true;
  /// Whether the inline projections reflect what the function appended last, as Receipt::projected.
  std::optional<bool> projected{};
};

/// The JSON of a described answer, in which whole numbers have no fraction: 3, not 3.0.
template <Described A> std::string answer_json(const A& answer);

/// An answer is a described struct, an optional one, several in a std::vector, a PageOf them, or a PageOf JSON
/// documents as collections have them.
template <Described A> Answer answer_of(const A& answer) { return {{answer_json(answer)}, {}, false}; }
template <Described A> Answer answer_of(const std::optional<A>& answer) {
  return answer ? answer_of(*answer) : Answer{{}, {}, false};
}
template <Described A> Answer answer_of(const std::vector<A>& answers) {
  Answer made{};
  for (const auto& each : answers) made.documents.push_back(answer_json(each));
  return made;
}
template <Described A> Answer answer_of(PageOf<A> page) {
  auto made = answer_of(page.documents);
  made.next_cursor = std::move(page.next_cursor);
  return made;
}
inline Answer answer_of(PageOf<std::string> page) { return {std::move(page.documents), std::move(page.next_cursor)}; }
inline Answer answer_of(Answer answer) { return answer; }

namespace detail {

template <class A> struct AnswerSchema {
  static const Schema* get() {
    if constexpr (Described<A>)
      return &schema_of<A>();
    else
      return nullptr;
  }
};
template <class A> struct AnswerSchema<std::optional<A>> : AnswerSchema<A> {};
template <class A> struct AnswerSchema<std::vector<A>> : AnswerSchema<A> {};
template <class A> struct AnswerSchema<PageOf<A>> : AnswerSchema<A> {};

// Appends `json` with whole numbers that have no fraction.
std::string with_plain_numbers(const std::string& json);

}  // namespace detail

template <Described A> std::string answer_json(const A& answer) { return detail::with_plain_numbers(to_json(answer)); }

}  // namespace v1
}  // namespace eventstore
