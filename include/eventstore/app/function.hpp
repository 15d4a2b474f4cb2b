#pragma once
// Named functions of a domain, each bound to one organization. Some functions ask, and some record facts.
//
//   struct GetBalance { EVENTSTORE_FIELDS(GetBalance, (string, account_id)); };
//   struct Balance { EVENTSTORE_FIELDS(Balance, (int64_t, cents)); };
//   es::Result<Balance> get_balance(const es::AskContext&, const GetBalance&);
//   es::asks("get_balance", &get_balance)
#include <eventstore/app/answer.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/projection/status.hpp>
#include <eventstore/schema/event_types.hpp>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace eventstore {
inline namespace v1 {

struct CommandOptions;
class Snapshots;

/// The objects that a function that asks may use. Lifetime: everything is borrowed. Threads: one at a time.
struct AskContext {
  const EventLog& log;
  const SchemaReader& schemas;
  const Clock& clock;
  Collections* collections;  ///< null where none were made yet
  std::string organization;
  std::span<const AggregateType> aggregates{};  ///< of the program

  /// The collections, after a check that `projection`'s collection is up to date. Errors: not_found if none were made
  /// yet; as check_live.
  [[nodiscard]] Result<Collections*> live_collections(const ProjectionType& projection) const;
};

/// The objects that a function that records may use. Lifetime: everything is borrowed. Threads: one at a time.
struct RecordContext {
  EventLog& log;
  const SchemaReader& schemas;
  const EventTypes& event_types;
  const Clock& clock;
  Collections* collections;  ///< null where none were made yet
  std::string organization;
  Metadata metadata{};  ///< of the events that a function records: user, address, agent
  /// Nil: none was given. A function passes both on to execute() or append_events(), and makes no other id up by
  /// chance, so that a second call with the same id appends nothing and gives the same answer.
  Uuid command_id{};
  Uuid content{};                               ///< stands for the function and its parameters
  std::span<const AggregateType> aggregates{};  ///< of the program
  Snapshots* snapshots = nullptr;               ///< for execute(); null: loads replay the whole stream

  /// For execute() and append_events(): `metadata` in the organization, and the ids.
  [[nodiscard]] CommandOptions options(const Metadata& own) const;
  [[nodiscard]] AskContext asking() const { return {log, schemas, clock, collections, organization, aggregates}; }
};

/// A function without its types. Threads: immutable.
template <class Context> struct FunctionOf {
  std::string name;
  const Schema* parameters;  ///< in the order in which they may be given without their names
  const Schema* answer;      ///< of each document of the answer; null where these are documents of a collection
  /// Errors: those of the function; out_of_memory and user_exception for what it throws, or outcome_unknown where it
  /// records and had appended something by then: repeat the call with the same command id.
  std::function<Result<Answer>(const Context& context, BytesView parameters)> run;
};
using AskFunction = FunctionOf<AskContext>;        ///< reads, and cannot append
using RecordFunction = FunctionOf<RecordContext>;  ///< appends to the log

using Function = std::variant<AskFunction, RecordFunction>;

[[nodiscard]] inline const std::string& name_of(const Function& function) {
  return std::visit([](const auto& each) -> const std::string& { return each.name; }, function);
}
[[nodiscard]] inline const Schema& parameters_of(const Function& function) {
  return std::visit([](const auto& each) -> const Schema& { return *each.parameters; }, function);
}
[[nodiscard]] inline bool records(const Function& function) { return std::holds_alternative<RecordFunction>(function); }

namespace detail {

// The answer of `run`, or the error that stands for what it threw. If something was appended by then, the error of a
// function that records is outcome_unknown.
Result<Answer> guarded_run(const AskContext& context, FunctionRef<Result<Answer>()> run);
Result<Answer> guarded_run(const RecordContext& context, FunctionRef<Result<Answer>()> run);

template <class Context, class A, Described Parameters, class Run>
FunctionOf<Context> function_of(std::string name, Run run) {
  return {std::move(name), &schema_of<Parameters>(), AnswerSchema<A>::get(),
          [run = std::move(run)](const Context& context, BytesView bytes) -> Result<Answer> {
            return guarded_run(context, [&]() -> Result<Answer> {
              EVENTSTORE_TRY_ASSIGN(const auto parameters, decode<Parameters>(bytes));
              EVENTSTORE_TRY_ASSIGN(A answer, run(context, parameters));
              return answer_of(std::move(answer));
            });
          }};
}

}  // namespace detail

/// A function that asks, from its typed form. Possible answers: answer.hpp.
template <class A, Described Parameters>
Function asks(std::string name, Result<A> (*run)(const AskContext&, const Parameters&)) {
  return detail::function_of<AskContext, A, Parameters>(std::move(name), run);
}

/// A function that records, from its typed form.
template <class A, Described Parameters>
Function records(std::string name, Result<A> (*run)(const RecordContext&, const Parameters&)) {
  return detail::function_of<RecordContext, A, Parameters>(std::move(name), run);
}

// The names of the release before.
using FunctionContext = RecordContext;
using FunctionType = Function;
template <Described Parameters>
[[deprecated("write es::asks(name, run) or es::records(name, run)")]] Function function(
    std::string name, bool appends, Result<Answer> (*run)(const FunctionContext&, const Parameters&)) {
  if (appends) return records(std::move(name), run);
  return detail::function_of<AskContext, Answer, Parameters>(
      std::move(name), [run](const AskContext& context, const Parameters& parameters) -> Result<Answer> {
        const EventTypes none{};
        // A function that reads was given a log that it must not append to.
        return run({const_cast<EventLog&>(context.log), context.schemas, none, context.clock, context.collections,
                    context.organization},
                   parameters);
      });
}

}  // namespace v1
}  // namespace eventstore
