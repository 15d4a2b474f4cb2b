// `customers`: one document a customer, with its profile and the figures of the deliveries to it.
#include <aggregates/customer/customer.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <projections/common/delivery_figures.hpp>
#include <projections/projections.hpp>
#include <source_hash/customers.hpp>

#include <algorithm>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

struct Customers {
  static constexpr auto name = "customers";
  // A customer that only deliveries name has no profile: no version, no createdAt. customer_rating is the mean of what
  // the customer gave; the sums of which it is made stand beside it.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, aggregate_id), (string, name), (string, phone), (optional<string>, email),
                      (optional<string>, address), (CustomerPreferences, preferences), (int64_t, total_deliveries),
                      (int64_t, successful_deliveries), (optional<es::Timestamp>, last_delivery_date),
                      (optional<double>, customer_rating), (int64_t, ratings), (int64_t, ratings_sum),
                      (optional<es::Timestamp>, erased_at), (int64_t, version), (optional<es::Timestamp>, createdAt),
                      (optional<es::Timestamp>, updatedAt));
  };
  using reads = es::Reads<Customer, Delivery>;
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

 private:
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
