// `system_metrics`: one document a recorded metric, and one an operation on an appointment or a notification of it, in
// the spellings of both systems that read it.
#include <aggregates/appointment/appointment.hpp>
#include <aggregates/appointment/operations.hpp>
#include <aggregates/metric/metric.hpp>
#include <projections/common/appointment_operation.hpp>
#include <projections/projections.hpp>
#include <source_hash/system_metrics.hpp>

#include <eventstore/projection/change.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

constexpr std::string_view milliseconds = "ms";

// What operations and notifications are measured with.
struct OperationTags {
  EVENTSTORE_FIELDS(OperationTags, (optional<AppointmentOperation>, operation), (optional<ShiftType>, shiftType),
                    (optional<NotifiedParty>, recipient));
};

struct SystemMetrics {
  static constexpr auto name = "system_metrics";
  static constexpr int keep_days = 180;
  // metric_type and metricType are equal, and so are tags and metadata where an event has one of them. duration is the
  // value of what is measured in milliseconds.
  struct Document {
    EVENTSTORE_FIELDS(Document, (es::Timestamp, timestamp), (string, metric_type), (string, metricType),
                      (double, value), (optional<string>, unit), (optional<double>, duration),
                      (optional<bool>, success), (optional<es::Json>, tags), (optional<es::Json>, metadata),
                      (string, source));
  };
  using reads = es::Reads<Metric, Appointment>;
  using ignores = es::Ignores<AppointmentObserved>;
  using To = es::Operations<Document>;
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::stream;

  static std::vector<es::Index> indexes() {
    return {es::index_on({"timestamp"}), es::index_on({"metric_type", "timestamp"}),
            es::index_on({"source", "timestamp"})};
  }

  static void project(const MetricRecorded& event, const es::Change<Metric>& change, To& to) {
    to.append(change, {.timestamp = change.metadata.created_at,
                       .metric_type = event.metric_type,
                       .metricType = event.metric_type,
                       .value = event.value,
                       .unit = event.unit,
                       .duration = event.unit == milliseconds ? optional{event.value} : std::nullopt,
                       .success = event.success,
                       .tags = event.tags ? event.tags : event.metadata,
                       .metadata = event.metadata ? event.metadata : event.tags,
                       .source = event.source});
  }

  static void project(const AppointmentCreated& event, const es::Change<Appointment>& change, To& to) {
    operation(change, {AppointmentOperation::create, {}, {}}, event.processing_time, true, to);
  }
  static void project(const AppointmentShifted& event, const es::Change<Appointment>& change, To& to) {
    operation(change, {AppointmentOperation::shift, event.shift_type, {}}, event.processing_time, true, to);
  }
  static void project(const AppointmentUpdated& event, const es::Change<Appointment>& change, To& to) {
    operation(change, {AppointmentOperation::update, {}, {}}, event.processing_time, true, to);
  }
  static void project(const AppointmentCancelled& event, const es::Change<Appointment>& change, To& to) {
    operation(change, {AppointmentOperation::cancel, {}, {}}, event.processing_time, true, to);
  }
  static void project(const AppointmentOperationFailed& event, const es::Change<Appointment>& change, To& to) {
    operation(change, {event.operation, {}, {}}, event.processing_time, false, to);
  }
  static void project(const AppointmentNotificationSent& event, const es::Change<Appointment>& change, To& to) {
    notification(change, event.operation_event_id, event.recipient, event.duration, true, to);
  }
  static void project(const AppointmentNotificationFailed& event, const es::Change<Appointment>& change, To& to) {
    notification(change, event.operation_event_id, event.recipient, event.duration, false, to);
  }

 private:
  static void operation(const es::Change<Appointment>& change, const OperationTags& tags, int64_t duration,
                        bool is_success, To& to) {
    measure(change, appointment_operation, tags, duration, is_success, to);
  }

  // With what is known of the operation that it tells of.
  static void notification(const es::Change<Appointment>& change, const es::Uuid& operation_event_id,
                           NotifiedParty recipient, int64_t duration, bool is_success, To& to) {
    OperationTags tags{{}, {}, recipient};
    if (const auto* const told = recent_operation(change.before, operation_event_id)) {
      tags.operation = told->operation;
      tags.shiftType = told->shift_type;
    }
    measure(change, whatsapp_notification, tags, duration, is_success, to);
  }

  static void measure(const es::Change<Appointment>& change, const char* type, const OperationTags& tags,
                      int64_t duration, bool is_success, To& to) {
    const es::Json json{es::to_json(tags)};
    const auto value = static_cast<double>(duration);
    to.append(change, {.timestamp = change.metadata.created_at,
                       .metric_type = type,
                       .metricType = type,
                       .value = value,
                       .unit = string{milliseconds},
                       .duration = value,
                       .success = is_success,
                       .tags = json,
                       .metadata = json,
                       .source = "application"});
  }
};

}  // namespace

es::ProjectionType system_metrics_projection() { return es::projection<SystemMetrics>(source_hash::system_metrics); }

}  // namespace domain
