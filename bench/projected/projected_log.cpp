#include <bench/projected/projected_log.hpp>

#include <aggregates/aggregates.hpp>
#include <bench/filled.hpp>
#include <bench/projected/checked.hpp>
#include <bench/workloads/large_campaign.hpp>
#include <projections/projections.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <eventstore/aggregate/stream_subjects.hpp>
#include <eventstore/app/generate.hpp>
#include <eventstore/app/import.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/projection/ready_made/analytics.hpp>
#include <eventstore/projection/worker.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/security/sqlite_key_store.hpp>
#include <eventstore/security/value_cipher.hpp>
#include <fstream>

namespace bench {
namespace {

namespace es = eventstore;

constexpr std::size_t commit_events = 1000;
constexpr es::Timestamp first_moment{1'767'225'600'000'000};  // 2026-01-01, as generated events have it

void append_generated(es::EventLog& log, const std::filesystem::path& directory, std::size_t events) {
  const auto file = directory / "events.jsonl";
  es::Model model{};
  model.aggregates = domain::all_aggregates();
  {
    std::ofstream lines{file};
    const auto write = [&](std::string_view line) -> es::Result<void> {
      lines << line << '\n';
      return {};
    };
    // The categories whose documents the peers write, too.
    checked(es::app::generate(
        model.aggregates, {.events = events, .seed = 1, .category = {"campaign", "conversation", "delivery"}}, write));
  }
  es::app::Import parameters{};
  parameters.file = file;
  auto source = checked(es::app::LineSource::open(file));
  auto refused = checked(es::app::RefusedLines::open(parameters.on_error, source));
  es::app::ImportCounts counts{};
  checked(es::app::import(log, model, parameters, source, refused, counts));
  require(counts.appended == events, "the generated events were not imported");
  std::filesystem::remove(file);
}

// Appends the events of one campaign as `stream`, a second apart.
class CampaignWriter {
 public:
  /// `count`: the events of the log.
  explicit CampaignWriter(es::EventLog& log, std::uint64_t count = 0) : log_{log}, count_{count} {
    es::Metadata metadata{};
    metadata.user_id = "user-1";
    es::encode_tagged(metadata, metadata_);
  }

  void append(const std::string& stream, const std::vector<CampaignEvent>& events) {
    for (std::size_t first = 0; first < events.size(); first += commit_events)
      append(es::StreamId::trusted(stream), events, first, std::min(events.size(), first + commit_events));
  }

 private:
  void append(const es::StreamId& stream, const std::vector<CampaignEvent>& events, std::size_t first,
              std::size_t end) {
    std::vector<es::Bytes> data;
    std::vector<es::NewEvent> added;
    std::vector<es::SchemaRecord> schemas;
    for (auto i = first; i < end; ++i)
      std::visit(
          [&]<class E>(const E& event) {
            data.push_back(es::encode(event));
            es::NewEvent next{.stream = stream, .type = E::event_type, .organization = "org-1"};
            const auto bits = mix(++count_);
            std::memcpy(next.id.uuid.octets.data(), &bits, sizeof bits);
            next.created_at = first_moment.plus_seconds(static_cast<std::int64_t>(count_));
            next.schema = es::schema_of<E>().id;
            next.metadata = metadata_;
            added.push_back(next);
            schemas.push_back(es::schema_of<E>().record());
          },
          events[i]);
    for (std::size_t i = 0; i < added.size(); ++i) added[i].data = data[i];
    checked(log_.append({.events = added, .expectations = {}, .schemas = schemas}));
  }

  es::EventLog& log_;
  es::Bytes metadata_;
  std::uint64_t count_;
};

void append_campaigns(es::EventLog& log, std::size_t contacts, std::size_t campaigns) {
  auto events = campaign_events(contacts);
  CampaignWriter writer{log};
  for (std::size_t i = 1; i <= campaigns; ++i) {
    const auto id = fmt::format("c-{}", i);
    for (auto& event : events) {
      if (auto* const created = std::get_if<domain::CampaignCreated>(&event)) created->campaign_id = id;
      if (auto* const executed = std::get_if<domain::CampaignExecuted>(&event)) executed->campaign_id = id;
    }
    writer.append("campaign-" + id, events);
  }
}

// Reads the log once, so that no engine is the first to read it. Gives the number of its events.
std::size_t read_once(const es::EventLog& log) {
  std::size_t events = 0;
  const auto count = [&](const es::RecordedEvent&) {
    ++events;
    return true;
  };
  checked(log.visit_all({.limit = es::no_limit}, count));
  return events;
}

// Those that the peer writes by hand.
std::vector<es::ProjectionType> compared_projections() {
  auto projections = domain::all_projections();
  std::erase_if(projections,
                [](const es::ProjectionType& each) { return each.name() == "agents" || each.name() == "customers"; });
  return projections;
}

}  // namespace

Projected project_all(std::size_t events) {
  return {fmt::format("project_all-{}", events), compared_projections(),
          [=](es::EventLog& log, const std::filesystem::path& directory) { append_generated(log, directory, events); }};
}

Projected project_one(std::size_t events) {
  auto projected = project_all(events);
  projected.name = fmt::format("project_one-{}", events);
  projected.projections = {es::analytics()};
  return projected;
}

Projected project_large(std::size_t contacts, std::size_t campaigns) {
  return {fmt::format("project_large-{}-{}", contacts, campaigns), compared_projections(),
          [=](es::EventLog& log, const std::filesystem::path&) { append_campaigns(log, contacts, campaigns); }};
}

void append_late_contacts(es::EventLog& log, std::size_t contacts, std::size_t events) {
  constexpr std::size_t stride = 7919;  // a prime: the keys come from everywhere
  const auto known = checked(log.head()).value;
  std::vector<CampaignEvent> late;
  for (auto i = known; i < known + events; ++i)
    late.emplace_back(domain::CampaignContactReached{
        fmt::format("contact-{:06}-{}", i * stride % contacts, i), {}, {}, domain::ContactOutcome::sent, {}});
  CampaignWriter{log, known}.append("campaign-c-1", late);
}

ProjectedLog::ProjectedLog(const Projected& projected) : directory_{detail::filled_directory(projected.name)} {
  const bool is_new = !detail::is_filled(directory_);
  if (is_new) {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  es::FileLogOptions options{};
  options.durability = es::Durability::on_close;
  log_ = checked(es::FileLog::open(files_, clock_, directory_ / "log", options));
  open_keys();
  if (is_new) {
    projected.fill(*log_, directory_);
    project_by_eventstore(*log_, projected.projections, reference());
    detail::mark_filled(directory_);
  }
  events_ = read_once(*log_);
}

// The domain has personal fields, so the log encrypts them, and opens them for every engine that reads it.
void ProjectedLog::open_keys() {
  es::KeyStoreOptions options{};
  options.directory = directory_ / "keys";
  options.log_id = log_->store_id();
  options.clock = &clock_;
  log_->open_with(std::make_shared<es::ValueCipher>(checked(es::SqliteKeyStore::open(std::move(options))),
                                                    es::StreamSubjects{domain::all_aggregates()}));
}

void project_by_eventstore(const es::EventLog& log, const std::vector<es::ProjectionType>& projections,
                           const std::filesystem::path& file) {
  const auto collections = checked(es::SqliteCollections::open(file));
  es::ProjectionWorker worker{log, domain::all_aggregates(), *collections};
  std::vector<const es::ProjectionType*> chosen;
  for (const auto& projection : projections) chosen.push_back(&projection);
  const auto report = checked(worker.run(chosen));
  require(report.left.empty(), "a projection does not come to the end of the log");
}

}  // namespace bench
