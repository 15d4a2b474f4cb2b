// A plan comes to what going through JSON by the names of the fields comes to, for any schema and any allowed change.
#include <eventstore/schema/detail/resolution_plan.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/schema.hpp>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <cstring>

namespace resolution_property_test {

using namespace eventstore;

namespace {

std::size_t below(std::size_t bound) { return *rc::gen::inRange<std::size_t>(0, bound); }

template <class Number> void put(Bytes& out, Number value) {
  const auto* const bytes = reinterpret_cast<const std::byte*>(&value);
  out.insert(out.end(), bytes, bytes + sizeof value);
}

Type any_type(int depth) {
  static const std::vector<Kind> plain{Kind::boolean, Kind::int8,      Kind::int16,   Kind::int32,
                                       Kind::uint8,   Kind::uint16,    Kind::uint32,  Kind::float32,
                                       Kind::text,    Kind::bytes,     Kind::uuid,    Kind::float64,
                                       Kind::int64,   Kind::timestamp, Kind::seconds, Kind::days};
  const auto choice = depth > 3 ? 12 : below(13);
  if (choice == 0) {
    Type type{Kind::optional, any_type(depth + 1)};
    return type.element().kind == Kind::optional ? type.element() : type;  // JSON has but one null
  }
  if (choice == 1) return Type{Kind::list, any_type(depth + 1)};
  if (choice == 2) return Type{Kind::map, any_type(depth + 1)};
  if (choice == 3) {
    Type type{Kind::enumeration};
    type.enumerators = {"a", "b", "c"};
    return type;
  }
  if (choice == 4) {
    Type type{Kind::record};
    for (auto i = below(4) + 1; i > 0; --i)
      type.fields.push_back({"f" + std::to_string(type.fields.size()), any_type(depth + 1)});
    return type;
  }
  if (choice == 5) {
    Type type{Kind::array, any_type(depth + 1)};
    type.count = static_cast<std::uint32_t>(below(3)) + 1;
    return type;
  }
  if (choice == 6) return Type{Kind::set, Type{below(2) == 0 ? Kind::uint16 : Kind::text}};
  if (choice == 7) {
    Type type{Kind::variant};
    for (const auto* name : {"A", "B"}) {
      Type alternative{Kind::record};
      for (auto i = below(3); i > 0; --i)
        alternative.fields.push_back({"f" + std::to_string(alternative.fields.size()), any_type(depth + 1)});
      type.fields.push_back({name, std::move(alternative)});
    }
    return type;
  }
  return Type{plain[below(plain.size())]};
}

void any_value(const Type& type, Bytes& out) {
  const auto text = [&out](const std::string& value) {
    put(out, static_cast<std::uint32_t>(value.size()));
    for (const char c : value) put(out, c);
  };
  switch (type.kind) {
    case Kind::boolean: return put(out, static_cast<std::uint8_t>(below(2)));
    case Kind::int8:
    case Kind::uint8: return put(out, static_cast<std::uint8_t>(below(256)));
    case Kind::int16:
    case Kind::uint16: return put(out, static_cast<std::uint16_t>(below(65536)));
    case Kind::int32:
    case Kind::uint32: return put(out, static_cast<std::uint32_t>(below(std::size_t{1} << 32U)));
    case Kind::int64:
    case Kind::seconds:
    case Kind::days:
    case Kind::timestamp: return put(out, static_cast<std::int64_t>(below(std::size_t{1} << 40U)));
    case Kind::float32: return put(out, static_cast<float>(below(1000)) / 8);
    case Kind::float64: return put(out, static_cast<double>(below(1000)) / 8);
    case Kind::uuid: return put(out, std::array<std::uint64_t, 2>{below(1000), below(1000)});
    case Kind::text:
    case Kind::bytes: return text(std::string(below(30), 'x'));
    case Kind::enumeration: return text(type.enumerators[below(type.enumerators.size())]);
    case Kind::optional: {
      const auto present = below(2) == 1;
      put(out, static_cast<std::uint8_t>(present));
      if (present) any_value(type.element(), out);
      return;
    }
    case Kind::list:
    case Kind::map: {
      const auto count = static_cast<std::uint32_t>(below(4));
      put(out, count);
      for (std::uint32_t i = 0; i < count; ++i) {
        if (type.kind == Kind::map) text("k" + std::to_string(i));
        any_value(type.element(), out);
      }
      return;
    }
    case Kind::array:
      for (std::uint32_t i = 0; i < type.count; ++i) any_value(type.element(), out);
      return;
    case Kind::set: {
      const auto count = static_cast<std::uint32_t>(below(4));
      put(out, count);
      for (std::uint32_t i = 0; i < count; ++i) {
        if (type.element().kind == Kind::text)
          text("e" + std::to_string(i));
        else
          put(out, static_cast<std::uint16_t>(i * 1000 + below(1000)));
      }
      return;
    }
    case Kind::variant: {
      const auto& held = type.fields[below(type.fields.size())];
      text(held.name);
      return any_value(held.type, out);
    }
    default:
      for (const auto& field : type.fields) any_value(field.type, out);
  }
}

Kind widened(Kind kind) {
  switch (kind) {
    case Kind::int8: return Kind::int32;
    case Kind::int16:
    case Kind::int32:
    case Kind::uint32: return Kind::int64;
    case Kind::uint8: return Kind::uint16;
    case Kind::uint16: return Kind::int32;
    case Kind::float32: return Kind::float64;
    default: return kind;
  }
}

Type changed(const Type& stored) {
  Type type = stored;
  if (!type.of.empty()) type.of.front() = changed(stored.element());
  if (type.kind == Kind::enumeration) type.enumerators.insert(type.enumerators.begin(), "new");
  if (below(2) == 1) type.kind = widened(type.kind);
  if (type.kind == Kind::variant) {
    for (auto& alternative : type.fields) alternative.type = changed(alternative.type);
    type.fields.insert(type.fields.begin(), Field{"New", Type{Kind::record}});
    return type;
  }
  std::vector<Field> fields;
  for (const auto& field : stored.fields) {
    if (below(5) == 0) continue;
    Field kept{field.name, changed(field.type)};
    // An optional of an empty optional would be the same null.
    if (below(5) == 0 && kept.type.kind != Kind::optional) kept.type = Type{Kind::optional, kept.type};
    fields.insert(below(3) == 0 ? fields.begin() : fields.end(), std::move(kept));
  }
  if (type.kind == Kind::record && below(2) == 1) {
    Field added{"added", Type{Kind::text}};
    added.default_value = Bytes{std::byte{1}, {}, {}, {}, std::byte{'d'}};
    fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(below(fields.size() + 1)), std::move(added));
  }
  type.fields = std::move(fields);
  return type;
}

Type any_record() {
  Type type{Kind::record};
  for (auto i = below(6) + 1; i > 0; --i)
    type.fields.push_back({"f" + std::to_string(type.fields.size()), any_type(0)});
  return type;
}

}  // namespace

TEST_CASE("a plan comes to what the names of the fields say", "[schema][resolution][property]") {
  CHECK(rc::check("plan(x) == from_json(to_json(x))", [] {
    const auto stored = any_record();
    const auto wanted = changed(stored);
    Bytes bytes;
    any_value(stored, bytes);
    const auto plan = ResolutionPlan::make(stored, wanted);
    if (!plan) RC_FAIL(plan.error().message() + " in " + canonical_text(stored) + " to " + annotated_text(wanted));
    Bytes scratch;
    const auto planned = plan->run(bytes, scratch);
    RC_ASSERT(planned.has_value());
    std::string json;
    RC_ASSERT(bytes_to_json(stored, bytes, json).has_value());
    const auto expected = json_to_bytes(wanted, json, stored_json);
    if (!expected) RC_FAIL(expected.error().message() + " " + json);
    RC_ASSERT(Bytes(planned->begin(), planned->end()) == *expected);
  }));
}

TEST_CASE("a plan reads no byte that is not there, whatever the bytes", "[schema][resolution][property]") {
  CHECK(rc::check("random bytes", [] {
    const auto stored = any_record();
    const auto plan = ResolutionPlan::make(stored, changed(stored));
    RC_PRE(plan.has_value());
    Bytes bytes;
    for (const auto octet : *rc::gen::arbitrary<std::vector<std::uint8_t>>())
      bytes.push_back(static_cast<std::byte>(octet % 4));
    Bytes out;
    if (plan->run(bytes, out)) {
      // Then they were of the stored type.
      std::string json;
      RC_CLASSIFY(bytes_to_json(stored, bytes, json).has_value());
    }
  }));
}

}  // namespace resolution_property_test
