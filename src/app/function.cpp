#include <eventstore/aggregate/execute.hpp>
#include <eventstore/app/function.hpp>

namespace eventstore {
inline namespace v1 {

Result<Collections*> AskContext::live_collections(const ProjectionType& projection) const {
  if (collections == nullptr)
    return failure(Errc::not_found, "read collections", "",
                   "the store has no collections yet: run `project run` first");
  EVENTSTORE_TRY(check_live(log, projection, *collections, aggregates));
  return collections;
}

CommandOptions RecordContext::options(const Metadata& own) const {
  CommandOptions options{own};
  options.metadata.organization = organization;
  options.command_id = command_id;
  options.content = content;
  return options;
}

}  // namespace v1
}  // namespace eventstore
