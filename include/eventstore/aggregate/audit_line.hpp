#pragma once
// What an event says of itself in an audit. Most events need nothing for it: the line says who acted, on which stream,
// and which fields of the state changed. An event may name its action, and an aggregate may write more of a line:
//
//   struct OrderWithdrawn {
//     static constexpr auto audit_action = "withdraw";
//     EVENTSTORE_EVENT(OrderWithdrawn, (string, reason));
//   };
//   static void audit(const PageViewed& event, es::AuditLine& line) {   // in the aggregate
//     line.action = "view";
//     line.resource_type = "page";
//     line.resource_id = event.page;
//   }
//
// One overload for each event that says more; the others need none. An overload may take the states too: `audit(const
// Event&, const State& before, const State& after, es::AuditLine&)`. It is pure, as evolve is.
#include <eventstore/schema/json.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// One line of an audit: who did what to what. `audit` gets it filled, and changes what it knows better.
struct AuditLine {
  std::string user_id;  ///< the metadata's; empty where it has none
  std::string action;   ///< the event's `audit_action`; otherwise "create" for a stream's first event, or "update"
  std::string resource_type;  ///< the category, as it was stored
  std::string resource_id;    ///< the key of the stream
  /// `{"before":{…},"after":{…}}`. Empty: the fields of the state that the event changed.
  Json changes{};
};

}  // namespace v1
}  // namespace eventstore
