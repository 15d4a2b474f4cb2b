#include <eventstore/schema/resolution_plan.hpp>

#include "number.hpp"

#include <eventstore/schema/differences.hpp>

#include <algorithm>
#include <cstring>

namespace eventstore::inline v1 {

namespace {

using Op = ResolutionPlan::Op;
using Step = ResolutionPlan::Step;

}  // namespace

// Translates two types that compare.hpp's rules allow.
class PlanMaker {
 public:
  void types(const Type& stored, const Type& wanted) {
    if (wanted.kind == Kind::optional && stored.kind != Kind::optional) {
      put(Bytes{std::byte{1}});
      return types(stored, wanted.element());
    }
    switch (wanted.kind) {
      case Kind::optional: return repeated(Op::keep_optional, [&] { types(stored.element(), wanted.element()); });
      case Kind::list: return repeated(Op::keep_list, [&] { types(stored.element(), wanted.element()); });
      case Kind::map:
        return repeated(Op::keep_list, [&] {
          add({Op::keep_sized});
          types(stored.element(), wanted.element());
        });
      case Kind::record: return records(stored, wanted);
      default: break;
    }
    if (stored.kind == wanted.kind) return pass(wanted, Op::keep);
    add({Op::widen, static_cast<std::uint8_t>(stored.kind), static_cast<std::uint8_t>(wanted.kind)});
  }

  ResolutionPlan plan;

 private:
  void records(const Type& stored, const Type& wanted) {
    std::vector<std::size_t> sources;
    bool ordered = true;
    std::size_t last = 0;
    for (const auto& field : wanted.fields) {
      const auto source = sources.emplace_back(source_of(field, stored));
      if (source == no_source) continue;
      ordered = ordered && source >= last;
      last = source + 1;
    }
    if (ordered)
      in_order(stored, wanted, sources);
    else
      by_notes(stored, wanted, sources);
  }
  void in_order(const Type& stored, const Type& wanted, const std::vector<std::size_t>& sources) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < wanted.fields.size(); ++i) {
      if (sources[i] == no_source) {
        fill_in(wanted.fields[i]);
        continue;
      }
      while (next < sources[i]) pass(stored.fields[next++].type, Op::drop);
      types(stored.fields[next++].type, wanted.fields[i].type);
    }
    while (next < stored.fields.size()) pass(stored.fields[next++].type, Op::drop);
  }
  void by_notes(const Type& stored, const Type& wanted, const std::vector<std::size_t>& sources) {
    const auto end = stored.fields.size();
    // Only places that are gone to are noted; beside one another the fields follow of themselves.
    std::vector<std::size_t> jumps(end + 1, no_source);
    std::size_t here = end;
    const auto jump_to = [&](std::size_t field) {
      if (field != here && jumps[field] == no_source) jumps[field] = plan.notes_++;
      here = field + 1;
    };
    for (const auto source : sources)
      if (source != no_source) jump_to(source);
    jumps[end] = plan.notes_++;

    const auto step = [&](Op op, std::size_t field) { add({op, 0, 0, 0, static_cast<std::uint32_t>(jumps[field])}); };
    for (std::size_t i = 0; i < end; ++i) {
      if (jumps[i] != no_source) step(Op::note, i);
      pass(stored.fields[i].type, Op::drop);
    }
    step(Op::note, end);
    here = end;
    for (std::size_t i = 0; i < wanted.fields.size(); ++i) {
      if (sources[i] == no_source) {
        fill_in(wanted.fields[i]);
        continue;
      }
      if (sources[i] != here) step(Op::go_to, sources[i]);
      types(stored.fields[sources[i]].type, wanted.fields[i].type);
      here = sources[i] + 1;
    }
    step(Op::go_to, end);
  }
  void fill_in(const Field& field) { put(field.default_value ? *field.default_value : Bytes{std::byte{0}}); }

  // A whole value, kept or dropped: `op` is keep or drop.
  void pass(const Type& type, Op op) {
    const bool keep = op == Op::keep;
    switch (type.kind) {
      case Kind::optional:
        return repeated(keep ? Op::keep_optional : Op::drop_optional, [&] { pass(type.element(), op); });
      case Kind::list: return repeated(keep ? Op::keep_list : Op::drop_list, [&] { pass(type.element(), op); });
      case Kind::map:
        return repeated(keep ? Op::keep_list : Op::drop_list, [&] {
          add({keep ? Op::keep_sized : Op::drop_sized});
          pass(type.element(), op);
        });
      case Kind::record:
        for (const auto& field : type.fields) pass(field.type, op);
        return;
      default: break;
    }
    const auto size = fixed_size(type.kind);
    if (size == 0) return add({keep ? Op::keep_sized : Op::drop_sized});
    // Numbers that stand side by side are one step.
    auto& steps = plan.steps_;
    if (steps.size() > body_begin_ && steps.back().op == op)
      steps.back().count += size;
    else
      add({op, 0, 0, size});
  }

  template <class Body> void repeated(Op op, Body body) {
    const auto head = plan.steps_.size();
    add({op});
    body_begin_ = plan.steps_.size();
    body();
    body_begin_ = plan.steps_.size();  // nothing after the body may grow its last step
    plan.steps_[head].count = static_cast<std::uint32_t>(plan.steps_.size() - head - 1);
  }
  void put(Bytes constant) {
    auto& steps = plan.steps_;
    if (steps.size() > body_begin_ && steps.back().op == Op::put) {
      auto& before = plan.constants_[steps.back().place];
      before.insert(before.end(), constant.begin(), constant.end());
      return;
    }
    add({Op::put, 0, 0, 0, static_cast<std::uint32_t>(plan.constants_.size())});
    plan.constants_.push_back(std::move(constant));
  }
  void add(Step step) { plan.steps_.push_back(step); }

  std::size_t body_begin_ = 0;
};

namespace {

// Where a run is. Handed about by value, so that within a function it stays in registers.
struct Place {
  const std::byte* at;    // null: the bytes are not of the stored type
  const std::byte* kept;  // from here up to `at` the bytes are to be copied as they are
  std::byte* out;
};

class PlanRun {
 public:
  PlanRun(BytesView stored, const std::vector<Bytes>& constants, const std::byte** notes, Bytes& scratch)
      : end_{stored.data() + stored.size()}, constants_{constants}, notes_{notes}, scratch_{scratch} {
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
        default: {
          const auto after = repeat(*step, step + 1, {at, kept, out});
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
    const bool keep = step.op == Op::keep_optional || step.op == Op::keep_list;
    if (!keep) place.out = flush(place.kept, place.at, place.out);
    std::uint32_t count = 0;
    if (step.op == Op::keep_optional || step.op == Op::drop_optional) {
      std::uint8_t flag = 2;
      if (!number(place.at, flag) || flag > 1) return {};
      count = flag;
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

  const std::byte* const end_;
  const std::vector<Bytes>& constants_;
  const std::byte** const notes_;
  Bytes& scratch_;
  std::byte* limit_ = nullptr;
};

}  // namespace

Result<ResolutionPlan> ResolutionPlan::make(const Type& stored, const Type& wanted) {
  const auto stored_text = canonical_text(stored);
  const auto wanted_text = annotated_text(wanted);
  FirstBreak problem{};
  if (!resolves(stored_text, wanted_text, problem))
    return failure(Errc::unreadable_schema, "resolve schema", "", describe(problem.difference));
  PlanMaker maker;
  maker.types(stored, wanted);
  return std::move(maker.plan);
}

std::optional<BytesView> ResolutionPlan::run(BytesView stored, Bytes& scratch) const {
  std::array<const std::byte*, 16> notes;  // NOLINT: written before it is read
  std::vector<const std::byte*> more_notes;
  if (notes_ > notes.size()) more_notes.resize(notes_);
  static constexpr std::byte nothing{};
  if (stored.data() == nullptr) stored = BytesView{&nothing, 0};
  PlanRun run{stored, constants_, more_notes.empty() ? notes.data() : more_notes.data(), scratch};
  const auto end =
      run.steps(steps_.data(), steps_.data() + steps_.size(), {stored.data(), stored.data(), scratch.data()});
  return run.done(end);
}

}  // namespace eventstore::inline v1
