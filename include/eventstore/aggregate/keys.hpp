#pragma once
// The other aggregates that a command's decision reads, by their keys:
//
//   static auto keys(const Assign& c) { return c.agent_id; }                                            // one, or a
//   list static auto keys(const Book& c) { return es::Keys<Agent, Customer>{c.agent_id, c.customer_ids}; }   // of
//   several
#include <array>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T>
concept OneKey = std::convertible_to<const T&, std::string_view>;
template <class T>
concept OptionalKey = !OneKey<T> && requires(const T& key) {
  { *key } -> std::convertible_to<std::string_view>;
  { key.has_value() } -> std::same_as<bool>;
};
template <class T>
concept ListOfKeys = !OneKey<T> && std::ranges::input_range<const T> &&
                     std::convertible_to<std::ranges::range_reference_t<const T>, std::string_view>;
template <class T>
concept NamesKeys = OneKey<T> || OptionalKey<T> || ListOfKeys<T>;

template <class T> void add_keys(const T& named, std::vector<std::string>& to) {
  if constexpr (OneKey<T>) {
    to.emplace_back(std::string_view{named});
  } else if constexpr (OptionalKey<T>) {
    if (named.has_value()) to.emplace_back(std::string_view{*named});
  } else {
    for (const auto& key : named) to.emplace_back(std::string_view{key});
  }
}

}  // namespace detail

/// Keys of aggregates of several categories, for each category one text, an optional text or a list of texts. A key may
/// stand there twice, be the deciding aggregate's own, or be one that no stream can have: then it names nobody.
template <class... Aggregates> class Keys {
 public:
  Keys() = default;
  template <class... Named>
  requires(sizeof...(Named) == sizeof...(Aggregates) && (detail::NamesKeys<Named> && ...))
      Keys(const Named&... named) {  // NOLINT(google-explicit-constructor): a key names its aggregate
    std::size_t category = 0;
    (detail::add_keys(named, keys_[category++]), ...);
  }

  /// Those of the category with this number in the list, 0 first.
  [[nodiscard]] const std::vector<std::string>& of(std::size_t category) const { return keys_[category]; }

 private:
  std::array<std::vector<std::string>, sizeof...(Aggregates)> keys_;
};

}  // namespace v1
}  // namespace eventstore
