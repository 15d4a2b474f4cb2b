#include <eventstore/history/moment.hpp>

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "excerpt.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> not_there(Errc code, const StreamId& stream, std::string detail) {
  return failure(code, "find version", stream.text(), std::move(detail));
}

// Whether all dropped events of the stream were created up to `time`, so that the state after them is not too late.
Result<void> check_dropped(const KeptState& kept, const StreamId& stream, Timestamp time) {
  if (kept.latest_created_at <= time) return {};
  constexpr Timestamp not_known{std::numeric_limits<std::int64_t>::max()};
  return not_there(
      Errc::expired, stream,
      kept.latest_created_at == not_known
          ? fmt::format("retention dropped the versions up to {}, and it is not known when they were created: "
                        "ask for a version",
                        kept.version.value)
          : fmt::format("retention dropped the versions up to {}, the last of which was created at {}: ask for "
                        "that time or a later one",
                        kept.version.value, kept.latest_created_at.to_string()));
}

// Looks for one moment in one stream.
class Search {
 public:
  Search(const EventLog& log, const StreamId& stream) : log_{log}, stream_{stream} {}

  Result<VersionAt> operator()(Present) { return VersionAt{head_}; }

  Result<VersionAt> operator()(Version version) {
    if (version == Version{0}) return not_there(Errc::not_found, stream_, "there is no version 0: the first is 1");
    if (version > head_)
      return not_there(Errc::not_found, stream_, fmt::format("the stream ends at version {}", head_.value));
    return VersionAt{version};
  }

  Result<VersionAt> operator()(Position position) {
    EVENTSTORE_TRY_ASSIGN(const Position end, log_.head());
    if (position > end)
      return not_there(Errc::not_found, stream_,
                       fmt::format("the log ends at position {}, before position {}", end.value, position.value));
    if (kept_ && position < kept_->position)
      return not_there(Errc::expired, stream_,
                       fmt::format("retention dropped the stream's events up to position {}: ask for that position or "
                                   "a later one",
                                   kept_->position.value));
    return some(last_of([&](const RecordedEvent& event) { return event.position <= position; }),
                fmt::format("position {}", position.value));
  }

  Result<VersionAt> operator()(const AtTime& at) {
    return some(at.by == EventClock::created ? created(at.time) : recorded(at.time), at.time.to_string());
  }

  // Errors: not_found, where there is no such stream.
  Result<void> begin() {
    EVENTSTORE_TRY_ASSIGN(head_, log_.head(stream_));
    if (head_ == Version{0}) return not_there(Errc::not_found, stream_, "no such stream");
    EVENTSTORE_TRY_ASSIGN(kept_, log_.kept_state(stream_));
    return {};
  }

 private:
  // The version before the first event that is there.
  [[nodiscard]] Version earliest() const { return kept_ ? kept_->version : Version{}; }

  Result<VersionAt> some(Result<VersionAt> found, const std::string& moment) const {
    if (found && found->version == Version{0})
      return not_there(Errc::not_found, stream_, "the stream has no event up to " + moment);
    return found;
  }

  // The last version that `admits` lets pass; it lets pass a beginning of the stream.
  template <class Admits> Result<VersionAt> last_of(Admits admits) const {
    auto in = earliest().value;
    for (auto out = head_.value + 1, probe = head_.value; in + 1 < out; probe = in + (out - in) / 2) {
      EVENTSTORE_TRY_ASSIGN(const Page page, log_.read_stream(stream_, {Version{probe}, Direction::forward, 1}));
      if (!page.events.empty() && admits(page.events.front()))
        in = probe;
      else
        out = probe;
    }
    return VersionAt{Version{in}};
  }

  Result<VersionAt> recorded(Timestamp time) const {
    auto found = last_of([&](const RecordedEvent& event) { return event.recorded_at <= time; });
    if (found && kept_ && found->version == kept_->version) EVENTSTORE_TRY(check_recorded(time));
    return found;
  }

  // When a dropped event was recorded is no longer known, but it was before the first one that is there.
  Result<void> check_recorded(Timestamp time) const {
    EVENTSTORE_TRY_ASSIGN(const auto dropped, log_.dropped());
    EVENTSTORE_TRY_ASSIGN(const Page page, log_.read_all({dropped.last.next(), Direction::forward, 1}));
    if (!page.events.empty() && page.events.front().recorded_at <= time) return {};
    return not_there(Errc::expired, stream_,
                     fmt::format("retention dropped the versions up to {}, and it is not known whether they were "
                                 "recorded by then: ask for a later time or for a version",
                                 kept_->version.value));
  }

  Result<VersionAt> created(Timestamp time) const {
    if (kept_) EVENTSTORE_TRY(check_dropped(*kept_, stream_, time));
    VersionAt found{earliest()};
    BackwardClock around;
    Version seen = found.version;
    const auto look = [&](const RecordedEvent& event) {
      seen = event.version;
      const bool is_later = event.created_at > time;
      if (around.ahead == Version{0}) {
        if (is_later)
          around.ahead = event.version, around.ahead_created_at = event.created_at;
        else
          found.version = event.version;
      } else if (!is_later) {
        around.behind = event.version;
        around.behind_created_at = event.created_at;
        found.backward = around;
      }
      return !found.backward;
    };
    for (bool more = true; more;) {
      EVENTSTORE_TRY_ASSIGN(const Visited visited,
                            log_.visit_stream(stream_, {seen.next(), Direction::forward, no_limit}, look));
      more = !found.backward && !visited.at_end;
    }
    return found;
  }

  const EventLog& log_;
  const StreamId& stream_;
  Version head_{};
  std::optional<KeptState> kept_{};
};

// The number that is the whole of `text`.
std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

bool is_number(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

bool is_day(std::string_view text) { return text.size() == 10 && text[4] == '-' && text[7] == '-'; }

}  // namespace

Result<Moment> parse_moment(std::string_view text, EventClock by) {
  const auto wrong = [&](std::string detail) {
    return failure(Errc::invalid_argument, "read moment", excerpt(text), std::move(detail));
  };
  if (text == "now") return Moment{Present{}};
  const bool is_position = text.starts_with('@');
  const auto digits = text.substr(is_position ? 1 : 0);
  if (const auto number = whole_number(digits))
    return is_position ? Moment{Position{*number}} : Moment{Version{*number}};
  if (is_number(digits) && !digits.empty()) return wrong("the number is too large");
  auto time = Timestamp::parse(is_day(text) ? std::string{text} + "T00:00:00Z" : std::string{text});
  if (time) return Moment{AtTime{*time, by}};
  const bool looks_like_time = text.size() > 4 && is_number(text.substr(0, 4)) && text[4] == '-';
  if (looks_like_time) return wrong(std::move(time.error().detail));
  return wrong(
      "expected a version like 7, a position like @812, a time like 2026-01-27T10:30:00Z, a day like 2026-01-27, or "
      "now");
}

std::string VersionAt::note() const {
  if (!backward) return {};
  return fmt::format(
      "clocks ran backwards: version {} was created at {}, before version {} at {}; the order of versions counts, so "
      "version {} is the last before that time",
      backward->behind.value, backward->behind_created_at.to_string(), backward->ahead.value,
      backward->ahead_created_at.to_string(), version.value);
}

Result<VersionAt> version_at(const EventLog& log, const StreamId& stream, const Moment& moment) {
  Search search{log, stream};
  EVENTSTORE_TRY(search.begin());
  return std::visit(search, moment);
}

}  // namespace v1
}  // namespace eventstore
