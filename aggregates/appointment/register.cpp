#include <aggregates/aggregates.hpp>
#include <aggregates/appointment/appointment.hpp>
#include <source_hash/appointment.hpp>

namespace domain {

eventstore::AggregateType appointment_type() { return eventstore::aggregate<Appointment>(source_hash::appointment); }

}  // namespace domain
