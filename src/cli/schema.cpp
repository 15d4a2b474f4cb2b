// schema list, show and check.
#include "old_commands.hpp"
#include "output.hpp"
#include "schema_inventory.hpp"

#include <eventstore/schema/differences.hpp>
#include <eventstore/schema/json_text.hpp>

#include <fmt/format.h>

namespace eventstore::cli {
namespace {

std::string_view verdict_of(const KnownSchema& known) {
  if (!known.read) return "not ours";
  switch (known.read->way) {
    case Verdict::Way::same: return "same";
    case Verdict::Way::resolved: return "resolved";
    case Verdict::Way::upcast: return "upcast";
    case Verdict::Way::by_value: return "by value";
    case Verdict::Way::unknown:
    case Verdict::Way::ambiguous:
    case Verdict::Way::breaking: break;
  }
  return "breaking";
}

std::string describe_schema(const KnownSchema& known) {
  auto out = begin_schema_json(known);
  out += fmt::format(R"(,"read":"{}","current":{},"events":{})", verdict_of(known), known.current, known.events);
  if (known.locked != 0) out += fmt::format(",\"locked\":{}", known.locked);
  return out;
}

// Its fields with their types: "scheduled_time": "timestamp".
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
  return known.schema.name == name || known.schema.id.digest.to_string() == name ||
         fmt::format("{}.{}", known.category, known.schema.name) == name;
}

Result<void> list_into(const Setup& setup, const std::string& locks, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto inventory, take_inventory(setup, {locks, true}));
  for (const auto& [key, known] : inventory) EVENTSTORE_TRY(output.write(describe_schema(known) + "}"));
  return output.flush();
}

Result<void> show_into(const Setup& setup, const SchemaOptions& options, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto inventory, take_inventory(setup, {options.locks, true}));
  bool found = false;
  for (const auto& [key, known] : inventory) {
    if (!is_asked_for(known, options.name)) continue;
    found = true;
    auto out = describe_schema(known);
    if (const auto differences = differences_of(setup.program, known); !differences.empty())
      out += ",\"differences\":" + texts_json(differences);
    out += ",\"fields\":" + fields_json(known.schema) + ",\"descriptor\":";
    append_json_string(out, known.schema.descriptor);
    EVENTSTORE_TRY(output.write(out + "}"));
  }
  if (!found)
    return failure(Errc::not_found, "show schema", options.name,
                   "no event type and no schema of this name; `schema list` has those that there are");
  return output.flush();
}

// One line of `check`; false where the schema cannot be read.
Result<bool> check_one(const Setup& setup, const KnownSchema& known, bool has_lock, Output& output) {
  auto out = begin_schema_json(known);
  const auto verdict = verdict_of(known);
  out += fmt::format(R"(,"verdict":"{}")", verdict);
  if (known.locked != 0) out += fmt::format(",\"locked\":{}", known.locked);
  if (known.events != 0) out += fmt::format(",\"events\":{}", known.events);
  const bool reads = !known.read || known.read->reads();
  if (!reads) {
    out += ",\"write\":";
    append_json_string(out, describe_unreadable(*known.read));
  } else if (verdict == "upcast") {
    out += R"(,"how":["read as an old struct in `history`, and handed to its upcaster"])";
  } else if (const auto differences = differences_of(setup.program, known); !differences.empty()) {
    out += ",\"how\":" + texts_json(differences);
  }
  if (known.current && has_lock && known.locked == 0)
    out += R"(,"write":"run `schema lock`: the lock file does not have it yet")";
  EVENTSTORE_TRY(output.write(out + "}"));
  return reads;
}

Result<bool> check_into(const Setup& setup, const SchemaOptions& options, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto inventory, take_inventory(setup, {options.locks, true}));
  bool has_lock = false;
  for (const auto& [key, known] : inventory) has_lock = has_lock || known.locked != 0;
  bool all_read = true;
  for (const auto& [key, known] : inventory) {
    EVENTSTORE_TRY_ASSIGN(const bool reads, check_one(setup, known, has_lock, output));
    all_read = all_read && reads;
  }
  return all_read;
}

}  // namespace

ExitCode schema_list(const Setup& setup, const SchemaOptions& options) {
  Output output{setup.form};
  return output.finish(list_into(setup, options.locks, output));
}

ExitCode schema_show(const Setup& setup, const SchemaOptions& options) {
  Output output{setup.form};
  return output.finish(show_into(setup, options, output));
}

ExitCode schema_check(const Setup& setup, const SchemaOptions& options) {
  Output output{setup.form};
  auto checked = check_into(setup, options, output);
  if (!checked) return output.finish(failure_of(checked));
  const auto finished = output.finish({});
  if (finished == ExitCode::done && !*checked)
    return report({Errc::unreadable_schema, "schema check", "",
                   "events that are stored, or were locked, cannot be read by this build: see the lines above"});
  return finished;
}

}  // namespace eventstore::cli
