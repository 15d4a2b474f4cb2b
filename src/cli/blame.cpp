#include <eventstore/app/blame.hpp>

#include <fmt/format.h>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

// As much of a row as a person reads.
struct ShortRow {
  EVENTSTORE_FIELDS(ShortRow, (std::string, path), (Json, value), (std::string, set_by), (std::optional<Timestamp>, at),
                    (std::optional<std::string>, user));
};

// Null and nothing are told apart, which a table's cell would not.
Json shown_value(const app::BlameRow& row) {
  if (!row.value) return {row.version || row.dropped_up_to ? "\"(gone)\"" : "\"(never set)\""};
  return row.value->text == "null" ? Json{"\"null\""} : *row.value;
}

ShortRow short_of(const app::BlameRow& row) {
  ShortRow line{row.path, shown_value(row), "", row.created_at, row.user_id};
  if (row.version) line.set_by = fmt::format("{} {}", *row.version, row.event_type.value_or(""));
  if (row.dropped_up_to) line.set_by = fmt::format("{} or before, dropped", *row.dropped_up_to);
  return line;
}

Result<void> run_blame(Call& call, const app::BlameStream& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto blamed, app::blame_stream(*store, parameters));
  if (!blamed.note.empty()) call.note(blamed.note);
  for (const auto& row : blamed.rows)
    EVENTSTORE_TRY(call.is_for_people() ? call.print(short_of(row)) : call.print(row));
  return {};
}

}  // namespace

void add_blame(CommandGroup& commands) {
  commands.add("blame", "Show which event set each field of an aggregate's state", run_blame,
               {.arguments = {"path"},
                .exclusive = {{"at_version", "at_time"}, {"at_version", "at_position"}, {"at_time", "at_position"}}});
}

}  // namespace eventstore::cli
