#include <eventstore/history/event_values.hpp>
#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/secret.hpp>

#include <charconv>

namespace eventstore {
inline namespace v1 {
namespace {

const Type& without_optional(const Type& type) { return type.kind == Kind::optional ? type.element() : type; }

// Fields that are flattened stand among the record's own.
const Type* type_of_member(const Type& record, std::string_view name) {
  if (const auto* const field = record.field(name)) return &field->type;
  for (const auto& field : record.fields)
    if (is_flattened(field))
      if (const auto* const found = type_of_member(field.type, name)) return found;
  return nullptr;
}

const Type* type_within(const Type* type, std::string_view name) {
  if (type == nullptr) return nullptr;
  if (type->kind == Kind::record) return type_of_member(*type, name);
  for (const auto& alternative : type->fields)
    if (const auto* const found = type_of_member(alternative.type, name)) return found;
  return nullptr;
}

bool is_entered(const Type& type) { return type.kind == Kind::record || type.kind == Kind::variant; }

ValueKind kind_of(const Type* type, JsonNode node) {
  const auto kind = type == nullptr ? Kind::json : type->kind;
  const bool is_text = node.kind() == JsonKind::text;
  if (kind == Kind::timestamp && is_text) return ValueKind::time;
  if (kind == Kind::uuid && is_text) return ValueKind::id;
  const bool is_float = kind == Kind::float32 || kind == Kind::float64;
  const bool is_number = node.kind() == JsonKind::number || node.kind() == JsonKind::integer;
  return is_float && is_number ? ValueKind::decimal : eventstore::kind_of(node);
}

// Whether "erased" stands there for a value that is no text: a file with types has nothing there.
bool is_erased(const Type* type, JsonNode node) {
  if (type == nullptr || node.kind() != JsonKind::text || node.text() != shown_erased) return false;
  return type->kind != Kind::text && type->kind != Kind::enumeration && type->kind != Kind::json &&
         type->kind != Kind::secret_text;
}

class Walk {
 public:
  explicit Walk(OnValue on_value) : on_value_{on_value} {}

  Result<void> enter(const Type* type, JsonNode object) {
    Result<void> walked{};
    object.each_member([&](std::string_view name, JsonNode node) {
      walked = at(name, [&] { return visit(type_within(type, name), node); });
      return walked.has_value();
    });
    return walked;
  }

 private:
  // Calls `work` with the place one member deeper.
  template <class Work> Result<void> at(std::string_view name, Work work) {
    const auto size = place_.size();
    if (size != 0) place_ += '.';
    place_ += name;
    auto worked = work();
    place_.resize(size);
    return worked;
  }

  Result<void> visit(const Type* declared, JsonNode node) {
    const Type* const type = declared == nullptr ? nullptr : &without_optional(*declared);
    if (type != nullptr && is_entered(*type)) {
      // What another alternative of a variant had is no more.
      const bool is_missing = node.kind() == JsonKind::null || is_erased(type, node);
      if (is_missing || type->kind == Kind::variant) EVENTSTORE_TRY(visit_missing(*type));
      if (node.kind() == JsonKind::object) return enter(type, node);
      if (is_missing) return {};
    }
    if (is_erased(type, node)) return on_value_(place_, DataValue{});
    return on_value_(place_, DataValue{kind_of(type, node), node});
  }

  Result<void> visit_missing(const Type& type) {
    for (const auto& field : type.fields) {
      const auto& inner = without_optional(field.type);
      const auto look = [&]() -> Result<void> {
        return is_entered(inner) ? visit_missing(inner) : on_value_(place_, DataValue{});
      };
      const bool stands_here = type.kind == Kind::variant || (field.attributes.has(flattened) && is_entered(inner));
      EVENTSTORE_TRY(stands_here ? look() : at(field.name, look));
    }
    return type.kind == Kind::variant ? at(alternative_member, [&] { return on_value_(place_, DataValue{}); })
                                      : Result<void>{};
  }

  OnValue on_value_;
  std::string place_;
};

}  // namespace

ValueKind kind_of(JsonNode node) {
  switch (node.kind()) {
    case JsonKind::null: return ValueKind::none;
    case JsonKind::boolean: return ValueKind::boolean;
    case JsonKind::integer: return ValueKind::integer;
    case JsonKind::large_integer: return ValueKind::number;
    case JsonKind::text: return ValueKind::text;
    case JsonKind::array:
    case JsonKind::object: return ValueKind::nested;
    case JsonKind::number: break;
  }
  const auto text = node.number_text();
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = text.find_first_of(".eE") == std::string::npos;
  return is_whole || read.ec != std::errc{} ? ValueKind::number : ValueKind::decimal;
}

Result<void> each_value(const Type* type, JsonNode data, OnValue on_value) {
  if (data.kind() != JsonKind::object) return {};
  return Walk{on_value}.enter(type, data);
}

Result<JsonNode> EventData::read(const RecordedEvent& event) {
  type_ = nullptr;
  json_.clear();
  EVENTSTORE_TRY(schemas_.data_to_json(event, json_));
  if (!event.schema.is_none()) {
    EVENTSTORE_TRY_ASSIGN(const auto* const schema, schemas_.find(event.schema));
    type_ = &schema->type;
  }
  return document_.parse(json_);
}

}  // namespace v1
}  // namespace eventstore
