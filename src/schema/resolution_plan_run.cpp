#include <eventstore/schema/detail/resolution_plan.hpp>

#include "number.hpp"

#include <eventstore/schema/detail/duration.hpp>

#include <algorithm>
#include <cstring>

namespace eventstore {
inline namespace v1 {
namespace {

using Op = ResolutionPlan::Op;
using Step = ResolutionPlan::Step;
using Choice = ResolutionPlan::Choice;

// Where a run is. Handed about by value, so that within a function it stays in registers.
struct Place {
  const std::byte* at;    // null: the bytes are not of the stored type
  const std::byte* kept;  // from here up to `at` the bytes are to be copied as they are
  std::byte* out;
};

class PlanRun {
 public:
  PlanRun(BytesView stored, const std::vector<Bytes>& constants, const std::vector<std::vector<Choice>>& choices,
          const std::byte** notes, Bytes& scratch)
      : end_{stored.data() + stored.size()},
        constants_{constants},
        choices_{choices},
        notes_{notes},
        scratch_{scratch} {
    scratch_.resize(std::max(scratch_.capacity(), stored.size() + slack));
    limit_ = scratch_.data() + scratch_.size() - slack;
  }

  [[nodiscard]] Place steps(const Step* step, const Step* const last, Place place) {
    auto [at, kept, out] = place;
    for (; step != last; ++step) {
      switch (step->op) {
        case Op::keep:
          if (!take(at, step->count)) return {};
          continue;
        case Op::keep_sized:
          if (!take_sized(at)) return {};
          continue;
        case Op::drop:
          out = flush(kept, at, out);
          if (!take(at, step->count)) return {};
          break;
        case Op::drop_sized:
          out = flush(kept, at, out);
          if (!take_sized(at)) return {};
          break;
        case Op::put: {
          out = flush(kept, at, out);
          const auto& constant = constants_[step->place];
          out = append(constant.data(), constant.data() + constant.size(), constant.size(), out);
          break;
        }
        case Op::widen:
          out = flush(kept, at, out);
          if (!widen(static_cast<Kind>(step->from), static_cast<Kind>(step->to), at, out)) return {};
          break;
        case Op::note:
          out = flush(kept, at, out);
          notes_[step->place] = at;
          break;
        case Op::go_to:
          out = flush(kept, at, out);
          at = notes_[step->place];
          break;
        case Op::scale:
          out = flush(kept, at, out);
          if (!scale(static_cast<Kind>(step->from), static_cast<Kind>(step->to), at, out)) return {};
          break;
        default: {
          const bool variant = step->op == Op::keep_variant || step->op == Op::drop_variant;
          const auto after =
              variant ? choose(*step, step + 1, {at, kept, out}) : repeat(*step, step + 1, {at, kept, out});
          if (after.at == nullptr) return {};
          at = after.at;
          out = after.out;
          step += step->count;
          kept = after.kept;
          continue;
        }
      }
      kept = at;
    }
    return {at, kept, out};
  }
  // The bytes of the whole; absent where the stored ones do not end there.
  std::optional<BytesView> done(Place place) {
    if (place.at != end_) return std::nullopt;
    const auto* const out = flush(place.kept, place.at, place.out);
    return BytesView{scratch_.data(), static_cast<std::size_t>(out - scratch_.data())};
  }

 private:
  static constexpr std::size_t slack = 32;  // that short pieces may be written past their end into

  Place repeat(const Step& step, const Step* body, Place place) {
    const bool keep = step.op == Op::keep_optional || step.op == Op::keep_list || step.op == Op::keep_array;
    if (!keep) place.out = flush(place.kept, place.at, place.out);
    std::uint32_t count = 0;
    if (step.op == Op::keep_optional || step.op == Op::drop_optional) {
      std::uint8_t flag = 2;
      if (!number(place.at, flag) || flag > 1) return {};
      count = flag;
    } else if (step.op == Op::keep_array || step.op == Op::drop_array) {
      count = step.place;
    } else {
      if (!number(place.at, count)) return {};
      if (count > remaining(place.at)) return {};  // every element takes a byte at least
    }
    if (!keep) place.kept = place.at;
    for (std::uint32_t i = 0; i < count; ++i) {
      place = steps(body, body + step.count, place);
      if (place.at == nullptr) return {};
    }
    return place;
  }

  Place choose(const Step& step, const Step* body, Place place) {
    const bool keep = step.op == Op::keep_variant;
    if (!keep) place.out = flush(place.kept, place.at, place.out);
    std::uint32_t size = 0;
    if (!number(place.at, size)) return {};
    const auto* const name = reinterpret_cast<const char*>(place.at);
    if (!take(place.at, size)) return {};
    if (!keep) place.kept = place.at;
    for (const auto& choice : choices_[step.place])
      if (choice.name == std::string_view{name, size}) return steps(body + choice.begin, body + choice.end, place);
    return {};
  }

  [[nodiscard]] std::size_t remaining(const std::byte* at) const { return static_cast<std::size_t>(end_ - at); }
  bool take(const std::byte*& at, std::size_t count) const {
    if (count > remaining(at)) return false;
    at += count;
    return true;
  }
  bool take_sized(const std::byte*& at) const {
    std::uint32_t size = 0;
    return number(at, size) && take(at, size);
  }
  template <class Number> bool number(const std::byte*& at, Number& value) const {
    if (sizeof value > remaining(at)) return false;
    std::memcpy(&value, at, sizeof value);
    at += sizeof value;
    return true;
  }

  std::byte* flush(const std::byte* kept, const std::byte* at, std::byte* out) {
    return kept == at ? out : append(kept, end_, static_cast<std::size_t>(at - kept), out);
  }
  // Copies `size` bytes; up to `readable` there are bytes that may be read.
  std::byte* append(const std::byte* from, const std::byte* readable, std::size_t size, std::byte* out) {
    if (size > static_cast<std::size_t>(limit_ - out)) out = grow(out, size);
    if (size <= slack && static_cast<std::size_t>(readable - from) >= slack)
      std::memcpy(out, from, slack);  // of a length known while compiling: no call
    else
      std::memcpy(out, from, size);
    return out + size;
  }
  std::byte* grow(std::byte* out, std::size_t size) {
    const auto used = static_cast<std::size_t>(out - scratch_.data());
    scratch_.resize(2 * (used + size) + slack);
    limit_ = scratch_.data() + scratch_.size() - slack;
    return scratch_.data() + used;
  }

  bool widen(Kind from, Kind to, const std::byte*& at, std::byte*& out) {
    const auto size = fixed_size(from);
    if (size > remaining(at)) return false;
    std::array<std::byte, 8> narrow{};
    std::memcpy(narrow.data(), at, std::min<std::size_t>(size, narrow.size()));
    at += size;
    const auto wide = widened(from, narrow);
    out = append(wide.data(), wide.data() + wide.size(), fixed_size(to), out);
    return true;
  }

  bool scale(Kind from, Kind to, const std::byte*& at, std::byte*& out) {
    std::int64_t count = 0;
    if (!number(at, count) || !scale_duration(from, to, count)) return false;
    const auto* const bytes = reinterpret_cast<const std::byte*>(&count);
    out = append(bytes, bytes + sizeof count, sizeof count, out);
    return true;
  }

  const std::byte* const end_;
  const std::vector<Bytes>& constants_;
  const std::vector<std::vector<Choice>>& choices_;
  const std::byte** const notes_;
  Bytes& scratch_;
  std::byte* limit_ = nullptr;
};

}  // namespace

std::optional<BytesView> ResolutionPlan::run(BytesView stored, Bytes& scratch) const {
  std::array<const std::byte*, 16> notes;  // NOLINT: written before it is read
  std::vector<const std::byte*> more_notes;
  if (notes_ > notes.size()) more_notes.resize(notes_);
  static constexpr std::byte nothing{};
  if (stored.data() == nullptr) stored = BytesView{&nothing, 0};
  PlanRun run{stored, constants_, choices_, more_notes.empty() ? notes.data() : more_notes.data(), scratch};
  const auto end =
      run.steps(steps_.data(), steps_.data() + steps_.size(), {stored.data(), stored.data(), scratch.data()});
  return run.done(end);
}

}  // namespace v1
}  // namespace eventstore
