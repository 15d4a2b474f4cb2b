#pragma once
// Private to history: how one list became another.
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// What is left of two lists when equal elements are passed by.
struct ListEdit {
  struct Placed {
    std::size_t after;                    ///< place in the new list
    std::optional<std::size_t> before{};  ///< place in the old list of the element that stood there; none: inserted
  };
  std::vector<std::size_t> removed{};  ///< places in the old list, from the last to the first
  std::vector<Placed> placed{};        ///< in the order of the new list
};

/// Passes by the equal beginning, the equal end, and between them a longest common subsequence. Of what is left between
/// two equal elements, the elements on both sides belong together in their order. Cost: as differences_between.
[[nodiscard]] ListEdit edit_between(const std::vector<std::string>& before, const std::vector<std::string>& after);

}  // namespace v1
}  // namespace eventstore
