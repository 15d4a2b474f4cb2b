#pragma once
// Values that only one aggregate of an organization may have, declared in the aggregate:
//
//   static constexpr auto unique = es::unique<&AgentState::email>(es::lower_case);
//
// or several, as a tuple; a key of several fields is one declaration:
//
//   static constexpr auto unique = std::tuple{es::unique<&AgentState::email>(es::lower_case),
//                                             es::unique<&AgentState::phone>(es::e164)};
//   static constexpr auto unique = es::unique<&Event::user_id, &Event::provider>();
#include <array>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

namespace eventstore {
inline namespace v1 {

/// Gives values that count as the same value one form; an empty form claims nothing. The form of a value must stay the
/// same from release to release: a claim is found by it. What it throws makes the command fail as user_exception.
using Normalise = std::string (*)(std::string_view value);

/// The letters A to Z and those of Latin-1, Latin Extended-A, Greek and Cyrillic in lower case, by a table that never
/// changes; all other bytes stay. For e-mail addresses.
std::string lower_case(std::string_view value);

/// The digits of a phone number, and a `+` before them; spaces, `-`, `.`, `/` and parentheses are left out. What is no
/// phone number, with letters or with more than 15 digits, gives an empty text and so claims nothing: whether such text
/// is accepted is for `create` and `decide` to say. A number with `+` is another one than the same digits without it.
std::string e164(std::string_view value);

/// The value as it is.
std::string as_it_is(std::string_view value);

/// What es::unique makes. `Fields` are pointers to members of the aggregate's State.
template <auto... Fields> struct Unique { std::array<Normalise, sizeof...(Fields)> normalise; };

/// Declares that no two aggregates of one organization have the same values in these fields. Without normalisers, the
/// values are compared as they are; otherwise there is one for each field. Where a field is empty or absent, the
/// aggregate claims nothing.
template <auto... Fields, class... Normalisers>
[[nodiscard]] constexpr Unique<Fields...> unique(Normalisers... normalise) {
  static_assert(sizeof...(Fields) > 0 && (std::is_member_object_pointer_v<decltype(Fields)> && ...),
                "name the fields of the state: `es::unique<&State::email>(es::lower_case)`");
  static_assert(sizeof...(Normalisers) == 0 || sizeof...(Normalisers) == sizeof...(Fields),
                "give es::unique one normaliser for each of its fields, or none: es::as_it_is leaves a field as it is");
  static_assert((std::convertible_to<Normalisers, Normalise> && ...),
                "a normaliser is a function `std::string normalise(std::string_view value)`, or a lambda like it that "
                "captures nothing");
  if constexpr (sizeof...(Normalisers) == sizeof...(Fields))
    return {{static_cast<Normalise>(normalise)...}};
  else
    return {{(static_cast<void>(Fields), &as_it_is)...}};
}

}  // namespace v1
}  // namespace eventstore
