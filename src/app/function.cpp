#include <eventstore/aggregate/execute.hpp>
#include <eventstore/app/function.hpp>
#include <eventstore/core/detail/guarded.hpp>

namespace eventstore {
inline namespace v1 {

Result<Collections*> AskContext::live_collections(const ProjectionType& projection) const {
  if (collections == nullptr)
    return failure(Errc::not_found, "read collections", "",
                   "the store has no collections yet: run `project run` first");
  EVENTSTORE_TRY(check_live(log, projection, *collections, aggregates));
  return collections;
}

namespace detail {

Result<Answer> guarded_run(const AskContext& context, FunctionRef<Result<Answer>()> run) {
  return guarded("query", context.organization, run);
}

Result<Answer> guarded_run(const RecordContext& context, FunctionRef<Result<Answer>()> run) {
  const auto before = context.log.head();
  auto answer = guarded("record", context.organization, run);
  const bool has_ended_early =
      !answer && (answer.error().code == Errc::out_of_memory || answer.error().code == Errc::user_exception);
  if (!has_ended_early) return answer;
  const auto after = context.log.head();
  // Another writer may have appended it; to say too little is no lie.
  if (!before || !after || *before != *after) answer.error().code = Errc::outcome_unknown;
  return answer;
}

}  // namespace detail

CommandOptions RecordContext::options(const Metadata& own) const {
  CommandOptions options{own};
  options.metadata.organization = organization;
  options.command_id = command_id;
  options.content = content;
  return options;
}

}  // namespace v1
}  // namespace eventstore
