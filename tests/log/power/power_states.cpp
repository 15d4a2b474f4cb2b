#include "power_states.hpp"

#include <algorithm>

namespace eventstore::power {
namespace {

Uuid with(const Uuid& state, const EventId& id) { return Uuid::v5(state, id.to_string()); }

std::string text_of(const Uuid& state) { return state.to_string() + std::string(state.octets[0], 's'); }

Result<Uuid> load(const FileLog& log, const StreamToDrop& at) {
  Uuid state{};
  Version from{1};
  EVENTSTORE_TRY_ASSIGN(const auto kept, log.kept_state(at.stream));
  if (kept) {
    EVENTSTORE_TRY_ASSIGN(state, Uuid::parse(as_text(kept->state).substr(0, 36)));
    from = kept->version.next();
  }
  EVENTSTORE_TRY_ASSIGN(const auto page,
                        log.read_stream(at.stream, {.from = from, .limit = at.last.value + 1 - from.value}));
  for (const auto& event : page.events) state = with(state, event.id);
  return state;
}

}  // namespace

StateSource states_of(const FileLog& log) {
  const auto origin = std::make_shared<const StateOrigin>(
      StateOrigin{"any", SchemaId{Uuid::v5(Uuid{}, "state")}, "a descriptor", "code"});
  return [&log, origin](const StreamToDrop& at) -> Result<std::optional<StateToKeep>> {
    EVENTSTORE_TRY_ASSIGN(const auto state, load(log, at));
    const auto text = text_of(state);
    const auto bytes = as_bytes(text);
    return std::optional{StateToKeep{origin, Timestamp{1}, Timestamp{2}, Bytes{bytes.begin(), bytes.end()}}};
  };
}

void check_states(const EventLog& log, const Model& model, bool are_kept) {
  const auto last = needed(log.dropped(), "what was dropped").last;
  struct Expected {
    Uuid state{};
    Version version{};
    Timestamp latest{std::numeric_limits<std::int64_t>::min()};
  };
  std::map<std::string, Expected> expected;
  for (const auto& event : model.events()) {
    auto& stream = expected[event.stream];
    if (event.position > last) continue;
    stream.state = with(stream.state, event.id);
    stream.version = event.version;
    stream.latest = std::max(stream.latest, event.created_at);
  }
  for (const auto& [name, stream] : expected) {
    const auto kept = needed(log.kept_state(StreamId::trusted(name)), "the kept state of " + name);
    require(kept.has_value() == (are_kept && stream.version != Version{0}),
            "a kept state too few or too many: " + name);
    if (!kept) continue;
    require(kept->version == stream.version && as_text(kept->state) == text_of(stream.state) &&
                kept->latest_created_at == stream.latest,
            "the kept state is another: " + name);
  }
}

}  // namespace eventstore::power
