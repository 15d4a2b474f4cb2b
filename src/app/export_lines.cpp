#include <eventstore/app/export.hpp>
#include <eventstore/security/encrypted_line.hpp>

namespace eventstore::app {
namespace {

Result<void> append_clear_line(const RecordedEvent& event, const SchemaReader& schemas, std::string& line) {
  const auto erased = erased_stand_ins(event, erased_value_json);
  std::string data;
  EVENTSTORE_TRY(schemas.data_to_json(event, data, {.secrets = ShownSecrets::revealed, .stand_ins = erased}));
  return append_event_line(event, data, line);
}

}  // namespace

Result<void> export_lines(const Store& store, const Export& parameters,
                          FunctionRef<Result<void>(std::string_view line)> on_line, const Following& following) {
  std::string line;
  const auto print = [&](const RecordedEvent& event) -> Result<void> {
    line.clear();
    EVENTSTORE_TRY(parameters.clear ? append_clear_line(event, store.schemas(), line)
                                    : append_encrypted_line(event, store.schemas(), line));
    return on_line(line);
  };
  return read(store.log(), parameters.events, print, following,
              parameters.clear ? ReadForm::clear : ReadForm::as_stored);
}

}  // namespace eventstore::app
