#pragma once
// The functions of the calendar assistant: users and their tokens, entries in their calendars, sessions, and what the
// assistant has done. No answer has a token: C++ reads tokens from the states, by Secret::reveal.
#include <aggregates/assistant_run/commands.hpp>
#include <aggregates/calendar_event/commands.hpp>
#include <aggregates/session/commands.hpp>
#include <eventstore/app/function.hpp>
#include <projections/common/calendar_documents.hpp>

#include <optional>
#include <string>

namespace domain {

/// A document as its collection has it.
struct StoredUser {
  EVENTSTORE_FIELDS(StoredUser, (std::string, _id), (std::string, organization_id),
                    (UserDocument, document, , eventstore::flattened));
};
struct StoredCalendarEvent {
  EVENTSTORE_FIELDS(StoredCalendarEvent, (std::string, _id), (std::string, organization_id),
                    (CalendarEventDocument, document, , eventstore::flattened));
};
struct StoredSession {
  EVENTSTORE_FIELDS(StoredSession, (std::string, _id), (std::string, organization_id),
                    (SessionDocument, document, , eventstore::flattened));
};
struct StoredAgentLog {
  EVENTSTORE_FIELDS(StoredAgentLog, (std::string, _id), (std::string, organization_id),
                    (AgentLogDocument, document, , eventstore::flattened));
};

struct GetUserByEmail {
  EVENTSTORE_FIELDS(GetUserByEmail, (std::string, email, , eventstore::personal));
};

/// tokens is what the provider gave: a JSON object, or a text.
struct UpdateTokensOfUser {
  EVENTSTORE_FIELDS(UpdateTokensOfUser, (std::string, user_id, , eventstore::subject_id), (CalendarProvider, provider),
                    (eventstore::Json, tokens, , eventstore::personal));
};
struct TokensUpdate {
  EVENTSTORE_FIELDS(TokensUpdate, (bool, updated));
};

/// aggregate_id is the key of the stream; without it there is a new one.
struct NewCalendarEvent {
  EVENTSTORE_FIELDS(NewCalendarEvent, (std::optional<std::string>, aggregate_id),
                    (CreateCalendarEvent, details, , eventstore::flattened));
};
struct CreateEvent {
  EVENTSTORE_FIELDS(CreateEvent, (NewCalendarEvent, event, , eventstore::also_read_flat));
};

struct NewSession {
  EVENTSTORE_FIELDS(NewSession, (std::optional<std::string>, aggregate_id),
                    (StartSession, details, , eventstore::flattened));
};
struct CreateSession {
  EVENTSTORE_FIELDS(CreateSession, (NewSession, session, , eventstore::also_read_flat));
};

struct NewAgentLog {
  EVENTSTORE_FIELDS(NewAgentLog, (std::optional<std::string>, aggregate_id),
                    (RecordAssistantRun, details, , eventstore::flattened));
};
struct CreateAgentLog {
  EVENTSTORE_FIELDS(CreateAgentLog, (NewAgentLog, log, , eventstore::also_read_flat));
};

struct GetUserEvents {
  EVENTSTORE_FIELDS(GetUserEvents, (std::string, user_id), (eventstore::Timestamp, start), (eventstore::Timestamp, end),
                    (std::int64_t, limit, 50), (std::optional<std::string>, cursor));
};
struct GetActiveSession {
  EVENTSTORE_FIELDS(GetActiveSession, (std::string, user_id), (CalendarProvider, provider));
};
struct GetUserAgentLogs {
  EVENTSTORE_FIELDS(GetUserAgentLogs, (std::string, user_id), (std::int64_t, limit, 50),
                    (std::optional<std::string>, cursor));
};

// Errors of those that ask: as AskContext::live_collections and the questions of DocumentsOf; invalid_argument for a
// limit that is not 0 to 1,000, and for a cursor that no page gave.

/// The user who has the address, in any case of letters; of several, whom an import may bring, the first. Absent: none.
eventstore::Result<std::optional<StoredUser>> get_user_by_email(const eventstore::AskContext& context,
                                                                const GetUserByEmail& parameters);

/// The entries of a user that overlap the time from `start` up to `end`, which is left out, by their start. An entry
/// that ends when it starts overlaps its moment. Errors: also invalid_argument, where `end` is not after `start`.
eventstore::Result<eventstore::PageOf<StoredCalendarEvent>> get_user_events(const eventstore::AskContext& context,
                                                                            const GetUserEvents& parameters);

/// Of the user's sessions with the provider that have not ended and not expired, the one that expires last.
eventstore::Result<std::optional<StoredSession>> get_active_session(const eventstore::AskContext& context,
                                                                    const GetActiveSession& parameters);

/// What the assistant has done for a user, newest first.
eventstore::Result<eventstore::PageOf<StoredAgentLog>> get_user_agent_logs(const eventstore::AskContext& context,
                                                                           const GetUserAgentLogs& parameters);

// Those that record go by the rules of the aggregates. Errors: as es::execute, with `refused` where the rules say no.

/// False where the organization has no such user; true otherwise, also where the user has these tokens already. Errors:
/// also invalid_argument, where tokens is neither a JSON object nor a text, or has nothing in it.
eventstore::Result<TokensUpdate> update_user_tokens(const eventstore::RecordContext& context,
                                                    const UpdateTokensOfUser& parameters);

// The stored document, which is known before projections have run.
eventstore::Result<StoredCalendarEvent> create_event(const eventstore::RecordContext& context,
                                                     const CreateEvent& parameters);
eventstore::Result<StoredSession> create_session(const eventstore::RecordContext& context,
                                                 const CreateSession& parameters);
/// The whole run is one commit.
eventstore::Result<StoredAgentLog> create_agent_log(const eventstore::RecordContext& context,
                                                    const CreateAgentLog& parameters);

}  // namespace domain
