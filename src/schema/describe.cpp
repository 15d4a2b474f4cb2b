#include <eventstore/schema/detail/describe.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

Type describe_record(std::span<const FieldFacts> facts, std::span<const MemberDescription> members,
                     std::span<const void* const> places) {
  Type record{Kind::record};
  for (std::size_t i = 0; i < facts.size(); ++i) {
    auto& field =
        record.fields.emplace_back(Field{std::string{facts[i].name}, members[i].make_type(), facts[i].attributes, {}});
    if (!facts[i].has_default) continue;
    BytesOut archive{field.default_value.emplace()};
    members[i].save(archive, places[i]);
  }
  return record;
}

Schema make_schema(std::string_view name, Type (*make_type)()) { return Schema::of(std::string{name}, make_type()); }

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
