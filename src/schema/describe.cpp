#include <eventstore/schema/describe.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

void add_field(Type& record, const FieldFacts& facts, Type (*make_type)(),
               void (*save)(BytesOut& to, const void* member), const void* member) {
  auto& field = record.fields.emplace_back(Field{std::string{facts.name}, make_type(), facts.attributes, {}});
  if (!facts.has_default) return;
  BytesOut archive{field.default_value.emplace()};
  save(archive, member);
}

Schema make_schema(std::string_view name, Type (*make_type)()) { return Schema::of(std::string{name}, make_type()); }

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
