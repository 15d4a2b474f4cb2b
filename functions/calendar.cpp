// get_user_by_email, get_user_events, get_active_session, get_user_agent_logs; and the functions of the calendar
// assistant by name.
#include <functions/calendar.hpp>
#include <functions/documents.hpp>
#include <functions/groups.hpp>

#include <fmt/format.h>
#include <aggregates/common/person_forms.hpp>
#include <projections/projections.hpp>

namespace domain {

namespace es = eventstore;

namespace {

constexpr std::int64_t calendar_list_max = 1'000;

// The documents with all their fields.
template <class Stored> es::Result<es::PageOf<Stored>> stored(es::Result<es::PageOf<std::string>> page) {
  if (!page) return es::failure_of(page);
  es::PageOf<Stored> typed{{}, std::move(page->next_cursor)};
  for (const auto& json : page->documents) {
    EVENTSTORE_TRY_ASSIGN(const es::Bytes bytes,
                          es::json_to_bytes(es::schema_of<Stored>().type, json, es::stored_json));
    EVENTSTORE_TRY_ASSIGN(Stored document, es::decode<Stored>(bytes));
    typed.documents.push_back(std::move(document));
  }
  return typed;
}

template <class Stored> es::Result<std::optional<Stored>> first(es::Result<es::PageOf<std::string>> page) {
  auto found = stored<Stored>(std::move(page));
  if (!found) return es::failure_of(found);
  if (found->documents.empty()) return std::optional<Stored>{};
  return std::optional<Stored>{std::move(found->documents.front())};
}

es::Result<void> check_list_limit(const char* during, std::int64_t limit) {
  if (limit >= 0 && limit <= calendar_list_max) return {};
  return es::failure(es::Errc::invalid_argument, during, "limit", fmt::format("expected 0 to {}", calendar_list_max));
}

// What ended at the very start of the time overlaps it only if it also began then.
bool overlaps_from(const CalendarEventDocument& event, es::Timestamp start) {
  return event.end > start || event.start >= start;
}

}  // namespace

es::Result<std::optional<StoredUser>> get_user_by_email(const es::AskContext& context,
                                                        const GetUserByEmail& parameters) {
  static const es::ProjectionType users = users_projection();
  EVENTSTORE_TRY_ASSIGN(const auto documents, documents_of<UserDocument>(context, users));
  return first<StoredUser>(
      documents.where<&UserDocument::email>(email_form(parameters.email)).oldest_json<&UserDocument::created_at>(1));
}

es::Result<es::PageOf<StoredCalendarEvent>> get_user_events(const es::AskContext& context,
                                                            const GetUserEvents& parameters) {
  using D = CalendarEventDocument;
  if (parameters.end <= parameters.start)
    return es::failure(es::Errc::invalid_argument, "get_user_events", "end", "end is after start");
  EVENTSTORE_TRY(check_list_limit("get_user_events", parameters.limit));
  static const es::ProjectionType events = calendar_events_projection();
  EVENTSTORE_TRY_ASSIGN(const auto documents, documents_of<D>(context, events));
  const auto nearly = documents.where<&D::user_id>(parameters.user_id)
                          .where_less<&D::start>(parameters.end)
                          .where_at_least<&D::end>(parameters.start);
  es::PageOf<StoredCalendarEvent> answer{{}, parameters.cursor.value_or("")};
  const auto limit = static_cast<std::size_t>(parameters.limit);
  while (answer.documents.size() < limit) {
    EVENTSTORE_TRY_ASSIGN(auto page, stored<StoredCalendarEvent>(nearly.oldest_json<&D::start, &D::end>(
                                         limit - answer.documents.size(), answer.next_cursor)));
    for (auto& event : page.documents)
      if (overlaps_from(event.document, parameters.start)) answer.documents.push_back(std::move(event));
    answer.next_cursor = std::move(page.next_cursor);
    if (answer.next_cursor.empty()) break;
  }
  if (limit == 0) answer.next_cursor.clear();
  return answer;
}

es::Result<std::optional<StoredSession>> get_active_session(const es::AskContext& context,
                                                            const GetActiveSession& parameters) {
  using D = SessionDocument;
  static const es::ProjectionType sessions = sessions_projection();
  EVENTSTORE_TRY_ASSIGN(const auto documents, documents_of<D>(context, sessions));
  return first<StoredSession>(documents.where<&D::user_id>(parameters.user_id)
                                  .where<&D::provider>(parameters.provider)
                                  .where_greater<&D::expires_at>(context.clock.now())
                                  .where_empty<&D::ended_at>()
                                  .newest_json<&D::expires_at>(1));
}

es::Result<es::PageOf<StoredAgentLog>> get_user_agent_logs(const es::AskContext& context,
                                                           const GetUserAgentLogs& parameters) {
  using D = AgentLogDocument;
  EVENTSTORE_TRY(check_list_limit("get_user_agent_logs", parameters.limit));
  if (parameters.limit == 0) return es::PageOf<StoredAgentLog>{};
  static const es::ProjectionType logs = agent_logs_projection();
  EVENTSTORE_TRY_ASSIGN(const auto documents, documents_of<D>(context, logs));
  return stored<StoredAgentLog>(
      documents.where<&D::user_id>(parameters.user_id)
          .newest_json<&D::created_at>(static_cast<std::size_t>(parameters.limit), parameters.cursor.value_or("")));
}

std::vector<es::Function> calendar_functions() {
  return {es::asks("get_user_by_email", &get_user_by_email),  es::records("update_user_tokens", &update_user_tokens),
          es::records("create_event", &create_event),         es::asks("get_user_events", &get_user_events),
          es::records("create_session", &create_session),     es::asks("get_active_session", &get_active_session),
          es::records("create_agent_log", &create_agent_log), es::asks("get_user_agent_logs", &get_user_agent_logs)};
}

}  // namespace domain
