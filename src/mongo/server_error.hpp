#pragma once
// What the driver and the server report, as our errors with the remedy of each.
#include <eventstore/core/result.hpp>
#include <string>

#include "driver.hpp"

namespace eventstore::mongo {

/// The error of a command that failed while `during` something, at the server `where`, which is Address::shown().
/// The code is io_failed: no call can be corrected, and nothing is said of whether a write took place. The detail says
/// what to do for the four failures that people meet: a wrong user or password, no server in time, a user who may not
/// read and write, and a connection that broke. The words of the driver or the server follow, but for an authentication
/// that failed: those may name the user.
tl::unexpected<Error> server_error(const bson_error_t& error, std::string during, std::string where);

}  // namespace eventstore::mongo
