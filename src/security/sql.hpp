#pragma once
// Private to the layer: SQLite's handles and errors, under this folder's names.
#include "../sql/connection.hpp"

namespace eventstore::security {

using sql::Connection;
using sql::last_error;
using sql::Moment;
using sql::run_sql;
using sql::Statement;
using sql::Transaction;

}  // namespace eventstore::security
