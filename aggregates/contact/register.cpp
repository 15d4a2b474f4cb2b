#include <aggregates/aggregates.hpp>
#include <aggregates/contact/contact.hpp>
#include <source_hash/contact.hpp>

namespace domain {

eventstore::AggregateType contact_type() { return eventstore::aggregate<Contact>(source_hash::contact); }

}  // namespace domain
