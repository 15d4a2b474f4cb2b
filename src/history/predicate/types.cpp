#include "types.hpp"

#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/schema.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "item.hpp"
#include "words.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

std::vector<std::string_view> enumerators_of(const Type& type) {
  return {type.enumerators.begin(), type.enumerators.end()};
}

bool has_elements(Kind kind) { return kind == Kind::list || kind == Kind::array || kind == Kind::set; }

void add_names(const Type& record, std::vector<std::string_view>& names) {
  for (const auto& field : record.fields) {
    if (is_flattened(field))
      add_names(field.type, names);
    else
      names.push_back(field.name);
  }
}

// The field, with its places in `fields`; null where there is none. A flattened record has no name of its own in JSON.
const Type* find_field(const Type& record, std::string_view name, std::vector<std::uint32_t>& fields) {
  if (const auto* const found = record.field(name); found != nullptr && !is_flattened(*found)) {
    fields.push_back(static_cast<std::uint32_t>(found - record.fields.data()));
    return &found->type;
  }
  for (std::uint32_t i = 0; i < record.fields.size(); ++i) {
    const auto& field = record.fields[i];
    if (!is_flattened(field)) continue;
    fields.push_back(i);
    if (const auto* const found = find_field(field.type, name, fields)) return found;
    fields.pop_back();
  }
  return nullptr;
}

using Followed = tl::expected<const Type*, std::string>;

Followed field_of(const Type& record, PathStep& step, std::string_view path) {
  if (const auto* const found = find_field(record, step.name, step.fields)) return found;
  return tl::make_unexpected(
      fmt::format("{} has no field {}{}", path, step.name, choice(step.name, field_names(record))));
}

// Of the alternatives that have the field; where its types differ, only the event tells.
Followed field_of_variant(const Type& variant, const PathStep& step, std::string_view path) {
  if (step.name == alternative_member) return &fixed_type(Kind::text);
  const Type* type = nullptr;
  bool differ = false;
  std::vector<std::string_view> names{alternative_member};
  for (const auto& alternative : variant.fields) {
    std::vector<std::uint32_t> fields;
    add_names(alternative.type, names);
    const auto* const found = find_field(alternative.type, step.name, fields);
    if (found == nullptr) continue;
    differ = differ || (type != nullptr && canonical_text(*type) != canonical_text(*found));
    type = found;
  }
  if (type == nullptr)
    return tl::make_unexpected(
        fmt::format("no alternative of {} has a field {}{}", path, step.name, choice(step.name, names)));
  return differ ? nullptr : type;
}

std::optional<Mistake> check_scalar(const Node& node) {
  const auto* const type = bare(node.type);
  if (type == nullptr || form_of(type->kind) != Form::missing) return std::nullopt;
  return Mistake{node.offset,
                 fmt::format("this is {}, which is compared with nothing: {}", words_for(*type),
                             type->kind == Kind::record || type->kind == Kind::variant ? "name a field of it"
                             : type->kind == Kind::bytes                               ? "ask for its size()"
                                                         : "ask any(), all(), size() or contains")};
}

bool is_literal_text(const Node& node) { return node.op == Op::literal && node.literal.form == Form::text; }

std::optional<Mistake> fit_literal(Node& literal, const Type* other) {
  if (other == nullptr) {
    if (const auto time = time_of(literal.text); time.form == Form::time) {
      literal.literal.reads_as_time = true;
      literal.literal.whole = time.whole;
    }
    return std::nullopt;
  }
  if (other->kind == Kind::timestamp && !make_time(literal))
    return Mistake{literal.offset, "this is no time: write \"2026-01-27T10:30:00Z\", or a day, \"2026-01-27\""};
  if (other->kind == Kind::uuid) {
    const auto uuid = Uuid::parse(literal.text);
    if (!uuid) return Mistake{literal.offset, "this is no id of 36 characters, 8-4-4-4-12 digits"};
    literal.literal = Scalar::of(*uuid);
    literal.type = &fixed_type(Kind::uuid);
  }
  if (other->kind == Kind::enumeration &&
      std::find(other->enumerators.begin(), other->enumerators.end(), literal.text) == other->enumerators.end())
    return Mistake{literal.offset,
                   fmt::format("there is no {}: it is one of {}", literal.text, joined(enumerators_of(*other)))};
  return std::nullopt;
}

bool are_comparable(const Type& a, const Type& b) {
  const auto family = [](Form form) { return form == Form::number ? Form::integer : form; };
  const auto one = family(form_of(a.kind));
  const auto other = family(form_of(b.kind));
  const auto reads = [](Form form) { return form == Form::time || form == Form::uuid; };
  return one == other || (a.kind == Kind::text && reads(other)) || (b.kind == Kind::text && reads(one));
}

std::string advice(const Type& a, const Type& b) {
  const auto either = [&](Form form) { return form_of(a.kind) == form || form_of(b.kind) == form; };
  if (either(Form::duration)) return ": a duration is written with its unit, 30min";
  if (either(Form::time)) return ": a time stands in quotes, \"2026-01-27T10:30:00Z\"";
  if (either(Form::text)) return ": a text stands in quotes, a number does not";
  return "";
}

// What a part of a text, a list or a map is compared with.
const Type* part_type(const Type* whole) {
  if (whole == nullptr) return nullptr;
  return has_elements(whole->kind) ? bare(&whole->element()) : &fixed_type(Kind::text);
}

}  // namespace

const Type& fixed_type(Kind kind) {
  static const std::map<Kind, Type> types = [] {
    std::map<Kind, Type> made;
    for (const auto each : {Kind::boolean, Kind::int64, Kind::uint64, Kind::float64, Kind::text, Kind::uuid,
                            Kind::timestamp, Kind::nanoseconds, Kind::record})
      made.emplace(each, Type{each});
    return made;
  }();
  return types.at(kind);
}

const Type* bare(const Type* type) {
  while (type != nullptr && type->kind == Kind::optional) type = &type->element();
  return type == nullptr || type->kind == Kind::json ? nullptr : type;
}

std::vector<std::string_view> field_names(const Type& record) {
  std::vector<std::string_view> names;
  add_names(record, names);
  return names;
}

std::string words_for(const Type& type) {
  switch (type.kind) {
    case Kind::enumeration: return "one of " + joined(enumerators_of(type));
    case Kind::array:
    case Kind::list: return "a list";
    case Kind::set: return "a set";
    case Kind::map: return "a map";
    case Kind::record: return "a record";
    case Kind::variant: return "one of several records";
    case Kind::bytes: return "bytes";
    default: break;
  }
  switch (form_of(type.kind)) {
    case Form::boolean: return "true or false";
    case Form::integer: return "a whole number";
    case Form::number: return "a number";
    case Form::time: return "a time";
    case Form::duration: return "a duration";
    case Form::uuid: return "an id";
    default: return "a text";
  }
}

Followed type_behind(const Type* type, PathStep& step, std::string_view path) {
  type = bare(type);
  if (type == nullptr) return nullptr;
  if (step.is_place) {
    if (type->kind == Kind::list || type->kind == Kind::array) return &type->element();
    if (type->kind == Kind::map)
      return tl::make_unexpected(fmt::format("{} is a map, and its keys are texts: write {}[\"key\"]", path, path));
    return tl::make_unexpected(fmt::format("{} is {}, and has no places", path, words_for(*type)));
  }
  if (type->kind == Kind::record) return field_of(*type, step, path);
  if (type->kind == Kind::variant) return field_of_variant(*type, step, path);
  if (type->kind == Kind::map) return &type->element();
  if (has_elements(type->kind))
    return tl::make_unexpected(fmt::format("{} is {}: write {}[0] or {}[-1] for one element, or ask any() or all()",
                                           path, words_for(*type), path, path));
  return tl::make_unexpected(fmt::format("{} is {}, and has no fields", path, words_for(*type)));
}

bool make_time(Node& literal) {
  const auto time = time_of(literal.text);
  if (time.form != Form::time) return false;
  literal.literal = time;
  literal.type = &fixed_type(Kind::timestamp);
  return true;
}

std::optional<Mistake> check_comparison(Node& a, Node& b, bool ordered) {
  for (const auto* const node : {&a, &b})
    if (auto mistake = check_scalar(*node)) return mistake;
  if (is_literal_text(b))
    if (auto mistake = fit_literal(b, bare(a.type))) return mistake;
  if (is_literal_text(a))
    if (auto mistake = fit_literal(a, bare(b.type))) return mistake;
  for (const auto* const node : {&a, &b}) {
    const auto* const type = bare(node->type);
    if (!ordered || type == nullptr) continue;
    if (type->kind == Kind::enumeration || type->kind == Kind::boolean || type->kind == Kind::uuid)
      return Mistake{node->offset,
                     fmt::format("this is {}, which has no order: compare with == or !=", words_for(*type))};
  }
  const auto* const one = bare(a.type);
  const auto* const other = bare(b.type);
  if (one == nullptr || other == nullptr || are_comparable(*one, *other)) return std::nullopt;
  return Mistake{b.offset, fmt::format("{} and {} cannot be compared{}", words_for(*one), words_for(*other),
                                       advice(*one, *other))};
}

std::optional<Mistake> check_contains(Node& whole, Node& part) {
  const auto* const type = bare(whole.type);
  if (type != nullptr && !has_elements(type->kind) && type->kind != Kind::map && form_of(type->kind) != Form::text)
    return Mistake{whole.offset, fmt::format("this is {}, and contains nothing", words_for(*type))};
  Node element{};
  element.op = Op::path;
  element.offset = whole.offset;
  element.type = part_type(type);
  return check_comparison(element, part, false);
}

Followed type_of_sum(const Type* a, const Type* b, bool negative) {
  a = bare(a);
  b = bare(b);
  if (a == nullptr || b == nullptr) return nullptr;
  const auto one = form_of(a->kind);
  const auto other = form_of(b->kind);
  const auto is_number = [](Form form) { return form == Form::integer || form == Form::number; };
  if (is_number(one) && is_number(other))
    return &fixed_type(one == Form::number || other == Form::number ? Kind::float64 : Kind::int64);
  if (one == Form::duration && other == Form::duration) return &fixed_type(Kind::nanoseconds);
  if (one == Form::time && other == Form::time && negative) return &fixed_type(Kind::nanoseconds);
  if ((one == Form::time && other == Form::duration) || (one == Form::duration && other == Form::time && !negative))
    return &fixed_type(Kind::timestamp);
  return tl::make_unexpected(
      fmt::format("{} {} {}: there is no such sum", words_for(*a), negative ? "minus" : "plus", words_for(*b)));
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
