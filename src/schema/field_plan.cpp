#include <eventstore/schema/detail/field_plan.hpp>

#include "number.hpp"

#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/duration.hpp>

#include <array>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t no_field = ~std::size_t{0};

bool is_number(Kind kind) { return kind >= Kind::int8 && kind <= Kind::float64; }

// Of 1, 2, 4 or 8 bytes: lengths known while compiling need no call.
void copy_number(const std::byte* from, std::uint32_t size, void* to) {
  switch (size) {
    case 1: std::memcpy(to, from, 1); break;
    case 2: std::memcpy(to, from, 2); break;
    case 4: std::memcpy(to, from, 4); break;
    default: std::memcpy(to, from, 8);
  }
}

bool same(const Type& a, const Type& b) { return canonical_text(a) == canonical_text(b); }

// The bytes of the next value of `type`.
BytesView take_value(BytesIn& from, const Type& type) {
  BytesReader reader{from.rest()};
  const auto value = reader.value(type);
  if (!reader.ok()) BytesIn::too_short();
  from.take(value.size());
  return value;
}

}  // namespace

Result<FieldPlan> FieldPlan::make(const Type& stored, const Type& wanted) {
  const auto stored_text = canonical_text(stored);
  const auto wanted_text = annotated_text(wanted);
  FirstBreak problem{};  // views into the texts
  if (!resolves(stored_text, wanted_text, problem) && !problem.by_value)
    return failure(Errc::unreadable_schema, "resolve schema", "", describe(problem.difference));
  // By stored field: the wanted one that it is for.
  std::vector<std::size_t> member_of(stored.fields.size(), no_field);
  FieldPlan plan;
  const auto add = [&plan](Step step, Detail detail) {
    step.detail = static_cast<std::uint32_t>(plan.details_.size());
    plan.details_.push_back(std::move(detail));
    plan.steps_.push_back(step);
  };
  for (std::size_t i = 0; i < wanted.fields.size(); ++i) {
    const auto& field = wanted.fields[i];
    const auto source = source_of(field, stored);
    if (source != no_source)
      member_of[source] = i;
    else
      add({Op::fill, {}, {}, static_cast<std::uint32_t>(i)},
          {field.type, {}, field.default_value ? *field.default_value : Bytes{std::byte{0}}});
  }
  for (std::size_t i = 0; i < stored.fields.size(); ++i) {
    const auto& type = stored.fields[i].type;
    const auto member = static_cast<std::uint32_t>(member_of[i]);
    if (member_of[i] == no_field) {
      plan.skip(type);
    } else if (const auto& target = wanted.fields[member_of[i]].type; same(type, target)) {
      // A field of these kinds has but one C++ type, and any bytes are a value of it.
      const auto op = type.kind == Kind::text ? Op::load_text : is_number(type.kind) ? Op::load_number : Op::load;
      plan.steps_.push_back({op, {}, {}, member, fixed_size(type.kind)});
    } else if (is_number(type.kind) && is_number(target.kind)) {
      plan.steps_.push_back({Op::widen, type.kind, target.kind, member, fixed_size(type.kind)});
    } else if (is_duration(type.kind) && is_duration(target.kind)) {
      plan.steps_.push_back({Op::scale, type.kind, target.kind, member});
    } else {
      EVENTSTORE_TRY_ASSIGN(auto within, ResolutionPlan::make_by_value(type, target));
      add({Op::convert, {}, {}, member}, {type, std::move(within), {}});
    }
  }
  return plan;
}

void FieldPlan::skip(const Type& type) {
  const auto size = fixed_size(type.kind);
  if (size != 0 && !steps_.empty() && steps_.back().op == Op::skip_fixed) {
    steps_.back().count += size;
  } else if (size != 0) {
    steps_.push_back({Op::skip_fixed, {}, {}, 0, size});
  } else if (is_sized(type.kind)) {
    steps_.push_back({Op::skip_sized});
  } else {
    steps_.push_back({Op::skip, {}, {}, 0, 0, static_cast<std::uint32_t>(details_.size())});
    details_.push_back({type, {}, {}});
  }
}

void FieldPlan::load(BytesIn& stored, void* object, std::span<const MemberLoader> members, Bytes& scratch) const {
  const auto place_of = [&](std::uint32_t member) {
    return static_cast<void*>(static_cast<char*>(object) + members[member].offset);
  };
  const auto load_from = [&](BytesIn& from, std::uint32_t member) { members[member].load(from, place_of(member)); };
  for (const auto& step : steps_) {
    switch (step.op) {
      case Op::load: load_from(stored, step.member); break;
      case Op::load_text: stored(*static_cast<std::string*>(place_of(step.member))); break;
      case Op::load_number: copy_number(stored.take(step.count).data(), step.count, place_of(step.member)); break;
      case Op::widen: {
        std::array<std::byte, 8> narrow{};
        copy_number(stored.take(step.count).data(), step.count, narrow.data());
        const auto wide = widened(step.from, narrow);
        copy_number(wide.data(), fixed_size(step.to), place_of(step.member));
        break;
      }
      case Op::scale: {
        std::int64_t count = 0;
        stored(count);
        if (!scale_duration(step.from, step.to, count)) BytesIn::too_long_for_unit();
        BytesIn from{BytesView{reinterpret_cast<const std::byte*>(&count), sizeof count}};
        load_from(from, step.member);
        break;
      }
      case Op::convert: {
        const auto& detail = details_[step.detail];
        const auto bytes = detail.plan.run(take_value(stored, detail.stored), scratch);
        if (!bytes) BytesIn::impossible("bytes of another type, or a duration that a finer unit cannot hold");
        BytesIn from{*bytes};
        load_from(from, step.member);
        break;
      }
      case Op::fill: {
        BytesIn from{details_[step.detail].constant};
        load_from(from, step.member);
        break;
      }
      case Op::skip_fixed: stored.take(step.count); break;
      case Op::skip_sized: stored.read_sized(); break;
      case Op::skip: take_value(stored, details_[step.detail].stored); break;
    }
  }
}

}  // namespace v1
}  // namespace eventstore
