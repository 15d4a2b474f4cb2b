#include <eventstore/schema/detail/resolution_plan.hpp>

#include "number.hpp"

#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/duration.hpp>

namespace eventstore {
inline namespace v1 {

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
      case Kind::list:
      case Kind::set: return repeated(Op::keep_list, [&] { types(stored.element(), wanted.element()); });
      case Kind::array:
        return repeated(
            Op::keep_array, [&] { types(stored.element(), wanted.element()); }, wanted.count);
      case Kind::variant:
        // An alternative that the wanted type lacks is copied, and the reader refuses it.
        return chosen(stored, Op::keep_variant, [&](const Field& each) {
          const auto* const same = alternative(wanted, each.name);
          if (same != nullptr)
            types(each.type, same->type);
          else
            pass(each.type, Op::keep);
        });
      case Kind::map:
        return repeated(Op::keep_list, [&] {
          add({Op::keep_sized});
          types(stored.element(), wanted.element());
        });
      case Kind::record: return records(stored, wanted);
      default: break;
    }
    if (stored.kind == wanted.kind) return pass(wanted, Op::keep);
    add({is_duration(stored.kind) ? Op::scale : Op::widen, static_cast<std::uint8_t>(stored.kind),
         static_cast<std::uint8_t>(wanted.kind)});
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
    // Only places of fields in another order are noted; fields in the same order follow one another.
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
      case Kind::list:
      case Kind::set: return repeated(keep ? Op::keep_list : Op::drop_list, [&] { pass(type.element(), op); });
      case Kind::array:
        return repeated(
            keep ? Op::keep_array : Op::drop_array, [&] { pass(type.element(), op); }, type.count);
      case Kind::variant:
        return chosen(type, keep ? Op::keep_variant : Op::drop_variant,
                      [&](const Field& each) { pass(each.type, op); });
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

  static const Field* alternative(const Type& variant, std::string_view name) {
    for (const auto& each : variant.fields)
      if (each.name == name) return &each;
    return nullptr;
  }
  // One body for each alternative of the stored variant.
  template <class Body> void chosen(const Type& stored, Op op, Body body) {
    const auto choices = plan.choices_.size();
    plan.choices_.emplace_back();
    const auto first = plan.steps_.size() + 1;
    repeated(
        op,
        [&] {
          for (const auto& each : stored.fields) {
            const auto begin = plan.steps_.size();
            body_begin_ = begin;
            body(each);
            plan.choices_[choices].push_back({each.name, begin - first, plan.steps_.size() - first});
          }
        },
        static_cast<std::uint32_t>(choices));
  }
  template <class Body> void repeated(Op op, Body body, std::uint32_t place = 0) {
    const auto head = plan.steps_.size();
    add({op, 0, 0, 0, place});
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

Result<void> check_resolves(const Type& stored, const Type& wanted, bool by_value) {
  const auto stored_text = canonical_text(stored);
  const auto wanted_text = annotated_text(wanted);
  FirstBreak problem{};
  if (resolves(stored_text, wanted_text, problem) || (by_value && problem.by_value)) return {};
  return failure(Errc::unreadable_schema, "resolve schema", "", describe(problem.difference));
}

}  // namespace

Result<ResolutionPlan> ResolutionPlan::make(const Type& stored, const Type& wanted) {
  EVENTSTORE_TRY(check_resolves(stored, wanted, false));
  return make_by_value(stored, wanted);
}

Result<ResolutionPlan> ResolutionPlan::make_by_value(const Type& stored, const Type& wanted) {
  EVENTSTORE_TRY(check_resolves(stored, wanted, true));
  PlanMaker maker;
  maker.types(stored, wanted);
  return std::move(maker.plan);
}

}  // namespace v1
}  // namespace eventstore
