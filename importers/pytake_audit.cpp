// PyTake's `audit_logs`: what a user did becomes an action of theirs.
#include <importers/document.hpp>
#include <importers/importers.hpp>

namespace domain {

namespace es = eventstore;

es::Result<es::Converted> convert_pytake_audit(const es::Documented& given) {
  EVENTSTORE_TRY_ASSIGN(auto document, importers::Migrated::begin(given));
  EVENTSTORE_TRY_ASSIGN(const auto user, document.need_text("user_id"));
  EVENTSTORE_TRY_ASSIGN(const auto action, document.need_text("action"));
  EVENTSTORE_TRY_ASSIGN(const auto resource_type, document.need_text("resource_type"));
  EVENTSTORE_TRY_ASSIGN(const auto resource, document.need_text("resource_id"));
  EVENTSTORE_TRY_ASSIGN(const auto created_at, document.need_time("created_at"));
  document.note_metadata("user_id", user);
  document.note_metadata("ip_address", document.take_text("ip_address"));
  document.note_metadata("user_agent", document.take_text("user_agent"));
  importers::Members data;
  data.text("action", action).text("resource_type", resource_type).text("resource_id", resource);
  if (const auto changes = document.take("changes"); changes && changes->kind() == es::JsonKind::object) {
    importers::Taken both{*changes};
    importers::Members shown;
    shown.json("before", both.take("before")).json("after", both.take("after"));
    // PyTake has lines whose changes are the new values alone.
    if (shown.empty() && !both.rest().empty()) shown.raw("after", both.rest());
    data.raw("changes", shown.object());
  }
  document.add("activity", user, "ActionRecorded", data, created_at);
  return document.end();
}

}  // namespace domain
