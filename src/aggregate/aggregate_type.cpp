#include <eventstore/aggregate/aggregate_type.hpp>

#include <algorithm>
#include <new>

namespace eventstore {
inline namespace v1 {
namespace {

// What a domain's function throws is the domain's, memory apart.
template <class Call>
auto guarded_from_user(const char* during, const Context& context, Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return failure(Errc::out_of_memory, during, context.stream.text());
  } catch (const std::exception& thrown) {
    return failure(Errc::user_exception, during, context.stream.text(), thrown.what());
  } catch (...) {
    return failure(Errc::user_exception, during, context.stream.text(), "an exception of unknown type");
  }
}

}  // namespace

const CommandType* AggregateType::command(std::string_view name) const {
  for (const auto& candidate : commands)
    if (candidate.name == name) return &candidate;
  return nullptr;
}

bool AggregateType::is_unknown(const RecordedEvent& event) const {
  return readable != nullptr && !readable->has_name(event.type);
}

bool AggregateType::has_category(std::string_view name) const {
  return name == category ||
         std::find(former_categories.begin(), former_categories.end(), name) != former_categories.end();
}

namespace detail {

void add_command(std::vector<CommandType>& types, std::string_view name, const Schema& schema, StreamNeed needs,
                 RunCommand run, RunKeys keys) {
  types.push_back({std::string{name}, &schema, needs, run, {}});
  if (keys != nullptr) types.back().keys = keys;
}

void Encoder::add(const Schema& schema, void (*save)(BytesOut& to, const void* event), const void* event) {
  EncodedEvent encoded{&schema, {}};
  BytesOut archive{encoded.data};
  save(archive, event);
  events_.push_back(std::move(encoded));
}

Result<AnyDecision> guarded(DecideCommand decide, const AnyState* state, const void* command, const Context& context,
                            const AnyOthers& others) {
  return guarded_from_user("decide", context,
                           [&]() -> Result<AnyDecision> { return decide(state, command, context, others); });
}

Result<std::vector<OtherKey>> guarded(NameOthers name, const AnyState* state, const void* command,
                                      const Context& context) {
  return guarded_from_user("name keys", context,
                           [&]() -> Result<std::vector<OtherKey>> { return name(state, command, context); });
}

std::string fingerprint_of(const AggregateType& type, std::string_view source_hash) {
  if (type.state_schema == nullptr || source_hash.empty()) return {};
  const auto digest = [](std::string_view text) { return Uuid::v5(eventstore_namespace, text).to_string(); };
  std::string read;
  for (const auto& text : type.readable->texts()) {
    read.append(text.name).append(text.annotated).append(" ").append(text.former);
    read += text.current ? "\n" : " old\n";
  }
  return "shape:" + digest(type.state_schema->descriptor) + " events:" + digest(read) +
         " code:" + std::string{source_hash};
}

}  // namespace detail

}  // namespace v1
}  // namespace eventstore
