#pragma once
// Refusals that more than one aggregate gives.
#include <eventstore/aggregate/decision.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace domain {

/// Refuses where a text that the command must carry is empty: "message_id may not be empty".
inline std::optional<eventstore::Refusal> check_texts(
    std::initializer_list<std::pair<std::string_view, std::string_view>> names_and_values) {
  for (const auto& [name, value] : names_and_values)
    if (value.empty()) return eventstore::refuse("empty_text", std::string{name} + " may not be empty");
  return std::nullopt;
}

/// The refusal of a command that the status rules out: "a completed delivery cannot be assigned".
inline eventstore::Refusal wrong_status(std::string_view status, std::string_view what) {
  const bool vowel = std::string_view{"aeio"}.find(status.front()) != std::string_view::npos;
  return eventstore::refuse("wrong_status", (vowel ? "an " : "a ") + std::string{status} + " " + std::string{what});
}

/// The refusal of a command that opens what is open.
inline eventstore::Refusal already_exists(std::string sentence) {
  return eventstore::refuse("already_exists", std::move(sentence));
}

}  // namespace domain
