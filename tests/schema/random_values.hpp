#pragma once
// Elements for the laws of containers: numbers, texts that own memory, and a type whose copies throw when a test says
// so.
#include <rapidcheck.h>

#include <cstdint>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>

namespace containers {

/// Many values from one that RapidCheck chooses: each choice of RapidCheck's own is too slow for thousands of changes.
class Dice {
 public:
  Dice() : engine_{*rc::gen::resize(1000, rc::gen::arbitrary<std::uint64_t>())} {}
  std::size_t below(std::size_t end) { return end == 0 ? 0 : engine_() % end; }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }

 private:
  std::mt19937_64 engine_;
};

/// Moves may throw, as far as its containers know, and copies do throw when `copies_left` is used up.
struct Fragile {
  std::string text{};

  Fragile() = default;
  explicit Fragile(std::string made) : text{std::move(made)} {}
  Fragile(const Fragile& other) : text{other.text} {
    if (copies_left && (*copies_left)-- == 0) throw std::runtime_error{"fragile"};
  }
  Fragile& operator=(const Fragile& other) {
    text = Fragile{other}.text;
    return *this;
  }
  ~Fragile() = default;
  bool operator==(const Fragile&) const = default;

  static inline std::optional<int> copies_left{};
};

template <class T> T value_of(std::size_t number) {
  if constexpr (std::is_arithmetic_v<T>)
    return static_cast<T>(number);
  else
    return T{"a text that does not fit into a string " + std::to_string(number)};
}

}  // namespace containers
