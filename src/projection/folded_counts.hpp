#pragma once
// Private to the projection layer: how many events of each type a batch was made of.
#include <array>
#include <eventstore/collections/certificate.hpp>
#include <eventstore/log/event.hpp>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time. Cost of an event: its type's text is compared once with the one that was met last under the
/// same schema; only a type that was not met there is looked for.
class FoldedCounts {
 public:
  /// Counts an event.
  void add(std::string_view category, const RecordedEvent& event) { ++types_[place_of(category, event)].events; }
  /// The event, which is counted or will be, is not one of the `of`th collection's.
  void leave_out(std::size_t of, std::string_view category, const RecordedEvent& event);

  /// What was counted for the `of`th collection in categories that `reads` takes. Each type once, in no order.
  template <class Reads> [[nodiscard]] std::vector<TypeCount> counted(std::size_t of, Reads reads) const;
  /// Begins to count anew.
  void clear();

 private:
  struct LeftOut {
    std::size_t of;
    std::size_t type;
  };
  static constexpr std::size_t places = 64;

  std::size_t place_of(std::string_view category, const RecordedEvent& event);
  [[nodiscard]] bool is(const TypeCount& each, std::string_view category, std::string_view type) const {
    return each.type == type && each.category == category;
  }

  std::vector<TypeCount> types_;  // that were ever met
  std::array<std::size_t, places> last_{};
  std::vector<LeftOut> left_out_;
};

template <class Reads> std::vector<TypeCount> FoldedCounts::counted(std::size_t of, Reads reads) const {
  auto all = types_;
  for (const auto& each : left_out_)
    if (each.of == of) --all[each.type].events;
  std::erase_if(all, [&](const TypeCount& each) { return each.events == 0 || !reads(each.category); });
  return all;
}

}  // namespace v1
}  // namespace eventstore
