#include "commands.hpp"
#include "output.hpp"

#include <eventstore/schema/json_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace eventstore::cli {
namespace {

struct Statistics {
  std::uint64_t events = 0;
  std::uint64_t data_bytes = 0;
  std::map<std::string, std::uint64_t, std::less<>> events_by_type{};
  std::map<std::string, std::uint64_t, std::less<>> streams_by_category{};
  std::set<std::string, std::less<>> tenants{};
  Timestamp first{};
  Timestamp last{};
  std::uint64_t streams = 0;
};

template <class Counts> void count(Counts& counts, std::string_view name) {
  const auto known = counts.find(name);
  if (known == counts.end())
    counts.emplace(std::string{name}, 1);
  else
    ++known->second;
}

void add(Statistics& statistics, const RecordedEvent& event) {
  count(statistics.events_by_type, event.type);
  if (event.version == Version{1}) {
    ++statistics.streams;
    count(statistics.streams_by_category, event.stream.substr(0, event.stream.find('-')));
  }
  if (!statistics.tenants.contains(event.tenant)) statistics.tenants.emplace(event.tenant);
  statistics.first = statistics.events == 0 ? event.created_at : std::min(statistics.first, event.created_at);
  statistics.last = statistics.events == 0 ? event.created_at : std::max(statistics.last, event.created_at);
  ++statistics.events;
  statistics.data_bytes += event.data.size();
}

std::string counts_json(const std::map<std::string, std::uint64_t, std::less<>>& counts) {
  std::string out{"{"};
  for (const auto& [name, number] : counts) {
    if (out.size() > 1) out += ',';
    append_json_string(out, name);
    out += fmt::format(":{}", number);
  }
  return out + "}";
}

Result<void> count_streams(const EventLog& log, Statistics& statistics) {
  constexpr std::size_t page = 1000;
  statistics.streams = 0;
  statistics.streams_by_category.clear();
  for (std::string after;;) {
    EVENTSTORE_TRY_ASSIGN(const auto found, log.streams({}, after, page));
    for (const auto& info : found) {
      ++statistics.streams;
      count(statistics.streams_by_category, std::string_view{info.stream}.substr(0, info.stream.find('-')));
      if (!statistics.tenants.contains(info.tenant)) statistics.tenants.emplace(info.tenant);
    }
    if (found.size() < page) return {};
    after = found.back().stream;
  }
}

Result<std::string> gather(const Setup& setup) {
  EVENTSTORE_TRY_ASSIGN(const auto store, open_store(setup, Access::read));
  Statistics statistics{};
  EVENTSTORE_TRY_ASSIGN(const auto expired, store->log().expired());
  ReadAll from{.from = expired == Position{0} ? expired : expired.next()};
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const Page page, store->log().read_all(from));
    for (const auto& event : page.events) add(statistics, event);
    more = !page.at_end;
    from.from = Position{page.next};
  }
  // Streams whose first event was dropped are not met on the way.
  if (expired != Position{0}) EVENTSTORE_TRY(count_streams(store->log(), statistics));
  std::string out = fmt::format(R"({{"events":{},"streams":{},"tenants":{},"data_bytes":{})", statistics.events,
                                statistics.streams, statistics.tenants.size(), statistics.data_bytes);
  if (statistics.events != 0)
    out += fmt::format(R"(,"first_created_at":"{}","last_created_at":"{}")", statistics.first.to_string(),
                       statistics.last.to_string());
  if (expired != Position{0}) out += fmt::format(R"(,"expired_events":{})", expired.value);
  return out + ",\"streams_by_category\":" + counts_json(statistics.streams_by_category) +
         ",\"events_by_type\":" + counts_json(statistics.events_by_type) + "}";
}

Result<void> list_streams(const Setup& setup, const std::string& category, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto store, open_store(setup, Access::read));
  constexpr std::size_t page = 1000;
  std::string after;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const auto found, store->log().streams(category, after, page));
    for (const auto& info : found) {
      std::string line{"{\"stream\":"};
      append_json_string(line, info.stream);
      line += ",\"organization_id\":";
      append_json_string(line, info.tenant);
      line += fmt::format(R"(,"version":{},"first_position":{},"last_position":{}}})", info.version.value,
                          info.first.value, info.last.value);
      EVENTSTORE_TRY(output.write(std::move(line)));
    }
    if (found.size() < page) return output.flush();
    after = found.back().stream;
  }
}

}  // namespace

ExitCode stats(const Setup& setup) {
  auto gathered = gather(setup);
  if (!gathered) return report(gathered.error());
  Output output{setup.form};
  return output.finish(output.write(std::move(*gathered)));
}

ExitCode streams(const Setup& setup, const std::string& category) {
  Output output{setup.form};
  return output.finish(list_streams(setup, category, output));
}

}  // namespace eventstore::cli
