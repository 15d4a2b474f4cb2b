#include <eventstore/app/read.hpp>
#include <eventstore/projection/subscription.hpp>

#include <charconv>

namespace eventstore::app {
namespace {

// Gives events until one is past `to`, or `limit` of them were given.
template <class Parameters> class Giver {
 public:
  Giver(const Parameters& parameters, std::uint64_t limit, OnEvent on_event)
      : parameters_{parameters}, limit_{limit}, on_event_{on_event} {}

  /// False once no more events are wanted.
  Result<bool> give(const RecordedEvent& event) {
    const auto place = place_of(event);
    const auto to = parameters_.to;
    const bool past = to != 0 && (parameters_.backward ? place < to : place > to);
    if (past || is_full()) return false;
    EVENTSTORE_TRY(on_event_(event));
    ++given_;
    return !is_full() && (to == 0 || place != to);
  }
  Result<bool> give(const Page& page) {
    for (const auto& event : page.events) {
      EVENTSTORE_TRY_ASSIGN(const bool more, give(event));
      if (!more) return false;
    }
    return true;
  }

 private:
  static std::uint64_t place_of(const RecordedEvent& event) {
    return std::is_same_v<Parameters, ReadOneStream> ? event.version.value : event.position.value;
  }
  [[nodiscard]] bool is_full() const { return given_ >= limit_; }

  const Parameters& parameters_;
  const std::uint64_t limit_;
  OnEvent on_event_;
  std::uint64_t given_ = 0;
};

template <class Parameters> Direction direction_of(const Parameters& parameters) {
  return parameters.backward ? Direction::backward : Direction::forward;
}

// Events that the log has and events that come are one loop, so that none is given twice or missed between them.
Result<void> follow(const EventLog& log, const ReadWholeLog& parameters, Giver<ReadWholeLog>& giver,
                    const Filter& filter, const Following& following, ReadForm form) {
  if (parameters.backward)
    return failure(Errc::invalid_argument, "read", "--follow --backward",
                   "a backward read cannot follow new events: leave out one of the two options");
  const auto listed = [](const std::string& name) {
    return name.empty() ? std::vector<std::string>{} : std::vector<std::string>{name};
  };
  Subscription subscription{log,
                            {.from = From::position(Position{parameters.from}),
                             .filter = {.categories = listed(filter.category),
                                        .types = listed(filter.type),
                                        .organization = filter.organization},
                             .to = Position{parameters.to},
                             .as_stored = form == ReadForm::as_stored}};
  while (true) {
    const auto* event = subscription.next_here();
    if (event == nullptr && subscription.ended()) {
      if (following.on_waiting) EVENTSTORE_TRY(following.on_waiting());
      event = subscription.next(following.stop);
    }
    if (event == nullptr) return subscription.ended();
    EVENTSTORE_TRY_ASSIGN(const bool more, giver.give(*event));
    if (!more) return {};
  }
}

}  // namespace

Result<std::uint64_t> limit_of(const std::string& limit) {
  if (limit == "all") return ~std::uint64_t{0};
  std::uint64_t number = 0;
  const auto* const end = limit.data() + limit.size();
  const auto read = std::from_chars(limit.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end)
    return failure(Errc::invalid_argument, "read", "--limit " + limit, "expected a number of events, or all");
  return number;
}

Result<void> read(const EventLog& log, const ReadOneStream& parameters, OnEvent on_event) {
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::parse(parameters.stream));
  EVENTSTORE_TRY_ASSIGN(const Version head, log.head(stream));
  if (head == Version{0}) return failure(Errc::not_found, "read", stream.text(), "no such stream");
  EVENTSTORE_TRY_ASSIGN(const auto limit, limit_of(parameters.limit));
  if (limit == 0) return {};
  Giver giver{parameters, limit, on_event};
  ReadStream from{Version{parameters.from}, direction_of(parameters)};
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_stream(stream, from));
    EVENTSTORE_TRY_ASSIGN(const bool more, giver.give(page));
    if (!more || page.at_end) return {};
    from.from = Version{page.next};
  }
}

Result<void> read(const EventLog& log, const ReadWholeLog& parameters, OnEvent on_event, const Following& following,
                  ReadForm form) {
  EVENTSTORE_TRY_ASSIGN(const auto limit, limit_of(parameters.limit));
  if (limit == 0) return {};
  Giver giver{parameters, limit, on_event};
  const Filter filter{parameters.category, parameters.type, parameters.organization_id};
  if (parameters.follow) return follow(log, parameters, giver, filter, following, form);
  ReadAll from{Position{parameters.from}, direction_of(parameters), 1024, filter, form == ReadForm::as_stored};
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_all(from));
    EVENTSTORE_TRY_ASSIGN(const bool more, giver.give(page));
    if (!more || page.at_end) return {};
    from.from = Position{page.next};
  }
}

}  // namespace eventstore::app
