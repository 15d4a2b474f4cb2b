// `customers`: one document a customer, with its profile, the figures of the deliveries to it, and its last calls.
#include <aggregates/call/call.hpp>
#include <aggregates/customer/customer.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <projections/common/delivery_figures.hpp>
#include <projections/projections.hpp>
#include <source_hash/customers.hpp>

#include <algorithm>
#include <tuple>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

constexpr std::size_t calls_max = 100;

struct CustomerCall {
  EVENTSTORE_FIELDS(CustomerCall, (string, call_id), (es::Timestamp, timestamp), (CallStatus, status),
                    (optional<int64_t>, duration));
};

struct Customers {
  static constexpr auto name = "customers";
  // A customer that only deliveries and calls name has no profile: no version, no createdAt. call_history has the
  // newest calls, the newest last. customer_rating is the mean of what the customer gave; the sums of which it is made
  // stand beside it.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, aggregate_id), (string, name), (string, phone), (optional<string>, email),
                      (optional<string>, address), (CustomerPreferences, preferences),
                      (std::vector<CustomerCall>, call_history), (int64_t, total_deliveries),
                      (int64_t, successful_deliveries), (optional<es::Timestamp>, last_delivery_date),
                      (optional<double>, customer_rating), (int64_t, ratings), (int64_t, ratings_sum),
                      (optional<es::Timestamp>, erased_at), (int64_t, version), (optional<es::Timestamp>, createdAt),
                      (optional<es::Timestamp>, updatedAt));
  };
  using reads = es::Reads<Customer, Delivery, Call>;
  using To = es::Operations<Document>;
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::organization;

  static std::vector<es::Index> indexes() {
    return {es::index_on({"phone"}), es::index_on({"email"}), es::index_on_elements("preferences.preferred_days"),
            es::index_on({"total_deliveries"}), es::index_on({"last_delivery_date"})};
  }

  static void project(const es::Change<Customer>& change, To& to) {
    const auto& state = change.after;
    auto document = empty(string{change.key});
    document.name = state.name;
    document.phone = state.phone;
    document.email = state.email;
    document.address = state.address;
    document.preferences = state.preferences;
    document.erased_at = state.erased_at;
    document.version = static_cast<int64_t>(change.stored_version().value);
    document.createdAt = change.opened_at;
    document.updatedAt = change.metadata.created_at;
    to.upsert<&Document::name, &Document::phone, &Document::email, &Document::address, &Document::preferences,
              &Document::erased_at, &Document::version, &Document::createdAt, &Document::updatedAt>(
        key_in(change.metadata, change.key), std::move(document));
  }

  static void project(const es::Change<Delivery>& change, To& to) {
    const auto was = part_of(change.before);
    const auto is = part_of(change.after);
    if (was == is) return;
    if (was) count(change.metadata, *was, -1, to);
    if (is) count(change.metadata, *is, 1, to);
  }

  static void project(const es::Change<Call>& change, To& to) {
    const auto& call = change.after;
    const auto& before = change.before;
    if (!call.customer_id) return;
    if (before.customer_id == call.customer_id && before.status == call.status && before.duration == call.duration &&
        before.start_time == call.start_time)
      return;
    const CustomerCall entry{string{change.key}, call.start_time.value_or(change.opened_at), call.status,
                             call.duration};
    to.change(key_in(change.metadata, *call.customer_id), empty(*call.customer_id),
              [entry](Document& document) { note(document.call_history, entry); });
  }

 private:
  // Puts the call in the place of what was known of it, and lets the oldest go.
  static void note(std::vector<CustomerCall>& calls, const CustomerCall& call) {
    std::erase_if(calls, [&](const CustomerCall& known) { return known.call_id == call.call_id; });
    const auto is_older = [](const CustomerCall& a, const CustomerCall& b) {
      return std::tie(a.timestamp, a.call_id) < std::tie(b.timestamp, b.call_id);
    };
    calls.insert(std::upper_bound(calls.begin(), calls.end(), call, is_older), call);
    if (calls.size() > calls_max) calls.erase(calls.begin());
  }

  // What a delivery in this state adds, and to whom. One that is not scheduled yet is to nobody.
  struct Part {
    string customer_id;
    DeliveryFigures figures;
    optional<es::Timestamp> delivered_at;
    bool operator==(const Part&) const = default;
  };

  static Document empty(string aggregate_id) {
    Document document{};
    document.aggregate_id = std::move(aggregate_id);
    return document;
  }

  static optional<Part> part_of(const DeliveryState& state) {
    if (is_early(state)) return std::nullopt;
    return Part{state.customer_id, DeliveryFigures::of(state), state.actual_delivery_time};
  }

  // Adds the delivery's figures to those of the customer, or takes them off: `sign` is 1 or -1.
  static void count(const es::Metadata& metadata, const Part& part, int64_t sign, To& to) {
    const auto how = [figures = part.figures, at = part.delivered_at, sign](Document& document) {
      document.total_deliveries += sign * figures.ended;
      document.successful_deliveries += sign * figures.completed;
      document.ratings += sign * figures.ratings;
      document.ratings_sum += sign * figures.ratings_sum;
      document.customer_rating.reset();
      if (document.ratings != 0) document.customer_rating = mean(document.ratings_sum, document.ratings);
      document.last_delivery_date = std::max(document.last_delivery_date, at);
    };
    to.change(key_in(metadata, part.customer_id), empty(part.customer_id), how);
  }
};

}  // namespace

es::ProjectionType customers_projection() { return es::projection<Customers>(source_hash::customers); }

}  // namespace domain
