#include "type_json.hpp"

#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/detail/json_text.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

std::string kind_name(const Type& type) {
  switch (type.kind) {
    case Kind::record: return "record";
    case Kind::list: return "list";
    case Kind::map: return "map";
    default: return describe(type);
  }
}

void append_members(const Type& type, std::string_view attributes, std::string& out);

void append_fields(const Type& record, std::string& out) {
  for (const auto& field : record.fields) {
    if (is_flattened(field)) {
      append_fields(field.type, out);
      continue;
    }
    if (out.back() != '{') out += ',';
    append_json_string(out, field.name);
    out += ':';
    append_members(field.type, field.attributes.has(bookkeeping) ? ",\"bookkeeping\":true" : "", out);
  }
}

void append_members(const Type& type, std::string_view attributes, std::string& out) {
  const bool is_optional = type.kind == Kind::optional;
  const auto& inner = is_optional ? type.element() : type;
  out += "{\"kind\":";
  append_json_string(out, kind_name(inner));
  if (is_optional) out += ",\"optional\":true";
  out += attributes;
  if (inner.kind == Kind::record) {
    out += ",\"fields\":{";
    append_fields(inner, out);
    out += '}';
  } else if (inner.kind == Kind::list || inner.kind == Kind::map) {
    out += ",\"element\":";
    append_members(inner.element(), "", out);
  }
  out += '}';
}

}  // namespace

void append_type_json(const Type& type, std::string& out) { append_members(type, "", out); }

}  // namespace v1
}  // namespace eventstore
