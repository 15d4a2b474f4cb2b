// DelAuto's `deliveries`: the scheduling, what tracking_events tell in their order, and what the document tells
// besides. It names one agent, the last: earlier ones are not known.
#include <importers/document.hpp>
#include <importers/importers.hpp>
#include <importers/point.hpp>

namespace domain {

namespace es = eventstore;
using std::optional, std::string;

namespace {

using importers::Members;
using importers::Migrated;

// A place with its number, weight and so on; what else a package has stays in the metadata.
string package_of(es::JsonNode package, bool& is_whole) {
  importers::Taken taken{package};
  Members details;
  for (const auto* const name : {"weight", "value", "fragile", "signature_required", "special_instructions"})
    details.json(name, taken.take(name));
  for (const auto* const name : {"length", "width", "height"}) details.json(name, taken.take(name));
  if (const auto size = taken.take("dimensions"); size && size->kind() == es::JsonKind::object) {
    importers::Taken sides{*size};
    Members dimensions;
    for (const auto* const name : {"length", "width", "height"}) dimensions.json(name, sides.take(name));
    details.raw("dimensions", dimensions.object());
    is_whole = sides.rest().empty();
  }
  is_whole = is_whole && taken.rest().empty();
  return details.object();
}

class DeliveryHistory {
 public:
  DeliveryHistory(Migrated& document, es::JsonNode root, es::Timestamp created_at, string scheduled_time)
      : document_{document},
        root_{root},
        created_at_{created_at},
        last_at_{created_at},
        scheduled_time_{std::move(scheduled_time)} {
    agent_ = document.take_text("agent_id");
    delivered_at_ = document.take_time("actual_delivery_time");
    retries_ = document.take_whole("retry_count").value_or(0);
  }

  void schedule(const string& customer, const string& address) {
    Members data;
    data.text("customer_id", customer).text("address", address);
    const auto place = root_.find("coordinates");
    const auto point = importers::point_of(place);
    importers::add_point(data, point);
    if (point) document_.pass("coordinates");
    data.text("scheduled_time", scheduled_time_)
        .json("estimated_duration", document_.take("estimated_duration"))
        .json("priority", document_.take("priority"))
        .json("max_retries", document_.take("max_retries"));
    if (const auto package = root_.find("package_details"); package && package->kind() == es::JsonKind::object) {
      bool is_whole = true;
      data.raw("package_details", package_of(*package, is_whole));
      if (is_whole) document_.pass("package_details");
    }
    add("DeliveryScheduled", data, created_at_);
  }

  void track() {
    const auto list = root_.find("tracking_events");
    const bool is_list = list && list->kind() == es::JsonKind::array;
    retries_to_tell_ = retries_ - (is_list ? count_retries(*list) : 0);
    // Tries of which nothing is told were before what is told.
    if (retries_to_tell_ > 0) add_retry(retries_to_tell_, created_at_);
    if (!is_list) return;
    bool is_whole = true;
    list->each_element([&](es::JsonNode each) {
      if (each.kind() == es::JsonKind::object)
        track(importers::Taken{each}, is_whole);
      else
        is_whole = false;
      return true;
    });
    if (is_whole) document_.pass("tracking_events");
  }

  // The status that the document has, where its tracking does not lead to it.
  void arrive(es::Timestamp changed_at) {
    const auto status = document_.take_text("status").value_or("scheduled");
    const auto at = std::max(changed_at, last_at_);
    if (status == status_) return;
    if (status == "scheduled") {
      if (status_ == "failed") return add_retry(std::max<std::int64_t>(retries_, 1), at);
      return document_.leave_out("status is scheduled after " + status_ + ": the delivery stays " + status_);
    }
    if (agent_ && status_ == "scheduled" && is_step(status) && status != "assigned" && status != "cancelled")
      add_step("assigned", {}, Members{}, at);
    if (!add_step(status, {}, Members{}, at))
      document_.leave_out("status is none that deliveries have, or lacks its agent: the delivery is " + status_);
  }

  void end(es::Timestamp changed_at) {
    const auto at = std::max(changed_at, last_at_);
    Members links;
    links.text_if("call_log_id", document_.take_text("call_log_id"))
        .text_if("recording_id", document_.take_text("recording_id"));
    if (!links.empty()) add("DeliveryCallLinked", links, at);
    const auto feedback = root_.find("customer_feedback");
    if (!feedback || feedback->kind() != es::JsonKind::object) return;
    importers::Taken said{*feedback};
    const auto rating = said.take_whole("rating");
    if (!rating) return;  // words without a rating stay in the metadata
    Members data;
    data.number("rating", *rating).text_if("comments", said.take_text("comments"));
    add("DeliveryFeedbackReceived", data, at);
    if (said.rest().empty()) document_.pass("customer_feedback");
  }

 private:
  void add(std::string_view type, const Members& data, es::Timestamp at) {
    document_.add("delivery", document_.id(), type, data, at);
    last_at_ = at;
  }
  void add_retry(std::int64_t count, es::Timestamp at) {
    Members data;
    data.text("scheduled_time", scheduled_time_).number("retry_count", count);
    add("DeliveryRetried", data, at);
    status_ = "scheduled";
  }

  // Whether the step gives the delivery a status: an assignment needs its agent.
  [[nodiscard]] bool is_step(std::string_view status) const {
    if (status == "assigned") return agent_.has_value();
    return status == "in_transit" || status == "completed" || status == "failed" || status == "cancelled";
  }

  // How often a failed delivery is scheduled again.
  [[nodiscard]] std::int64_t count_retries(es::JsonNode list) const {
    std::int64_t retries = 0;
    string now{"scheduled"};
    list.each_element([&](es::JsonNode each) {
      if (each.kind() != es::JsonKind::object) return true;
      const auto status = importers::Taken{each}.take_text("status").value_or("");
      const bool is_retry = now == "failed" && status == "scheduled";
      if (is_retry) ++retries;
      if (is_retry || is_step(status)) now = status;
      return true;
    });
    return retries;
  }

  void track(importers::Taken step, bool& is_whole) {
    const auto status = step.take_text("status");
    const auto at = step.take_time("timestamp").value_or(last_at_);
    const auto place = step.take("location");
    const auto point = importers::point_of(place);
    const auto notes = step.take_text("notes");
    if (!status || (place && !point) || !step.rest().empty()) is_whole = false;
    if (!status) return;
    Members where;
    importers::add_point(where, point);
    if (*status == "scheduled") {
      if (status_ == "failed") {
        ++told_retries_;
        return add_retry(std::max<std::int64_t>(0, retries_to_tell_) + told_retries_, at);
      }
      if (status_ == "scheduled" && !notes && !point) return;  // the scheduling itself
    }
    if (*status == "scheduled" || !add_step(*status, notes, where, at)) {
      where.text("status", *status).text_if("notes", notes);
      add("DeliveryTracked", where, at);
    }
  }

  // False where the status is none of the delivery's, or lacks what it needs.
  bool add_step(const string& status, const optional<string>& notes, Members data, es::Timestamp at) {
    if (!is_step(status)) return false;
    if (status == "assigned") {
      Members assigned;
      assigned.text("agent_id", *agent_).text_if("notes", notes);
      add("DeliveryAssigned", assigned, at);
    } else if (status == "in_transit") {
      add("DeliveryDeparted", data.text_if("notes", notes), at);
    } else if (status == "completed") {
      add("DeliveryCompleted", data.time("actual_delivery_time", delivered_at_.value_or(at)).text_if("notes", notes),
          at);
    } else if (status == "failed") {
      add("DeliveryFailed", data.text("reason", notes.value_or("not told")), at);
    } else {
      Members cancelled;
      cancelled.text_if("reason", notes);
      add("DeliveryCancelled", cancelled, at);
    }
    status_ = status;
    return true;
  }

  Migrated& document_;
  es::JsonNode root_;
  es::Timestamp created_at_;
  es::Timestamp last_at_;
  string scheduled_time_;
  string status_{"scheduled"};
  optional<string> agent_;
  optional<es::Timestamp> delivered_at_;
  std::int64_t retries_ = 0;
  std::int64_t retries_to_tell_ = 0;
  std::int64_t told_retries_ = 0;
};

}  // namespace

es::Result<es::Converted> convert_delauto_deliveries(const es::Documented& given) {
  EVENTSTORE_TRY_ASSIGN(auto document, Migrated::begin(given));
  EVENTSTORE_TRY_ASSIGN(const auto customer, document.need_text("customer_id"));
  EVENTSTORE_TRY_ASSIGN(const auto address, document.need_text("address"));
  EVENTSTORE_TRY_ASSIGN(const auto scheduled_time, document.need_time("scheduled_time"));
  const auto created_at = document.take_time("createdAt").value_or(scheduled_time);
  const auto changed_at = document.take_time("updatedAt").value_or(created_at);
  DeliveryHistory history{document, given.root, created_at, scheduled_time.to_string()};
  history.schedule(customer, address);
  history.track();
  history.arrive(changed_at);
  history.end(changed_at);
  return document.end();
}

}  // namespace domain
