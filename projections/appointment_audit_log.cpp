// `appointment_audit_log`: one document an operation on an appointment, which notifications of it complete.
#include <aggregates/appointment/appointment.hpp>
#include <projections/common/appointment_operation.hpp>
#include <projections/projections.hpp>
#include <source_hash/appointment_audit_log.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

struct AppointmentAuditLog {
  static constexpr auto name = "appointment_audit_log";
  static constexpr int keep_days = 365;
  using Document = AppointmentAuditDocument;
  using reads = es::Reads<Appointment>;
  using ignores = es::Ignores<AppointmentObserved>;
  using To = es::Operations<Document>;
  using Change = es::Change<Appointment>;
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::stream;

  static std::vector<es::Index> indexes() {
    return {es::index_on({"appointmentId", "timestamp"}), es::index_on({"timestamp"}), es::index_on({"operation"}),
            es::index_on({"operation", "success"}), es::index_where_not_empty("errors", {"timestamp"})};
  }

  static void project(const AppointmentCreated& event, const Change& change, To& to) {
    add(event, AppointmentOperation::create, change, to);
  }
  static void project(const AppointmentShifted& event, const Change& change, To& to) {
    auto document = operation(event, AppointmentOperation::shift, change);
    document.changeMetadata.shiftType = event.shift_type;
    to.put(change.event_key(), std::move(document));
  }
  static void project(const AppointmentUpdated& event, const Change& change, To& to) {
    add(event, AppointmentOperation::update, change, to);
  }
  static void project(const AppointmentCancelled& event, const Change& change, To& to) {
    add(event, AppointmentOperation::cancel, change, to);
  }
  static void project(const AppointmentOperationFailed& event, const Change& change, To& to) {
    auto document = operation(event, event.operation, change);
    document.success = false;
    document.errors.push_back({event.component, event.error, change.metadata.created_at});
    to.put(change.event_key(), std::move(document));
  }

  // A notification of an operation that the stream does not have completes no line.
  static void project(const AppointmentNotificationSent& event, const Change& change, To& to) {
    to.change(line_of(change, event.operation_event_id), std::nullopt,
              [recipient = event.recipient, message = event.message_id](Document& line) {
                line.changeMetadata.whatsappNotificationSent = true;
                line.changeMetadata.whatsappRecipient = recipient;
                line.changeMetadata.whatsappMessageId = message;
              });
  }
  static void project(const AppointmentNotificationFailed& event, const Change& change, To& to) {
    to.change(line_of(change, event.operation_event_id), std::nullopt,
              [error = AuditedError{event.component, event.error, change.metadata.created_at}](Document& line) {
                line.errors.push_back(error);
              });
  }

 private:
  static string line_of(const Change& change, const es::Uuid& operation_event_id) {
    return es::event_key(change.stream, es::EventId{operation_event_id});
  }

  static optional<AuditedAppointment> audited(const AppointmentState& state) {
    if (!state.is_known) return std::nullopt;
    return AuditedAppointment{state.caller_id,   state.summary,  state.start,     state.end,
                              state.description, state.location, state.attendees, state.status};
  }

  template <class E> static Document operation(const E& event, AppointmentOperation operation, const Change& change) {
    Document document{};
    document.sessionId = event.session_id;
    document.appointmentId = change.key;
    document.callerId = event.caller_id;
    document.operation = operation;
    document.beforeState = audited(change.before);
    document.afterState = audited(change.after);
    document.processingTime = event.processing_time;
    document.timestamp = change.metadata.created_at;
    document.success = true;
    return document;
  }

  template <class E> static void add(const E& event, AppointmentOperation kind, const Change& change, To& to) {
    to.put(change.event_key(), operation(event, kind, change));
  }
};

}  // namespace

es::ProjectionType appointment_audit_log_projection() {
  return es::projection<AppointmentAuditLog>(source_hash::appointment_audit_log);
}

}  // namespace domain
