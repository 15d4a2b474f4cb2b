#include <eventstore/app/arguments.hpp>
#include <eventstore/app/call_function.hpp>
#include <eventstore/app/doctor.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::app {
namespace {

constexpr const char* examining = "examine store";
constexpr const char* recording_function = "log_action";

bool can_record(const Model& model) {
  return std::any_of(model.functions.begin(), model.functions.end(), [](const Function& function) {
    return name_of(function) == recording_function && records(function);
  });
}

Result<void> record_action(Store& store) {
  EVENTSTORE_TRY_ASSIGN(const auto* const function, find_function(store.model(), recording_function, true));
  EVENTSTORE_TRY_ASSIGN(const Bytes arguments,
                        read_arguments(parameters_of(*function),
                                       {fmt::format("user_id={}", doctor_name), "action=view", "resource_type=store",
                                        "resource_id=" + store.log().store_id().to_string()}));
  CallFunction call{};
  call.name = recording_function;
  call.caller.organization_id = doctor_name;
  call.caller.user_id = doctor_name;
  return call_function(store, *function, call, arguments).map([](const Answer&) {});
}

// The stream of the doctor's event behind `before`.
Result<StreamId> written_after(const Store& store, Position before) {
  std::string stream;
  ReadAll behind{};
  behind.from = before.next();
  behind.limit = no_limit;
  behind.filter.organization = doctor_name;
  const auto keep = [&](const RecordedEvent& event) {
    stream = event.stream;
    return false;
  };
  EVENTSTORE_TRY(store.log().visit_all(behind, keep));
  if (stream.empty())
    return failure(Errc::io_failed, examining, store.directory(),
                   "the audit line that was written is not in the log: run `verify`, and look at the disk");
  return StreamId::parse(stream);
}

}  // namespace

Result<void> examine_store(Store& store, OnDoctorRow on_row) {
  EVENTSTORE_TRY(on_row({"connection", DoctorResult::ok, "Database connection established", {}}));
  if (!can_record(store.model())) {
    const auto why = fmt::format("The program has no function {}, so no audit line was written", recording_function);
    EVENTSTORE_TRY(on_row({"queued", DoctorResult::skipped, why, {}}));
    return on_row({"complete", DoctorResult::ok, "Database Logging Test Complete!", {}});
  }
  EVENTSTORE_TRY_ASSIGN(const Position before, store.log().head());
  EVENTSTORE_TRY(record_action(store));
  EVENTSTORE_TRY(on_row({"queued", DoctorResult::ok, "Audit log queued successfully", {}}));
  EVENTSTORE_TRY_ASSIGN(const auto stream, written_after(store, before));
  EVENTSTORE_TRY_ASSIGN(const Version entries, store.log().head(stream));
  const auto found = fmt::format("Found {} audit entries for {}", entries.value, doctor_name);
  EVENTSTORE_TRY(on_row({"found", DoctorResult::ok, found, {}}));
  return on_row({"complete", DoctorResult::ok, "Database Logging Test Complete!", {}});
}

}  // namespace eventstore::app
