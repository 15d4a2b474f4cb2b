#include <eventstore/schema/schema.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// A namespace of its own keeps descriptors apart from every other name that eventstore digests.
const Uuid& schema_namespace() {
  static const Uuid space = Uuid::v5(eventstore_namespace, "schema");
  return space;
}

enum class Marks : std::uint8_t { none, annotated };

void write(const Type& type, Marks marks, std::string& out);

void write_attributes(const Attributes& attributes, std::string& out) {
  if (attributes.has(subject_id)) out += "@subject";
  if (attributes.has(personal_data)) out += "@personal";
}

void write_record(const Type& type, Marks marks, std::string& out) {
  out += '{';
  for (const auto& field : type.fields) {
    if (out.back() != '{') out += ',';
    out += field.name;
    write_attributes(field.attributes, out);
    if (marks == Marks::annotated && field.default_value) out += '=';
    if (marks == Marks::annotated && !field.attributes.was.empty()) (out += '~') += field.attributes.was;
    out += ':';
    write(field.type, marks, out);
  }
  out += '}';
}

void write_variant(const Type& type, Marks marks, std::string& out) {
  out += "variant(";
  for (const auto& alternative : type.fields) {
    if (out.back() != '(') out += '|';
    out += alternative.name;
    write_record(alternative.type, marks, out);
  }
  out += ')';
}

void write_enumeration(const Type& type, std::string& out) {
  out += "enum(";
  for (const auto& name : type.enumerators) {
    if (out.back() != '(') out += '|';
    out += name;
  }
  out += ')';
}

void write(const Type& type, Marks marks, std::string& out) {
  switch (type.kind) {
    case Kind::optional:
      write(type.element(), marks, out);
      out += '?';
      break;
    case Kind::list:
      out += '[';
      write(type.element(), marks, out);
      out += ']';
      break;
    case Kind::map:
      out += "map<";
      write(type.element(), marks, out);
      out += '>';
      break;
    case Kind::array:
      out += "array<" + std::to_string(type.count) + '*';
      write(type.element(), marks, out);
      out += '>';
      break;
    case Kind::set:
      out += "set<";
      write(type.element(), marks, out);
      out += '>';
      break;
    case Kind::variant: write_variant(type, marks, out); break;
    case Kind::record: write_record(type, marks, out); break;
    case Kind::enumeration: write_enumeration(type, out); break;
    default: out += describe(type);
  }
}

}  // namespace

std::string canonical_text(const Type& type) {
  std::string text;
  write(type, Marks::none, text);
  return text;
}

std::string annotated_text(const Type& type) {
  std::string text;
  write(type, Marks::annotated, text);
  return text;
}

SchemaId Schema::id_of(std::string_view descriptor) { return SchemaId{Uuid::v5(schema_namespace(), descriptor)}; }

Schema Schema::of(std::string name, Type type) {
  std::string descriptor = name + canonical_text(type);
  const auto id = id_of(descriptor);
  const auto has_encrypted = has_encrypted_values(type);
  return Schema{std::move(name), std::move(type), std::move(descriptor), id, has_encrypted};
}

bool has_encrypted_values(const Type& type) {
  if (type.kind == Kind::secret_text) return true;
  return std::ranges::any_of(type.of, has_encrypted_values) || std::ranges::any_of(type.fields, [](const Field& field) {
           return field.attributes.has(personal) || has_encrypted_values(field.type);
         });
}

}  // namespace v1
}  // namespace eventstore
