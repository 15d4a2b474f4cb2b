#pragma once
// The person and the organization for whom events are written.
#include <eventstore/core/result.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/fields.hpp>

namespace eventstore::app {

struct Caller {
  EVENTSTORE_FIELDS(Caller, (std::string, organization_id, "default", help("Organization that the events belong to")),
                    (std::string, user_id, "", help("User id in the events' metadata")),
                    (std::string, ip_address, "", help("IP address in the events' metadata")));

  /// As metadata of the events that are written. Errors: invalid_argument, an organization with characters that nobody
  /// sees.
  [[nodiscard]] Result<Metadata> metadata() const;
};

}  // namespace eventstore::app
