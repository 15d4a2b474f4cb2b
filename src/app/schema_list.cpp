// Schemas listed, shown and checked.
#include <eventstore/app/schemas.hpp>
#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "schema_inventory.hpp"
#include "unless_zero.hpp"

namespace eventstore::app {
namespace {

SchemaSummary summary_of(const KnownSchema& known) {
  return {known.category, known.schema.name, known.digest(),           std::string{verdict_of(known)},
          known.current,  known.events,      unless_zero(known.locked)};
}

// {"scheduled_time":"timestamp",…}: an object with the fields in their order, which a map would lose.
std::string fields_json(const Schema& schema) {
  std::string out{"{"};
  for (const auto& field : schema.type.fields) {
    if (out.size() > 1) out += ',';
    append_json_string(out, field.name);
    out += ':';
    append_json_string(out, canonical_text(field.type));
  }
  return out + "}";
}

// Two categories may both have an event of a name, so both are shown.
bool is_asked_for(const KnownSchema& known, const std::string& name) {
  return known.schema.name == name || known.digest() == name ||
         fmt::format("{}.{}", known.category, known.schema.name) == name;
}

bool is_read(const KnownSchema& known) { return !known.read || known.read->reads(); }

SchemaVerdict row_of(const Model& model, const KnownSchema& known, bool has_lock) {
  SchemaVerdict row{};
  row.category = known.category;
  row.event_type = known.schema.name;
  row.schema = known.digest();
  row.verdict = verdict_of(known);
  row.locked = unless_zero(known.locked);
  row.events = unless_zero(known.events);
  if (!is_read(known))
    row.write = what_to_write(**find_aggregate(model, known.category), known.schema, *known.read);
  else if (row.verdict == "upcast")
    row.how = {{"read as an old struct in `formerly`, which its upcaster turns into events of today"}};
  else
    row.how = differences_of(model, known);
  if (!known.asks.empty()) row.write = fmt::format("{}", fmt::join(known.asks, "; "));
  if (known.current && has_lock && known.locked == 0 && !known.is_librarys)
    row.write = "run `schema lock`: the lock file does not have this schema yet";
  return row;
}

}  // namespace

Result<void> list_schemas(const SchemaSources& sources, const ListSchemas& parameters,
                          FunctionRef<Result<void>(const SchemaSummary&)> on_schema) {
  EVENTSTORE_TRY_ASSIGN(const auto inventory, take_inventory(sources, parameters.locks));
  for (const auto& [key, known] : inventory) EVENTSTORE_TRY(on_schema(summary_of(known)));
  return {};
}

Result<void> show_schema(const SchemaSources& sources, const ShowSchema& parameters,
                         FunctionRef<Result<void>(const SchemaDetails&)> on_schema) {
  EVENTSTORE_TRY_ASSIGN(const auto inventory, take_inventory(sources, parameters.where.locks));
  bool found = false;
  for (const auto& [key, known] : inventory) {
    if (!is_asked_for(known, parameters.name)) continue;
    found = true;
    EVENTSTORE_TRY(on_schema({summary_of(known), differences_of(sources.model, known), Json{fields_json(known.schema)},
                              known.schema.descriptor}));
  }
  if (found) return {};
  return failure(Errc::not_found, "show schema", parameters.name,
                 "no event type and no schema has this name; `schema list` prints all names");
}

Result<void> check_schemas(const SchemaSources& sources, const ListSchemas& parameters,
                           FunctionRef<Result<void>(const SchemaVerdict&)> on_schema) {
  EVENTSTORE_TRY_ASSIGN(const auto inventory, take_inventory(sources, parameters.locks));
  const bool has_lock =
      std::any_of(inventory.begin(), inventory.end(), [](const auto& each) { return each.second.locked != 0; });
  bool all_read = true;
  for (const auto& [key, known] : inventory) {
    EVENTSTORE_TRY(on_schema(row_of(sources.model, known, has_lock)));
    all_read = all_read && is_read(known);
  }
  if (all_read) return {};
  return failure(Errc::unreadable_schema, "schema check", "",
                 "this build cannot read some stored or locked events: see the lines above");
}

}  // namespace eventstore::app
