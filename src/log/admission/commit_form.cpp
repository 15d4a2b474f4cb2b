#include "commit_form.hpp"

#include <fmt/format.h>

#include "../bytes/format.hpp"

namespace eventstore::engine {
namespace {

Result<void> check_name(const StreamId& stream, std::string_view need, std::string_view what, std::string_view name) {
  if (name.empty()) return refused(Errc::invalid_argument, stream, std::string{need});
  if (name.size() > name_bytes_max)
    return refused(Errc::invalid_argument, stream,
                   fmt::format("{} is {} bytes, the limit is {}", what, name.size(), name_bytes_max));
  return {};
}

}  // namespace

tl::unexpected<Error> refused(Errc code, const StreamId& stream, std::string reason) {
  return failure(code, "append", stream.text(), std::move(reason));
}

Result<void> check_form(const Commit& commit) {
  if (commit.events.empty() && commit.outcomes.empty())
    return failure(Errc::invalid_argument, "append", {}, "a commit needs an event or an outcome");
  std::size_t total = 0;
  for (const auto& event : commit.events) {
    if (event.id == EventId{}) return refused(Errc::invalid_argument, event.stream, "an event needs an id");
    EVENTSTORE_TRY(check_name(event.stream, "an event needs a type", "type", event.type));
    EVENTSTORE_TRY(check_name(event.stream, "an event needs an organization", "organization", event.organization));
    const auto size = event.stream.text().size() + event.type.size() + event.organization.size() +
                      event.metadata.size() + event.data.size();
    if (size > event_bytes_max)
      return refused(Errc::too_large, event.stream,
                     fmt::format("event is {} bytes, the limit is {}", size, event_bytes_max));
    total += format::padded(sizeof(format::EventHeader) + size);
  }
  for (const auto& outcome : commit.outcomes) {
    if (outcome.command_id.is_nil())
      return refused(Errc::invalid_argument, outcome.stream, "an outcome needs the id of its command");
    EVENTSTORE_TRY(
        check_name(outcome.stream, "an outcome needs an organization", "organization", outcome.organization));
    if (outcome.result.size() > outcome_bytes_max)
      return refused(Errc::too_large, outcome.stream,
                     fmt::format("the result of a command is {} bytes, the limit is {}", outcome.result.size(),
                                 outcome_bytes_max));
    total += format::padded(sizeof(format::OutcomeHeader) + outcome.stream.text().size() + outcome.organization.size() +
                            outcome.result.size());
  }
  // Room for the header and for the descriptors, each at most once.
  total += sizeof(format::CommitHeader);
  for (const auto& schema : commit.schemas)
    total += format::padded(sizeof(format::SchemaHeader) + schema.descriptor.size());
  if (total > commit_bytes_max)
    return failure(Errc::too_large, "append", {},
                   fmt::format("commit is {} bytes, the limit is {}", total, commit_bytes_max));
  return {};
}

}  // namespace eventstore::engine
