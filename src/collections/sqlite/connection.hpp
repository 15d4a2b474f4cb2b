#pragma once
// Private to the SQLite engine: SQLite's handles and errors, under this folder's names.
#include <eventstore/collections/sqlite/sqlite_collections.hpp>

#include "../../sql/connection.hpp"

namespace eventstore::engine::sqlite {

using sql::Connection;
using sql::last_error;
using sql::Moment;
using sql::quoted;
using sql::RawValue;
using sql::run_sql;
using sql::Statement;
using sql::table_exists;
using sql::Transaction;

}  // namespace eventstore::engine::sqlite
