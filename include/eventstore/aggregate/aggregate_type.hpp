#pragma once
// An aggregate without its type: the value of `es::aggregate<A>()`. Instantiate it in one source file of the
// aggregate's own folder, so that no other file compiles its templates.
#include <eventstore/aggregate/any_state.hpp>
#include <eventstore/aggregate/detail/audits.hpp>
#include <eventstore/aggregate/detail/unique_fields.hpp>
#include <eventstore/aggregate/measurements.hpp>
#include <eventstore/aggregate/others.hpp>
#include <eventstore/aggregate/random.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Another aggregate that a decision reads. Lifetime: `type` is the program's.
struct OtherKey {
  const AggregateType* type;
  std::string key;
};

/// A command by name, as everybody runs it: execute() takes it whole, so that nobody passes over what it reads.
struct CommandType {
  std::string name;
  const Schema* schema;
  StreamNeed needs = StreamNeed::existing;
  /// `state` is null where there is no stream; `others` has what `keys` names. Errors: corrupt_record (not a command of
  /// this schema), user_exception.
  std::function<Result<AnyDecision>(const AnyState* state, BytesView command, const Context& context,
                                    const AnyOthers& others)>
      decide;
  /// The other aggregates that the decision rests on; empty where it rests on its own stream alone. Errors: as decide.
  std::function<Result<std::vector<OtherKey>>(const AnyState* state, BytesView command, const Context& context)> keys{};

  /// Whether it can begin a stream.
  [[nodiscard]] bool opens() const { return needs != StreamNeed::existing; }
};

/// An event of today, as bytes. Lifetime: `schema` is the program's.
struct EncodedEvent {
  const Schema* schema;
  Bytes data;
};

/// Threads: immutable.
struct AggregateType {
  std::string category;
  std::vector<std::string> former_categories{};  ///< earlier names, under which its older streams still stand
  std::vector<const Schema*> events;
  const ReadableSchemas* readable = nullptr;  ///< the structs as which stored events are read
  const Schema* state_schema = nullptr;       ///< null: a category without state
  UnknownEvents unknown_events = UnknownEvents::refuse_commands;
  std::vector<CommandType> commands;
  std::function<std::unique_ptr<AnyState>()> new_state;
  /// The events of today that a stored event of the category becomes. Errors: as with_events.
  std::function<Result<std::vector<EncodedEvent>>(const RecordedEvent& event, const SchemaReader& schemas)> read;
  /// The next event of a made-up history, or none where the history is over; empty where the aggregate has no
  /// `make_up`.
  std::function<AnyDecision(Random&, const AnyState&)> make_up;
  /// The key of the next made-up stream, or none where there can be none now; empty where any key will do.
  std::function<std::optional<std::string>(Random&)> make_up_key;
  /// The measurements that `event` adds to analytics; empty where no event of the category contributes. Errors: as
  /// AnyState::apply.
  std::function<Result<void>(const RecordedEvent& event, const AnyState& before, const AnyState& after,
                             const SchemaReader& schemas, Measurements& to)>
      measure;
  /// What the aggregate's `audit` writes into the line of `event`; empty where no event of the category writes one.
  /// Errors: as AnyState::apply; `line` may then be changed in part.
  std::function<Result<void>(const RecordedEvent& event, const AnyState& before, const AnyState& after,
                             const SchemaReader& schemas, AuditLine& line)>
      audit;
  /// The person whom personal fields are about, where a record names nobody; empty where the aggregate has no
  /// `subject`: then it is the stream's key.
  std::function<std::string(const AnyState& state)> subject;
  std::vector<UniqueField> unique{};  ///< what only one of the aggregates of an organization may have
  std::string collection{};  ///< its name in the names of claims: the aggregate's `collection`, or its category
  /// The stored name and the audit action of events that name one: `static constexpr auto audit_action = "execute";`
  std::vector<std::pair<std::string, std::string>> audit_actions;
  /// "shape:<digest> events:<digest> code:<hash>": a snapshot of a state is used only if all of it is the same.
  /// `events` stands for all of `readable`. Empty if there is no state or no source hash: then there are no snapshots.
  std::string fingerprint;
  std::string
      source_hash{};  ///< of the code of the state, evolve(), measure() and audit(); empty if the build gave none

  [[nodiscard]] const CommandType* command(std::string_view name) const;
  /// Whether `event`, of this category, has a type that this build does not know.
  [[nodiscard]] bool is_unknown(const RecordedEvent& event) const;
  /// Whether streams of the category `name` belong to this aggregate.
  [[nodiscard]] bool has_category(std::string_view name) const;
};

namespace detail {

// The type of an aggregate that a decision of another one names: all that reading and appending need.
template <class A> const AggregateType& other_type();

// Decides a command of which `command` is the struct.
using DecideCommand = AnyDecision (*)(const AnyState* state, const void* command, const Context& context,
                                      const AnyOthers& others);
// Names the others of such a command.
using NameOthers = std::vector<OtherKey> (*)(const AnyState* state, const void* command, const Context& context);

// The decision, or the error of what `decide` threw. One copy for all commands.
Result<AnyDecision> guarded(DecideCommand decide, const AnyState* state, const void* command, const Context& context,
                            const AnyOthers& others);
Result<std::vector<OtherKey>> guarded(NameOthers name, const AnyState* state, const void* command,
                                      const Context& context);

template <class A> const typename A::State* typed_state(const AnyState* state) {
  return state == nullptr ? nullptr : state->as<typename A::State>();
}

template <class A, class Command>
AnyDecision decide_command(const AnyState* state, const void* bare, const Context& context, const AnyOthers& others) {
  const auto& command = *static_cast<const Command*>(bare);
  return answer<A>(typed_state<A>(state), command, context, others).any();
}

template <class A, class Command>
Result<AnyDecision> run_command(const AnyState* state, BytesView bytes, const Context& context,
                                const AnyOthers& others) {
  Command command{};
  EVENTSTORE_TRY(decode_into(bytes, command));
  return guarded(&decide_command<A, Command>, state, &command, context, others);
}

template <class... O, class NamedKeys> std::vector<OtherKey> list_keys(const NamedKeys& named, TypeList<O...>) {
  std::vector<OtherKey> keys;
  std::size_t category = 0;
  const auto add = [&](const AggregateType& type, const std::vector<std::string>& of_type) {
    for (const auto& key : of_type) keys.push_back({&type, key});
  };
  (add(other_type<O>(), named.of(category++)), ...);
  return keys;
}

template <class A, class Command>
std::vector<OtherKey> name_others(const AnyState* state, const void* bare, const Context& context) {
  using TheirKeys = KeysIn<NamedBy<A, Command>, OthersOf<A, Command>>;
  const auto& command = *static_cast<const Command*>(bare);
  const typename TheirKeys::type named{named_by<A>(typed_state<A>(state), command, context)};
  return list_keys(named, typename TheirKeys::aggregates{});
}

template <class A, class Command>
Result<std::vector<OtherKey>> run_keys(const AnyState* state, BytesView bytes, const Context& context) {
  Command command{};
  EVENTSTORE_TRY(decode_into(bytes, command));
  return guarded(&name_others<A, Command>, state, &command, context);
}

using RunCommand = Result<AnyDecision> (*)(const AnyState* state, BytesView command, const Context& context,
                                           const AnyOthers& others);
using RunKeys = Result<std::vector<OtherKey>> (*)(const AnyState* state, BytesView command, const Context& context);
// `keys` is null for a command that reads no others.
void add_command(std::vector<CommandType>& types, std::string_view name, const Schema& schema, StreamNeed needs,
                 RunCommand run, RunKeys keys);
template <class A, class Command> void add_command(std::vector<CommandType>& types) {
  RunKeys keys = nullptr;
  if constexpr (reads_others<A, Command>) keys = &run_keys<A, Command>;
  add_command(types, Command::command_name, schema_of<Command>(), stream_need<A, Command>(), &run_command<A, Command>,
              keys);
}

// A concept of its own: clang 14 takes a missing State in a requires-expression's parameters for an error.
template <class A>
concept MakesUp = requires(Random& random, const typename A::State& state) {
  A::make_up(random, state);
};
// The earlier name of make_up, for one release.
template <class A>
concept Samples = requires(Random& random, const typename A::State& state) {
  A::sample(random, state);
};

// Takes events of today as bytes.
class Encoder {
 public:
  static constexpr bool is_seldom = true;
  template <class E> void operator()(const E& event, const EventPart&) { add(schema_of<E>(), &save_member<E>, &event); }
  [[nodiscard]] std::vector<EncodedEvent> take() && { return std::move(events_); }

 private:
  void add(const Schema& schema, void (*save)(BytesOut& to, const void* event), const void* event);
  std::vector<EncodedEvent> events_;
};

template <class A>
Result<std::vector<EncodedEvent>> read_encoded(const RecordedEvent& recorded, const SchemaReader& schemas) {
  Encoder encoder;
  EVENTSTORE_TRY(with_events<A>(recorded, schemas, encoder));
  return std::move(encoder).take();
}

template <class A, class E>
concept MeasuresWithState = requires(const E& event, const typename A::State& state, Measurements& to) {
  A::measure(event, state, state, to);
};
template <class A, class E>
concept MeasuresAlone = requires(const E& event, Measurements& to) {
  A::measure(event, to);
};

template <class A>
Result<void> measure(const RecordedEvent& recorded, const AnyState& before, const AnyState& after,
                     const SchemaReader& schemas, Measurements& to) {
  if constexpr (requires { typename A::State; }) {
    const auto use = [&]<class E>(const E& event, const typename A::State& was, const typename A::State& is,
                                  const EventPart&) requires(MeasuresWithState<A, E> || MeasuresAlone<A, E>) {
      if constexpr (MeasuresWithState<A, E>)
        A::measure(event, was, is, to);
      else
        A::measure(event, to);
    };
    return with_changes<A>(recorded, *before.as<typename A::State>(), *after.as<typename A::State>(), schemas, use);
  } else {
    if (!readable_schemas<A>().has_name(recorded.type)) return {};  // nothing folds it, so nothing needs to know it
    return with_events<A>(recorded, schemas, [&]<class E>(const E& event, const EventPart&) {
      if constexpr (MeasuresAlone<A, E>) A::measure(event, to);
    });
  }
}

template <class A, class... E> void add_measures(AggregateType& type, const Events<E...>*) {
  if constexpr ((MeasuresWithState<A, E> || ...) || (MeasuresAlone<A, E> || ...)) type.measure = &measure<A>;
}

std::string fingerprint_of(const AggregateType& type, std::string_view source_hash);

template <class... E> std::vector<const Schema*> schemas_of(const Events<E...>*) { return {&schema_of<E>()...}; }
template <class A, class... C> std::vector<CommandType> command_types(const Commands<C...>*) {
  std::vector<CommandType> types;
  (add_command<A, C>(types), ...);
  return types;
}

}  // namespace detail

namespace detail {

// What replay and projections need of A.
template <class A> AggregateType aggregate_without_commands() {
  static_assert(check_category<A>());
  AggregateType type{};
  type.category = A::category;
  for (const auto former : former_categories<A>()) type.former_categories.emplace_back(former);
  constexpr const typename A::events* events = nullptr;
  type.events = schemas_of(events);
  type.readable = &readable_schemas<A>();
  type.read = &read_encoded<A>;
  add_measures<A>(type, events);
  if constexpr (audits_any<A>(events)) type.audit = &audit<A>;
  type.audit_actions = audit_actions_of(events);
  if constexpr (requires { typename A::State; }) {
    static_assert(check_aggregate<A>());
    static_assert(check_unique<A>());
    type.state_schema = &schema_of<typename A::State>();
    type.unknown_events = unknown_events<A>();
    type.new_state = [] { return std::make_unique<StateOf<A>>(); };
    if constexpr (requires(const typename A::State& state) { A::subject(state); })
      type.subject = [](const AnyState& state) { return std::string{A::subject(*state.as<typename A::State>())}; };
    if constexpr (DeclaresUnique<A>) type.unique = unique_fields<A>(A::unique);
    type.collection = collection_of<A>();
  } else {
    static_assert(!DeclaresUnique<A>, "a unique value is a field of the aggregate's State: declare one");
    type.new_state = [] { return std::make_unique<NoState>(); };
  }
  return type;
}

template <class A> const AggregateType& other_type() {
  static_assert(check_aggregate<A>());
  static const AggregateType type = aggregate_without_commands<A>();
  return type;
}

}  // namespace detail

/// The type-erased form of the category, aggregate or decider `A`. Lifetime: copy it at will.
/// `source_hash` stands for the code of A and of what it calls: eventstore_source_hash() of the build makes it. Without
/// one there are no snapshots of A.
template <class A> AggregateType aggregate(std::string_view source_hash = {}) {
  auto type = detail::aggregate_without_commands<A>();
  if constexpr (requires { typename A::commands; }) {
    static_assert(check_decider<A>());
    type.commands = detail::command_types<A>(static_cast<const typename A::commands*>(nullptr));
  }
  if constexpr (detail::MakesUp<A> || detail::Samples<A>) {
    type.make_up = [](Random& random, const AnyState& state) -> AnyDecision {
      const auto& its_state = *state.as<typename A::State>();
      if constexpr (detail::MakesUp<A>)
        return Decision<typename A::events>{A::make_up(random, its_state)}.any();
      else
        return Decision<typename A::events>{A::sample(random, its_state)}.any();
    };
  } else if constexpr (requires(Random & random) { Decision<typename A::events>{A::make_up(random)}; }) {
    type.make_up = [](Random& random, const AnyState&) -> AnyDecision {
      return Decision<typename A::events>{A::make_up(random)}.any();
    };
  }
  if constexpr (requires(Random & random) { A::make_up_key(random); }) type.make_up_key = &A::make_up_key;
  type.fingerprint = detail::fingerprint_of(type, source_hash);
  type.source_hash = source_hash;
  return type;
}

}  // namespace v1
}  // namespace eventstore
