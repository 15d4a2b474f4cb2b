#pragma once
// Private to the functions: the cursor of a list's next page.
#include <functions/documents.hpp>

namespace domain {

/// "<created_at> <position>" of the document after which the page begins. Errors: invalid_argument.
eventstore::Result<std::optional<eventstore::Cursor>> time_cursor(const std::optional<std::string>& text);
std::string time_cursor_text(const eventstore::Cursor& cursor);

/// The newest `limit` of `documents`, which have created_at and position, that come before the cursor, newest first.
/// Errors: invalid_argument (cursor); as DocumentsOf::find.
template <class D>
eventstore::Result<eventstore::PageOf<std::string>> newest_first(const eventstore::DocumentsOf<D>& documents,
                                                                 std::int64_t limit,
                                                                 const std::optional<std::string>& cursor) {
  EVENTSTORE_TRY_ASSIGN(auto after, time_cursor(cursor));
  EVENTSTORE_TRY_ASSIGN(auto page, documents.find(documents.template newest_by<&D::created_at, &D::position>(), after,
                                                  static_cast<std::size_t>(limit)));
  return eventstore::PageOf<std::string>{std::move(page.documents), page.next ? time_cursor_text(*page.next) : ""};
}

/// The number in a cursor. Errors: invalid_argument.
eventstore::Result<std::int64_t> number_in(const std::string& cursor);

/// 0 is a limit too, of an empty page. Errors: invalid_argument.
eventstore::Result<void> check_limit(std::int64_t limit);

/// `count` hours or days back from now. Errors: invalid_argument.
eventstore::Result<void> check_period(const char* name, std::int64_t count);

}  // namespace domain
