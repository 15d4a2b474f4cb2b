#include "visit.hpp"

#include <algorithm>
#include <array>

#include "event_delivery.hpp"
#include "name_table.hpp"

namespace eventstore::inline v1 {
namespace {

using format::Location;

constexpr std::size_t batch = 16;

// A stretch of the numbers 1 to `head` (versions or positions), eaten from one end in the direction of a read.
class Stretch {
 public:
  Stretch(std::uint64_t from, std::uint64_t head, Direction direction, std::size_t limit)
      : head_{head}, direction_{direction} {
    if (direction == Direction::forward) {
      first_ = std::max<std::uint64_t>(from, 1);
      last_ = first_ > head ? first_ - 1 : first_ + std::min<std::uint64_t>(limit, head - first_ + 1) - 1;
    } else {
      last_ = from == 0 ? head : std::min(from, head);
      first_ = last_ - std::min<std::uint64_t>(limit, last_) + 1;
    }
  }

  [[nodiscard]] std::uint64_t left() const { return last_ + 1 - first_; }
  [[nodiscard]] std::size_t step() const { return std::min<std::uint64_t>(left(), batch); }
  /// The lowest of the next step() numbers.
  [[nodiscard]] std::uint64_t step_first() const { return is_forward() ? first_ : last_ + 1 - step(); }
  /// Turns what stands for the next numbers, ascending, into the order of the read.
  void orient(std::span<Location> locations) const {
    if (!is_forward()) std::reverse(locations.begin(), locations.end());
  }
  void eat(std::size_t count) { is_forward() ? first_ += count : last_ -= count; }

  [[nodiscard]] std::uint64_t next() const { return is_forward() ? first_ : last_; }
  [[nodiscard]] Visited visited() const { return {next(), is_forward() ? first_ > head_ : last_ == 0}; }
  [[nodiscard]] bool is_forward() const { return direction_ == Direction::forward; }

 private:
  std::uint64_t head_;
  Direction direction_;
  std::uint64_t first_ = 1;
  std::uint64_t last_ = 0;
};

}  // namespace

Result<Visited> visit_stream(const View& view, const Bound& bound, const StreamId& stream, const ReadStream& options,
                             Visitor visitor) {
  EVENTSTORE_TRY_ASSIGN(const auto found, view.find(stream.text(), hash_of(stream.text()), bound));
  const auto head = found.head().value;
  Stretch rest{options.from.value, head, options.direction, options.limit};
  const bool starts_past_end = options.from.value == 0 ? !rest.is_forward() : options.from.value > head;
  if (found.damage != nullptr && (starts_past_end || head == 0)) return failure(found.damage->error);
  std::array<Location, batch> storage;
  for (bool is_first = true; rest.left() > 0; is_first = false) {
    const auto locations = std::span{storage}.first(rest.step());
    EVENTSTORE_TRY(view.locate(found, rest.step_first(), locations));
    rest.orient(locations);
    auto delivered = deliver(view, locations, visitor);
    rest.eat(delivered.count);
    if (delivered.error && is_first && delivered.count == 0) return failure(std::move(*delivered.error));
    if (delivered.error) return Visited{rest.next(), false};
    if (delivered.is_stopped) break;
  }
  auto visited = rest.visited();
  if (found.damage != nullptr && rest.is_forward()) visited.at_end = false;  // the next visit tells of the damage
  return visited;
}

Result<Visited> visit_all(const View& view, const Bound& bound, const ReadAll& options, std::size_t looked_at_max,
                          Visitor visitor) {
  const bool is_filtered = !options.filter.is_empty();
  Stretch rest{options.from.value, bound.last.value, options.direction, is_filtered ? no_limit : options.limit};
  std::size_t admitted = 0;
  const auto admit = [&](const RecordedEvent& event) {
    if (!options.filter.admits(event)) return true;
    return visitor(event) && ++admitted < options.limit;
  };
  const Visitor each = is_filtered ? Visitor{admit} : visitor;
  std::array<Location, batch> storage;
  std::size_t looked_at = 0;
  if (options.limit == 0) return rest.visited();
  while (rest.left() > 0 && looked_at < looked_at_max) {
    const auto locations = std::span{storage}.first(rest.step());
    for (std::size_t i = 0; i < locations.size(); ++i) {
      EVENTSTORE_TRY_ASSIGN(locations[i], view.at(Position{rest.step_first() + i}));
    }
    rest.orient(locations);
    auto delivered = deliver(view, locations, each);
    rest.eat(delivered.count);
    looked_at += delivered.count;
    if (delivered.error) {
      const auto* const damage = view.damage_at(Position{rest.next()});
      if (damage != nullptr) delivered.error = damage->error;
      if (looked_at == 0) return failure(std::move(*delivered.error));
      return Visited{rest.next(), false};
    }
    if (delivered.is_stopped) break;
  }
  return rest.visited();
}

}  // namespace eventstore::inline v1
