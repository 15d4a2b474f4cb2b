// The voice agent's `appointment_audit_log`: an operation becomes its event, behind the appointment as the operation
// found it, and before what was told of it to others.
#include <importers/document.hpp>
#include <importers/importers.hpp>

#include <eventstore/core/uuid.hpp>

namespace domain {

namespace es = eventstore;
using std::optional, std::string;

namespace {

using importers::Members;
using importers::Migrated;
using importers::Taken;

// One time of an appointment, which calendars also write as {"dateTime": …}.
optional<es::Timestamp> time_in(Taken& state, std::string_view name) {
  if (const auto plain = state.take_time(name)) return plain;
  const auto wrapped = state.take(name);
  return wrapped && wrapped->kind() == es::JsonKind::object ? Taken{*wrapped}.take_time("dateTime") : std::nullopt;
}

// What the calendar has of an appointment: only members that events have.
struct AppointmentState {
  explicit AppointmentState(es::JsonNode node) {
    Taken state{node};
    summary = state.take_text("summary");
    start = time_in(state, "start");
    end = time_in(state, "end");
    description = state.take_text("description");
    location = state.take_text("location");
    attendees = state.take("attendees");
    state.pass("id");
    state.pass("status");
    is_whole = state.rest().empty();
  }

  void times(Members& to) const {
    if (start) to.time("start", *start);
    if (end) to.time("end", *end);
  }
  void words(Members& to) const {
    to.text_if("description", description).text_if("location", location).json("attendees", attendees);
  }

  optional<string> summary;
  optional<es::Timestamp> start;
  optional<es::Timestamp> end;
  optional<string> description;
  optional<string> location;
  optional<es::JsonNode> attendees;
  bool is_whole = false;
};

optional<AppointmentState> state_in(Migrated& document, es::JsonNode root, std::string_view name) {
  const auto node = root.find(name);
  if (!node || node->kind() != es::JsonKind::object) {
    document.take(name);
    return std::nullopt;
  }
  AppointmentState state{*node};
  if (state.is_whole) document.pass(name);
  return state;
}

constexpr std::string_view category = "appointment";

// The members that all events of an operation have.
struct Operation {
  string appointment;
  string session;
  string caller;
  string name;
  std::int64_t processing_time = 0;
  es::Timestamp at{};

  [[nodiscard]] Members begun() const {
    Members data;
    data.text("session_id", session).text("caller_id", caller);
    return data;
  }
};

// What the operation changed of what was written.
void add_changed_words(const optional<AppointmentState>& before, const AppointmentState& after, Members& to) {
  const auto changed = [](const optional<string>& old, const optional<string>& now) {
    return now && now != old ? now : std::nullopt;
  };
  to.text_if("summary", changed(before ? before->summary : std::nullopt, after.summary))
      .text_if("description", changed(before ? before->description : std::nullopt, after.description))
      .text_if("location", changed(before ? before->location : std::nullopt, after.location))
      .json("attendees", after.attendees);
}

es::Result<string> add_success(Migrated& document, const Operation& operation, optional<string> shift_type,
                               const optional<AppointmentState>& before, const optional<AppointmentState>& after) {
  auto data = operation.begun();
  const auto add = [&](std::string_view type) {
    data.number("processing_time", operation.processing_time);
    return document.add(category, operation.appointment, type, data, operation.at);
  };
  if (operation.name == "cancel") return add("AppointmentCancelled");
  if (!after)
    return es::failure(es::Errc::invalid_argument, "convert document", "afterState",
                       "the operation succeeded and has no state after it: no event can tell it without");
  if (operation.name == "create") {
    data.text_if("summary", after->summary);
    after->times(data);
    after->words(data);
    return add("AppointmentCreated");
  }
  if (operation.name == "shift") {
    after->times(data);
    data.text_if("shift_type", shift_type);
    return add("AppointmentShifted");
  }
  if (operation.name == "update") {
    add_changed_words(before, *after, data);
    return add("AppointmentUpdated");
  }
  return es::failure(es::Errc::invalid_argument, "convert document", "operation",
                     "an operation is shift, cancel, create or update");
}

// Calls `each` with component and error of every entry.
template <class Each> void each_error(const optional<es::JsonNode>& errors, Each each) {
  if (!errors || errors->kind() != es::JsonKind::array) return;
  errors->each_element([&](es::JsonNode node) {
    if (node.kind() != es::JsonKind::object) return true;
    Taken error{node};
    each(error.take_text("component").value_or("unknown"), error.take_text("error").value_or("not told"));
    return true;
  });
}

// An operation that failed tells its first error; the others stay in the metadata.
void add_failure(Migrated& document, const Operation& operation, const optional<es::JsonNode>& errors) {
  optional<std::pair<string, string>> first;
  std::size_t count = 0;
  each_error(errors, [&](string component, string error) {
    if (++count == 1) first.emplace(std::move(component), std::move(error));
  });
  if (count == 1) document.pass("errors");
  auto data = operation.begun();
  data.text("operation", operation.name)
      .text("component", first ? first->first : "unknown")
      .text("error", first ? first->second : "not told")
      .number("processing_time", operation.processing_time);
  document.add(category, operation.appointment, "AppointmentOperationFailed", data, operation.at);
}

// What was told of a successful operation. How long that took, the document does not say.
void add_notifications(Migrated& document, const Operation& operation, const string& operation_event_id,
                       const optional<es::JsonNode>& about, const optional<es::JsonNode>& errors) {
  optional<string> recipient;
  bool is_sent = false;
  optional<string> message_id;
  if (about) {
    Taken change{*about};
    const auto sent = change.take("whatsappNotificationSent");
    is_sent = sent && sent->kind() == es::JsonKind::boolean && sent->boolean();
    recipient = change.take_text("whatsappRecipient");
    message_id = change.take_text("whatsappMessageId");
  }
  const auto begun = [&] {
    Members data;
    data.text("operation_event_id", operation_event_id).text("recipient", recipient.value_or("office"));
    return data;
  };
  if (is_sent) {
    auto data = begun();
    data.text("message_id", message_id.value_or("")).number("duration", 0);
    document.add(category, operation.appointment, "AppointmentNotificationSent", data, operation.at);
  }
  bool all_told = true;
  each_error(errors, [&](const string& component, const string& error) {
    if (component != "whatsapp_notification") {
      all_told = false;
      return;
    }
    auto data = begun();
    data.text("component", component).text("error", error).number("duration", 0);
    document.add(category, operation.appointment, "AppointmentNotificationFailed", data, operation.at);
  });
  if (all_told) document.pass("errors");
}

void observe(Migrated& document, const Operation& operation, const optional<AppointmentState>& before) {
  if (!before || operation.name == "create") return;
  Members data;
  data.text("caller_id", operation.caller).text_if("summary", before->summary);
  before->times(data);
  before->words(data);
  document.add(category, operation.appointment, "AppointmentObserved", data, operation.at);
}

}  // namespace

es::Result<es::Converted> convert_appointment_audit(const es::Documented& given) {
  EVENTSTORE_TRY_ASSIGN(auto document, Migrated::begin(given));
  Operation operation{};
  EVENTSTORE_TRY_ASSIGN(operation.appointment, document.need_text("appointmentId"));
  EVENTSTORE_TRY_ASSIGN(operation.name, document.need_text("operation"));
  EVENTSTORE_TRY_ASSIGN(operation.at, document.need_time("timestamp"));
  operation.session = document.take_text("sessionId").value_or("");
  operation.caller = document.take_text("callerId").value_or("");
  operation.processing_time = document.take_whole("processingTime").value_or(0);
  const auto before = state_in(document, given.root, "beforeState");
  const auto after = state_in(document, given.root, "afterState");
  const auto errors = given.root.find("errors");
  const auto change = document.take("changeMetadata");
  const auto about = change && change->kind() == es::JsonKind::object ? change : std::nullopt;
  const auto shift_type = about ? Taken{*about}.take_text("shiftType") : std::nullopt;
  const auto success = document.take("success");
  observe(document, operation, before);
  if (success && success->kind() == es::JsonKind::boolean && !success->boolean()) {
    add_failure(document, operation, errors);
    return document.end();
  }
  EVENTSTORE_TRY_ASSIGN(const auto event_id, add_success(document, operation, shift_type, before, after));
  add_notifications(document, operation, event_id, about, errors);
  return document.end();
}

}  // namespace domain
