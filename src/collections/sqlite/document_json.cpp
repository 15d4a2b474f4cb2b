#include "document_json.hpp"

#include <eventstore/schema/detail/json_text.hpp>

namespace eventstore::engine::sqlite {
namespace {

void append_value(const Type& type, const Statement& statement, int column, std::string& out) {
  switch (type.kind) {
    case Kind::boolean: out += statement.integer(column) != 0 ? "true" : "false"; return;
    case Kind::float32:
    case Kind::float64: append_json_number(out, statement.real(column)); return;
    case Kind::uint64: append_json_number(out, static_cast<std::uint64_t>(statement.integer(column))); return;
    case Kind::bytes: append_json_bytes(out, statement.text(column)); return;
    case Kind::timestamp: {
      const auto time = Timestamp::parse(statement.text(column));
      append_json_string(out, time ? time->to_string() : std::string{statement.text(column)});
      return;
    }
    case Kind::json: out += statement.text(column).empty() ? std::string_view{"null"} : statement.text(column); return;
    case Kind::list:
    case Kind::map:
    case Kind::set:
    case Kind::array:
    case Kind::variant:
    case Kind::record: out += statement.text(column); return;
    case Kind::text:
    case Kind::uuid:
    case Kind::secret_text:
    case Kind::enumeration: append_json_string(out, statement.text(column)); return;
    default: append_json_number(out, statement.integer(column));
  }
}

}  // namespace

void append_document(const CollectionShape& shape, const Statement& statement, std::string& out) {
  out += "{\"_id\":";
  append_json_string(out, statement.text(0));
  out += ",\"organization_id\":";
  append_json_string(out, statement.text(1));
  int column = 2;
  for (const auto& each : shape.columns) {
    const int place = column++;
    if (statement.column_type(place) == SQLITE_NULL) continue;
    out += ',';
    append_json_string(out, each.name);
    out += ':';
    append_value(each.type, statement, place, out);
  }
  out += '}';
}

void append_field(const Type* type, const Statement& statement, int column, std::string& out) {
  if (type != nullptr) return append_value(*type, statement, column, out);
  switch (statement.column_type(column)) {
    case SQLITE_INTEGER: append_json_number(out, statement.integer(column)); return;
    case SQLITE_FLOAT: append_json_number(out, statement.real(column)); return;
    case SQLITE_BLOB: append_json_bytes(out, statement.text(column)); return;
    default: append_json_string(out, statement.text(column));
  }
}

}  // namespace eventstore::engine::sqlite
