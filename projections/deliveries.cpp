// `deliveries`: the present state of each delivery, with its last call and recording, and indexes by person, time,
// priority and place.
#include <aggregates/call/call.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <aggregates/recording/recording.hpp>
#include <projections/projections.hpp>
#include <source_hash/deliveries.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

struct Deliveries {
  static constexpr auto name = "deliveries";
  // call_log_id and recording_id are those of the state, or those of a newer call and recording that name the delivery.
  // createdAt and updatedAt are the source system's names of created_at and updated_at.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, aggregate_id), (DeliveryState, state, , es::flattened), (int64_t, version),
                      (es::Timestamp, created_at), (es::Timestamp, updated_at), (es::Timestamp, createdAt),
                      (es::Timestamp, updatedAt));
  };
  using reads = es::Reads<Delivery, Call, Recording>;
  using To = es::Operations<Document>;
  // The document is the state as this build knows it, which `state` shows too; a build that knows more remakes it.
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::organization;

  static std::vector<es::Index> indexes() {
    return {es::index_on({"status"}),         es::index_on({"customer_id"}), es::index_on({"agent_id"}),
            es::index_on({"scheduled_time"}), es::index_by_rank("priority"), es::index_on({"package_details.fragile"}),
            es::location_on("coordinates"),   es::index_on({"created_at"})};
  }

  static void project(const es::Change<Delivery>& change, To& to) {
    const bool has_new_call = change.before.call_log_id != change.after.call_log_id;
    const bool has_new_recording = change.before.recording_id != change.after.recording_id;
    auto present = document_of(change);
    const auto how = [present, has_new_call, has_new_recording](Document& stored) {
      auto next = present;
      if (!has_new_call) next.state.call_log_id = std::move(stored.state.call_log_id);
      if (!has_new_recording) next.state.recording_id = std::move(stored.state.recording_id);
      stored = std::move(next);
    };
    to.change(change.key, std::move(present), how);
  }

  // A call that comes to be of a delivery is its last one. The delivery's version and times stay: nothing happened to
  // it.
  static void project(const es::Change<Call>& change, To& to) {
    if (!change.after.delivery_id || change.before.delivery_id == change.after.delivery_id) return;
    to.change(*change.after.delivery_id, std::nullopt,
              [id = string{change.key}](Document& delivery) { delivery.state.call_log_id = id; });
  }

  static void project(const es::Change<Recording>& change, To& to) {
    if (!change.after.delivery_id || change.before.delivery_id == change.after.delivery_id) return;
    to.change(*change.after.delivery_id, std::nullopt,
              [id = string{change.key}](Document& delivery) { delivery.state.recording_id = id; });
  }

 private:
  static Document document_of(const es::Change<Delivery>& change) {
    return {.aggregate_id = string{change.key},
            .state = change.after,
            .version = static_cast<int64_t>(change.stored_version().value),
            .created_at = change.opened_at,
            .updated_at = change.metadata.created_at,
            .createdAt = change.opened_at,
            .updatedAt = change.metadata.created_at};
  }
};

}  // namespace

es::ProjectionType deliveries_projection() { return es::projection<Deliveries>(source_hash::deliveries); }

}  // namespace domain
