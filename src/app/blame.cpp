#include <eventstore/app/blame.hpp>
#include <eventstore/history/blame.hpp>

#include "chosen_moment.hpp"
#include "past_stream.hpp"

namespace eventstore::app {
namespace {

BlameRow row_of(const BlamedValue& value, const Blame& blame) {
  BlameRow row{value.path.text()};
  if (!value.value.empty()) row.value = Json{value.value};
  if (const auto found = blame.events.find(value.version); found != blame.events.end()) {
    const auto& event = found->second;
    row.version = value.version.value;
    row.position = event.position.value;
    row.event_id = event.id.to_string();
    row.event_type = event.type;
    row.created_at = event.created_at;
    if (!event.user_id.empty()) row.user_id = event.user_id;
  } else if (value.version != Version{0}) {
    row.dropped_up_to = value.version.value;
  }
  return row;
}

}  // namespace

Result<BlamedStream> blame_stream(const Store& store, const BlameStream& parameters) {
  EVENTSTORE_TRY_ASSIGN(const Moment moment, chosen_moment(parameters.at_version, parameters.at_time,
                                                           parameters.at_position, parameters.by));
  EVENTSTORE_TRY_ASSIGN(const auto past, past_stream(store, parameters.stream));
  StatePath within;
  if (!parameters.path.empty()) {
    EVENTSTORE_TRY_ASSIGN(within, StatePath::parse(past.type->state_schema->type, parameters.path));
  }
  EVENTSTORE_TRY_ASSIGN(const auto found, version_at(store.log(), past.stream, moment));
  EVENTSTORE_TRY_ASSIGN(const auto blamed, blame(store.log(), store.schemas(), *past.type, past.stream, found.version,
                                                 within, parameters.all ? BlameDepth::all : BlameDepth::last));
  BlamedStream shown{{}, found.note()};
  for (const auto& value : blamed.values) shown.rows.push_back(row_of(value, blamed));
  return shown;
}

}  // namespace eventstore::app
