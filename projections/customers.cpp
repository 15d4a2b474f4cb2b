// `customers`: one document a customer, with its profile and the figures of the deliveries to it.
#include <aggregates/customer/customer.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <projections/common/delivery_figures.hpp>
#include <projections/projections.hpp>
#include <source_hash/customers.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

struct Customers {
  static constexpr auto name = "customers";
  // A customer that only deliveries name has no profile: no version, no createdAt. The customer's rating is the mean,
  // ratings_sum / ratings: sums alone can be added to.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, aggregate_id), (string, name), (string, phone), (optional<string>, email),
                      (optional<string>, address), (CustomerPreferences, preferences), (int64_t, total_deliveries),
                      (int64_t, successful_deliveries), (optional<es::Timestamp>, last_delivery_date),
                      (int64_t, ratings), (int64_t, ratings_sum), (optional<es::Timestamp>, erased_at),
                      (int64_t, version), (optional<es::Timestamp>, createdAt), (optional<es::Timestamp>, updatedAt));
  };
  using reads = es::Reads<Customer, Delivery>;
  using To = es::Operations<Document>;
  using Part = es::Contribution<Document>;
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::organization;

  static std::vector<es::Index> indexes() {
    return {es::index_on({"phone"}), es::index_on({"email"}), es::index_on({"total_deliveries"}),
            es::index_on({"last_delivery_date"})};
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
    to.contribute<&Document::total_deliveries, &Document::successful_deliveries, &Document::ratings,
                  &Document::ratings_sum>(part_of(change.metadata, change.before),
                                          part_of(change.metadata, change.after));
    note_delivery(change, to);
  }

 private:
  static Document empty(string aggregate_id) {
    Document document{};
    document.aggregate_id = std::move(aggregate_id);
    return document;
  }

  // What a delivery in this state adds, and to whom. One that is not scheduled yet is to nobody.
  static optional<Part> part_of(const es::Metadata& metadata, const DeliveryState& state) {
    if (is_early(state)) return std::nullopt;
    const auto figures = DeliveryFigures::of(state);
    auto document = empty(state.customer_id);
    document.total_deliveries = figures.ended;
    document.successful_deliveries = figures.completed;
    document.ratings = figures.ratings;
    document.ratings_sum = figures.ratings_sum;
    return Part{key_in(metadata, state.customer_id), std::move(document)};
  }

  // A date is no sum: the one that the log has last counts.
  static void note_delivery(const es::Change<Delivery>& change, To& to) {
    const auto& before = change.before;
    const auto& after = change.after;
    if (is_early(after) || !after.actual_delivery_time) return;
    if (before.actual_delivery_time == after.actual_delivery_time && before.customer_id == after.customer_id) return;
    auto document = empty(after.customer_id);
    document.last_delivery_date = after.actual_delivery_time;
    to.upsert<&Document::last_delivery_date>(key_in(change.metadata, after.customer_id), std::move(document));
  }
};

}  // namespace

es::ProjectionType customers_projection() { return es::projection<Customers>(source_hash::customers); }

}  // namespace domain
