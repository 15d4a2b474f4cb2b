// Any text as a predicate, the first line, and any bytes behind it as the data of an event, in binary and as JSON, and
// as a state. An error has its column; an answer is the same each time, and the other one behind `not`.
#include <fmt/format.h>
#include <eventstore/history/predicate.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/os/clock.hpp>

#include <algorithm>
#include <memory>

#include "../history/facts.hpp"
#include "fuzz_one.hpp"

namespace eventstore::fuzz {
namespace {

using shop::Kept;

// A log that describes the schema of Kept.
struct Log {
  ManualClock clock{*Timestamp::parse("2026-01-27T12:00:00Z")};
  MemoryLog log{clock};
  SchemaReader schemas{log};

  Log() {
    const auto data = encode(Kept{shop::facts()});
    const auto& schema = schema_of<Kept>();
    const NewEvent event{*StreamId::parse("shop-1"),
                         EventId{Uuid::v5(Uuid{}, "one")},
                         schema.name,
                         "default",
                         clock.now(),
                         schema.id,
                         Codec::binary,
                         0,
                         {},
                         data};
    const auto descriptor = schema.record();
    must(log.append(Commit{{&event, 1}, {}, {&descriptor, 1}}).has_value());
  }
};

std::unique_ptr<AnyState> state_of(BytesView bytes) {
  auto state = shop::type().new_state();
  if (!state->decode_from(bytes)) must(state->decode_from(encode(shop::facts())).has_value());
  state->version = Version{2};
  return state;
}

bool ask(const Predicate& predicate, const Log& log, const Step& step) {
  PredicateCheck check{predicate, log.schemas};
  const auto held = check.holds(step);
  must(held.has_value());
  check.begin_after(step.event, step.metadata);
  must(check.holds(step).has_value());
  return *held;
}

void ask_all(const Predicate& predicate, const Predicate& opposite, BytesView bytes) {
  static const Log log;
  const auto before = shop::type().new_state();
  const auto after = state_of(bytes);
  const Metadata metadata{};
  RecordedEvent event{};
  event.stream = "shop-1";
  event.type = "FactsKept";
  event.version = Version{2};
  event.schema = schema_of<Kept>().id;
  event.data = bytes;
  for (const auto codec : {Codec::binary, Codec::json}) {
    event.codec = codec;
    const Step step{event, metadata, *before, *after};
    const bool held = ask(predicate, log, step);
    must(ask(predicate, log, step) == held);
    must(ask(opposite, log, step) != held);
  }
}

}  // namespace

void fuzz_one(BytesView bytes) {
  constexpr std::size_t bytes_max = 400;  // any() within any() asks each element of a list for each
  if (bytes.size() > bytes_max) return;
  const auto text = as_text(bytes).substr(0, as_text(bytes).find('\n'));
  const auto predicate = Predicate::parse(text, shop::type());
  if (!predicate) {
    must(predicate.error().code == Errc::invalid_argument &&
         predicate.error().during.starts_with("predicate, column "));
    must(predicate.error().message().find('\n') == std::string::npos);
    return;
  }
  // Of the deepest and of the longest predicates there is no opposite.
  const auto opposite = Predicate::parse(fmt::format("not ({})", text), shop::type());
  if (!opposite) return;
  ask_all(*predicate, *opposite, bytes.subspan(std::min(bytes.size(), text.size() + 1)));
}

}  // namespace eventstore::fuzz
