#include "visit.hpp"

#include <algorithm>
#include <array>

#include "../containers/name_table.hpp"
#include "event_delivery.hpp"

namespace eventstore::engine {
namespace {

using format::Location;

constexpr std::size_t batch = 64;

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
  /// The last number of [first, last] that this reaches, in the direction of the read.
  [[nodiscard]] std::uint64_t end_within(std::uint64_t first, std::uint64_t last) const {
    return is_forward() ? std::min(last, last_) : std::max(first, first_);
  }
  [[nodiscard]] bool is_ahead(std::uint64_t number) const { return first_ <= number && number <= last_; }
  /// Ends a backward read before `number`. A read that begins there is not changed.
  void end_after(std::uint64_t number) {
    if (!is_forward() && number < last_) first_ = std::max(first_, number + 1);
  }
  /// Eats up to `number`, and it too.
  void eat_through(std::uint64_t number) { is_forward() ? first_ = number + 1 : last_ = number - 1; }
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

// Visits the rest of a segment with bitmaps, a batch at a time: only events that the filter admits are touched. False
// where the segment has to be gone through one by one.
Result<bool> visit_matches(const View& view, const IndexedSegment& segment, const ReadAll& options, Stretch& rest,
                           std::size_t& admitted, bool& is_stopped, Visitor visitor, const EventOpener* opener) {
  if (rest.next() > segment.last().value) return false;  // between two segments: damage took it
  EVENTSTORE_TRY_ASSIGN(const auto* const index, segment.index());
  EVENTSTORE_TRY_ASSIGN(const auto lost, index->lost());
  if (!lost.empty()) return false;  // the filter may admit lost events
  EVENTSTORE_TRY_ASSIGN(const auto matches, index->matches(options.filter));
  const auto base = segment.first().value;
  std::array<std::uint32_t, batch> ordinals;
  std::array<Location, batch> locations;
  const auto wanted = std::span{ordinals}.first(std::min(batch, options.limit - admitted));
  const auto from = static_cast<std::uint32_t>(rest.next() - base);
  const auto end = rest.end_within(base, segment.last().value);
  auto count = rest.is_forward() ? matches->next(from, wanted) : matches->previous(from, wanted);
  while (count > 0 && !rest.is_ahead(base + ordinals[count - 1])) --count;
  for (std::size_t i = 0; i < count; ++i) {
    EVENTSTORE_TRY_ASSIGN(const auto offset, index->offsets(ordinals[i], 1));
    locations[i] = Location{segment.number(), offset.front()};
  }
  const Wanted matching{
      .first = base, .ordinals = std::span{ordinals}.first(count), .filter = &options.filter, .opener = opener};
  auto delivered = deliver(view, std::span{locations}.first(count), matching, visitor);
  admitted += delivered.count;
  is_stopped = delivered.is_stopped || admitted == options.limit;
  if (delivered.count > 0) rest.eat_through(base + ordinals[delivered.count - 1]);
  if (delivered.error) return failure(std::move(*delivered.error));
  if (!is_stopped && count < wanted.size()) rest.eat_through(end);
  return true;
}

}  // namespace

Result<Visited> visit_stream(const View& view, const Bound& bound, const StreamId& stream, const ReadStream& options,
                             Visitor visitor, const EventOpener* opener) {
  EVENTSTORE_TRY_ASSIGN(const auto found, view.find(stream.text(), view.hashing.name(stream.text()), bound));
  const auto head = found.head().value;
  Stretch rest{options.from.value, head, options.direction, options.limit};
  const bool starts_past_end = options.from.value == 0 ? !rest.is_forward() : options.from.value > head;
  if (found.damage && (starts_past_end || head == 0)) return failure(*found.damage);
  if (rest.left() > 0 && rest.next() <= found.expired.value)
    return failure(expired_version(stream.text(), found.expired, found.head()));
  rest.end_after(found.expired.value);
  std::array<Location, batch> storage;
  const auto begin = rest.next();
  while (rest.left() > 0) {
    const auto locations = std::span{storage}.first(rest.step());
    if (auto located = view.locate(found, rest.step_first(), locations); !located) {
      if (rest.next() == begin) return failure(std::move(located.error()));
      return Visited{rest.next(), false};
    }
    rest.orient(locations);
    const Wanted versions{
        .first = rest.next(), .is_forward = rest.is_forward(), .stream = found.name, .opener = opener};
    auto delivered = deliver(view, locations, versions, visitor);
    rest.eat(delivered.count);
    if (delivered.error && rest.next() == begin) return failure(std::move(*delivered.error));
    if (delivered.error) return Visited{rest.next(), false};
    if (delivered.is_stopped) break;
  }
  auto visited = rest.visited();
  if (found.damage && rest.is_forward()) visited.at_end = false;  // the next visit tells of the damage
  return visited;
}

Result<Visited> visit_all(const View& view, const Bound& bound, const ReadAll& options, std::size_t looked_at_max,
                          Visitor visitor, const EventOpener* opener) {
  const bool is_filtered = !options.filter.is_empty();
  Stretch rest{options.from.value, bound.last.value, options.direction, is_filtered ? no_limit : options.limit};
  const auto expired = view.expired_last();
  if (rest.left() > 0 && rest.next() <= expired.value) return failure(view.expired->error_at(Position{rest.next()}));
  rest.end_after(expired.value);
  const auto begin = rest.next();
  std::size_t admitted = 0;
  const auto admit = [&](const RecordedEvent& event) {
    if (!options.filter.admits(event)) return true;
    return visitor(event) && ++admitted < options.limit;
  };
  const Visitor each = is_filtered ? Visitor{admit} : visitor;
  // Visited events stay visited: the next visit reports the error.
  const auto ended = [&](Error error) -> Result<Visited> {
    if (error.at == Position{0}) error.at = Position{rest.next()};
    if (rest.next() == begin) return failure(std::move(error));
    return Visited{rest.next(), false};
  };
  std::size_t looked_at = 0;
  bool is_stopped = options.limit == 0;
  while (!is_stopped && rest.left() > 0 && looked_at < looked_at_max) {
    if (const auto* const segment = is_filtered ? view.segment_of(Position{rest.next()}) : nullptr) {
      const auto visited = visit_matches(view, *segment, options, rest, admitted, is_stopped, visitor, opener);
      if (!visited) return ended(visited.error());
      if (*visited) continue;
    }
    std::array<Location, batch> storage;
    const auto locations = std::span{storage}.first(rest.step());
    if (auto located = view.locate(Position{rest.step_first()}, locations); !located)
      return ended(std::move(located.error()));
    rest.orient(locations);
    const Wanted positions{.first = rest.next(), .is_forward = rest.is_forward(), .opener = opener};
    auto delivered = deliver(view, locations, positions, each);
    rest.eat(delivered.count);
    looked_at += delivered.count;
    is_stopped = delivered.is_stopped;
    if (delivered.error) return ended(view.damages->at(Position{rest.next()}).value_or(std::move(*delivered.error)));
  }
  return rest.visited();
}

}  // namespace eventstore::engine
