#include <eventstore/aggregate/execute.hpp>
#include <eventstore/app/call_function.hpp>

#include "passing_log.hpp"

namespace eventstore::app {
namespace {

// Null where none were made yet. Facts do not wait for the repair of collections: the log is there without them.
Result<Collections*> collections_of(Store& store, bool recording) {
  auto opened = store.readable_collections();
  if (opened || (!recording && opened.error().code != Errc::not_found)) return opened;
  return static_cast<Collections*>(nullptr);
}

// What the last append of one call says of the inline projections.
class NotingLog final : public PassingLog {
 public:
  using PassingLog::PassingLog;
  Result<Receipt> append(const Commit& commit) override {
    auto receipt = PassingLog::append(commit);
    if (receipt && receipt->projected) projected = receipt->projected;
    return receipt;
  }
  std::optional<bool> projected{};
};

}  // namespace

Result<const Function*> find_function(const Model& model, std::string_view name, bool recording) {
  const std::string during = recording ? "record" : "query";
  std::string known;
  for (const auto& function : model.functions) {
    const auto& its_name = name_of(function);
    const bool fits = records(function) == recording;
    if (its_name == name && fits) return &function;
    if (its_name == name)
      return failure(Errc::not_found, during, its_name,
                     (recording ? "it reads: `query " : "it appends: `record ") + its_name + "`");
    if (fits) known += (known.empty() ? "" : ", ") + its_name;
  }
  return failure(Errc::not_found, during, std::string{name},
                 "no such function; the functions are " + (known.empty() ? "none" : known));
}

Result<Answer> call_function(Store& store, const Function& function, const CallFunction& parameters,
                             BytesView arguments) {
  if (parameters.command_id && !records(function))
    return failure(Errc::invalid_argument, "query", "--command-id", "a question appends nothing: leave the id out");
  EVENTSTORE_TRY_ASSIGN(auto metadata, parameters.caller.metadata());
  const ManualClock clock{parameters.now.value_or(store.clock().now())};
  const auto event_types = event_types_of(store.model());
  EVENTSTORE_TRY_ASSIGN(auto* const collections, collections_of(store, records(function)));
  EVENTSTORE_TRY_ASSIGN(const auto content,
                        command_content(store.log(), name_of(function), parameters_of(function), arguments));
  NotingLog log{store.event_log()};
  const RecordContext context{log,
                              store.schemas(),
                              event_types,
                              clock,
                              collections,
                              parameters.caller.organization_id,
                              std::move(metadata),
                              parameters.command_id.value_or(Uuid{}),
                              content,
                              store.model().aggregates,
                              store.snapshots()};
  if (const auto* const asking = std::get_if<AskFunction>(&function)) return asking->run(context.asking(), arguments);
  auto answer = std::get<RecordFunction>(function).run(context, arguments);
  if (answer) answer->projected = log.projected;
  return answer;
}

}  // namespace eventstore::app
