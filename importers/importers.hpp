#pragma once
// Converters of what the systems before have, for `import --from NAME`. A converter is a file that defines
// convert_<name>(), and one line here registers it; in its name for people a `-` stands for each `_`.
#include <eventstore/app/converter.hpp>

#include <vector>

// clang-format off
#define DOMAIN_MIGRATIONS(migration)                                                                     \
  migration(pytake_messages, "PyTake's message_logs: messages with the status that they have come to")   \
  migration(pytake_audit, "PyTake's audit_logs: what users did")                                         \
  migration(pytake_analytics, "PyTake's analytics: numbers that were measured")                          \
  migration(appointment_audit, "the voice agent's appointment_audit_log: operations on appointments")    \
  migration(delauto_deliveries, "DelAuto's deliveries, with what their tracking_events tell")            \
  migration(delauto_calls, "DelAuto's calllogs: calls with their recordings and analyses")               \
  migration(calendar_events, "the calendar assistant's events")
// clang-format on

namespace domain {

#define DOMAIN_DECLARE_MIGRATION(name, does) \
  eventstore::Result<eventstore::Converted> convert_##name(const eventstore::Documented& document);
DOMAIN_MIGRATIONS(DOMAIN_DECLARE_MIGRATION)
#undef DOMAIN_DECLARE_MIGRATION

/// All of them.
std::vector<eventstore::Converter> all_importers();

}  // namespace domain
