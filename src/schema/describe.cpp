#include <eventstore/schema/detail/describe.hpp>

#include <eventstore/schema/detail/first_defaults.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

void set_first_default(Field& field) {
  const auto& stated = field.attributes.first_default;
  if (field.attributes.has(no_first_default)) return;
  field.first_default = field.default_value;
  if (stated.empty()) return;
  // `schema check` names one that is no value of its field.
  if (auto read = read_first_default(field.type, stated)) field.first_default = std::move(*read);
}

}  // namespace

namespace detail {

Type describe_record(std::span<const FieldFacts> facts, std::span<const MemberDescription> members,
                     std::span<const void* const> places) {
  Type record{Kind::record};
  for (std::size_t i = 0; i < facts.size(); ++i) {
    auto& field =
        record.fields.emplace_back(Field{std::string{facts[i].name}, members[i].make_type(), facts[i].attributes, {}});
    if (facts[i].has_default) {
      BytesOut archive{field.default_value.emplace()};
      members[i].save(archive, places[i]);
    }
    set_first_default(field);
  }
  return record;
}

Schema make_schema(std::string_view name, Type (*make_type)()) { return Schema::of(std::string{name}, make_type()); }

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
