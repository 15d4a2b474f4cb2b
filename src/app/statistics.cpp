#include <eventstore/app/statistics.hpp>
#include <eventstore/log/event_log.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace eventstore::app {
namespace {

constexpr std::size_t streams_page = 1000;

class Counter {
 public:
  void add(const RecordedEvent& event) {
    count(by_type_, event.type);
    if (event.version == Version{1}) add_stream(event.stream);
    add_organization(event.organization);
    found_.first_created_at = std::min(found_.first_created_at.value_or(event.created_at), event.created_at);
    found_.last_created_at = std::max(found_.last_created_at.value_or(event.created_at), event.created_at);
    ++found_.events;
    found_.data_bytes += event.data.size();
  }

  // Streams whose first event was dropped are not met on the way through the log.
  Result<void> count_streams(const EventLog& log) {
    found_.streams = 0;
    by_category_.clear();
    for (std::string after;;) {
      EVENTSTORE_TRY_ASSIGN(const auto page, log.streams({}, after, streams_page));
      for (const auto& info : page) {
        add_stream(info.stream);
        add_organization(info.organization);
      }
      if (page.size() < streams_page) return {};
      after = page.back().stream;
    }
  }

  [[nodiscard]] Statistics result() && {
    found_.organizations = organizations_.size();
    found_.streams_by_category = {by_category_.begin(), by_category_.end()};
    found_.events_by_type = {by_type_.begin(), by_type_.end()};
    return std::move(found_);
  }

 private:
  using Counts = std::map<std::string, std::uint64_t, std::less<>>;

  static void count(Counts& counts, std::string_view name) {
    const auto known = counts.find(name);
    if (known == counts.end())
      counts.emplace(std::string{name}, 1);
    else
      ++known->second;
  }
  void add_stream(std::string_view stream) {
    ++found_.streams;
    count(by_category_, stream.substr(0, stream.find('-')));
  }
  void add_organization(std::string_view organization) {
    if (!organizations_.contains(organization)) organizations_.emplace(organization);
  }

  Statistics found_{};
  Counts by_category_;
  Counts by_type_;
  std::set<std::string, std::less<>> organizations_;
};

}  // namespace

Result<Statistics> statistics(const EventLog& log, Position expired) {
  Counter counter;
  ReadAll from{.from = expired == Position{0} ? expired : expired.next()};
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_all(from));
    for (const auto& event : page.events) counter.add(event);
    more = !page.at_end;
    from.from = Position{page.next};
  }
  if (expired != Position{0}) EVENTSTORE_TRY(counter.count_streams(log));
  auto counted = std::move(counter).result();
  if (expired != Position{0}) counted.expired_events = expired.value;
  return counted;
}

}  // namespace eventstore::app
