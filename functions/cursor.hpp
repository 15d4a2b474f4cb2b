#pragma once
// Private to the functions: where a list of documents goes on.
#include <eventstore/projection/function_type.hpp>

namespace domain {

/// A page of documents, which have created_at and position, in the order of these two.
struct TimePage {
  std::string where;  ///< "WHERE organization_id = ?1 AND …"; values from `?2` on
  std::vector<eventstore::SqlValue> values;
  std::int64_t limit;
  std::optional<std::string> cursor;
};

/// The newest `limit` documents of the organization that fulfil `where` and come before the cursor, newest first.
/// Errors: not_found (no collections yet), invalid_argument (limit or cursor); as SqliteCollections::documents.
eventstore::Result<eventstore::Answer> newest_first(const eventstore::FunctionContext& context,
                                                    const eventstore::ProjectionType& projection, const TimePage& page);

/// The number in a cursor. Errors: invalid_argument.
eventstore::Result<std::int64_t> number_in(const std::string& cursor);

/// Errors: invalid_argument.
eventstore::Result<void> check_limit(std::int64_t limit);

/// `count` hours or days back from now. Errors: invalid_argument.
eventstore::Result<void> check_period(const char* name, std::int64_t count);

/// The collections, where `projection`'s may be believed. Errors: as check_live.
eventstore::Result<eventstore::SqliteCollections*> collections_of(const eventstore::FunctionContext& context,
                                                                  const eventstore::ProjectionType& projection);

}  // namespace domain
