#include "power_check.hpp"

#include <algorithm>
#include <set>

namespace eventstore::power {
namespace {

std::string named(const ModelEvent& event) {
  return "event " + std::to_string(event.position.value) + " (" + event.stream + " version " +
         std::to_string(event.version.value) + ")";
}

void check_page(const Page& page, const std::vector<const ModelEvent*>& expected, const std::string& what) {
  require(page.events.size() == expected.size(), what + " gives " + std::to_string(page.events.size()) +
                                                     " events instead of " + std::to_string(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i)
    require(same_event(owned(page.events[i]), *expected[i]), what + " gives another event than " + named(*expected[i]));
}

// Backward reads end before what expired; where nothing else is there, that is told.
void check_backward(const Result<Page>& page, std::vector<const ModelEvent*> expected, bool is_all_expired,
                    const std::string& what) {
  if (is_all_expired)
    return require(!page && page.error().code == Errc::expired, what + " does not say that it expired");
  std::reverse(expected.begin(), expected.end());
  require(page.has_value(), what + (page ? "" : ": " + page.error().message()));
  check_page(*page, expected, what);
}

void check_filter(const EventLog& log, const Model& model, const Filter& filter) {
  const auto admits = [&](const ModelEvent& event) {
    const auto category = event.stream.substr(0, event.stream.find('-'));
    return (filter.category.empty() || filter.category == category) &&
           (filter.type.empty() || filter.type == event.type) &&
           (filter.organization.empty() || filter.organization == event.organization);
  };
  std::vector<const ModelEvent*> expected;
  for (auto place = model.expired; place < model.events().size(); ++place)
    if (admits(model.events()[place])) expected.push_back(&model.events()[place]);
  const auto what = "the filter " + filter.category + "/" + filter.type + "/" + filter.organization;
  const Position first{model.expired + 1};
  check_page(needed(log.read_all({.from = first, .limit = 100'000, .filter = filter}), what), expected, what);
  check_backward(log.read_all({.direction = Direction::backward, .limit = 100'000, .filter = filter}), expected,
                 model.expired > 0 && model.expired == model.events().size(), what + " backward");
  if (model.expired == 0) return;
  const auto gone = log.read_all({.from = Position{model.expired}, .limit = 1, .filter = filter});
  require(!gone && gone.error().code == Errc::expired, what + " reads what expired");
}

void check_filters(const EventLog& log, const Model& model) {
  std::set<std::string> categories{"nothing"};
  std::set<std::string> types{"Nothing"};
  std::set<std::string> organizations{"nobody"};
  for (const auto& event : model.events()) {
    categories.insert(event.stream.substr(0, event.stream.find('-')));
    types.insert(event.type);
    organizations.insert(event.organization);
  }
  check_filter(log, model, {});
  for (const auto& category : categories) check_filter(log, model, {category, {}, {}});
  for (const auto& type : types) check_filter(log, model, {{}, type, {}});
  for (const auto& organization : organizations) check_filter(log, model, {{}, {}, organization});
  check_filter(log, model, {*categories.begin(), *types.begin(), *organizations.begin()});
}

void check_stream(const EventLog& log, const Model& model, const std::string& name, const Model::Stream& stream) {
  const auto id = StreamId::trusted(name);
  std::vector<const ModelEvent*> expected;
  for (const auto place : stream.events)
    if (place >= model.expired) expected.push_back(&model.events()[place]);
  const auto what = "stream " + name;
  const auto expired = stream.events.size() - expected.size();
  check_page(needed(log.read_stream(id, {.from = Version{expired + 1}, .limit = 100'000}), what), expected, what);
  require(needed(log.head(id), what) == Version{stream.events.size()}, what + " has another head");
  const auto info = needed(log.info(id), what);
  require(info.organization == stream.organization && info.version == Version{stream.events.size()} &&
              info.first == model.events()[stream.events.front()].position &&
              info.last == model.events()[stream.events.back()].position,
          what + " is described wrongly");
  check_backward(log.read_stream(id, {.direction = Direction::backward, .limit = 100'000}), expected, expected.empty(),
                 what + " backward");
  if (expired == 0) return;
  const auto gone = log.read_stream(id, {.from = Version{expired}, .limit = 1});
  require(!gone && gone.error().code == Errc::expired, what + " reads what expired");
}

void check_streams(const EventLog& log, const Model& model) {
  for (const auto& [name, stream] : model.streams()) check_stream(log, model, name, stream);
  const auto nobody = StreamId::trusted("nothing-0");
  require(needed(log.head(nobody), "a stream that is not there") == Version{0},
          "a stream that is not there has a head");
  const auto listed = needed(log.streams({}, {}, 100'000), "the list of streams");
  require(listed.size() == model.streams().size(), "the list of streams is of another length");
  std::size_t i = 0;
  for (const auto& [name, stream] : model.streams()) {
    require(listed[i].stream == name && listed[i].version == Version{stream.events.size()},
            "the list of streams is wrong at " + name);
    ++i;
  }
}

}  // namespace

void require(bool holds, const std::string& what) {
  if (!holds) throw Broken{what};
}

ModelEvent owned(const RecordedEvent& event) {
  return {std::string{event.stream},
          event.id,
          std::string{event.type},
          std::string{event.organization},
          event.created_at,
          event.schema,
          event.codec,
          event.encryption_key,
          std::string{as_text(event.metadata)},
          std::string{as_text(event.data)},
          event.version,
          event.position,
          event.recorded_at};
}

bool same_event(const ModelEvent& a, const ModelEvent& b) {
  return a.stream == b.stream && a.id == b.id && a.type == b.type && a.organization == b.organization &&
         a.created_at == b.created_at && a.schema == b.schema && a.codec == b.codec &&
         a.encryption_key == b.encryption_key && a.metadata == b.metadata && a.data == b.data &&
         a.version == b.version && a.position == b.position && a.recorded_at == b.recorded_at;
}

std::vector<ModelEvent> scan(const FileLog& log, const Model& model, std::size_t limit) {
  const auto expired = needed(log.expired(), "what expired").value;
  require(expired <= model.events().size(), "more expired than there was");
  std::vector<ModelEvent> events{model.events().begin(), model.events().begin() + static_cast<std::ptrdiff_t>(expired)};
  Timestamp recorded_at{std::numeric_limits<std::int64_t>::min()};
  for (ReadAll options{.from = Position{expired + 1}, .limit = limit};;) {
    const auto tried = log.read_all(options);
    // A writer has dropped more since.
    if (!tried && tried.error().code == Errc::expired && needed(log.expired(), "what expired").value > expired)
      return scan(log, model, limit);
    const auto page = needed(tried, "reading all");
    for (const auto& event : page.events) {
      require(event.position.value == events.size() + 1, "positions have a gap");
      require(event.recorded_at >= recorded_at, "recorded_at goes back");
      recorded_at = event.recorded_at;
      events.push_back(owned(event));
    }
    if (page.at_end) return events;
    options.from = Position{page.next};
  }
}

// A log that is open remembers the schemas of what it drops, if it could read them; nobody needs them any more.
void check_schemas(const std::vector<SchemaRecord>& schemas, const Model& model) {
  const auto is_listed = [&](const ModelSchema& schema) {
    return std::any_of(schemas.begin(), schemas.end(), [&](const auto& record) {
      return record.id == schema.id && as_text(record.descriptor) == schema.descriptor;
    });
  };
  const auto& known = model.schemas();
  for (const auto& schema : known)
    require(is_listed(schema) || !model.needs(schema.id), "a schema is missing, or another");
  require(schemas.size() <= known.size(), "the list of schemas is too long");
  if (schemas.size() < known.size()) return;
  for (std::size_t i = 0; i < schemas.size(); ++i)
    require(schemas[i].id == known[i].id, "the schemas are in another order");
}

void check_indexes(const EventLog& log, const Model& model, const std::vector<ModelEvent>& absent) {
  require(needed(log.head(), "the head") == Position{model.events().size()}, "the head is another");
  check_streams(log, model);
  check_filters(log, model);
  for (const auto& event : model.events()) {
    const auto found = log.find(StreamId::trusted(event.stream), event.id);
    if (const auto* const there = model.find(event.stream, event.id))
      check_page(needed(found, "finding " + named(event)), {there}, "finding " + named(event));
    else
      require(!found && found.error().code == Errc::not_found, "an event that expired is found: " + named(event));
  }
  for (const auto& event : absent) {
    if (model.find(event.stream, event.id) != nullptr) continue;
    const auto found = log.find(StreamId::trusted(event.stream), event.id);
    require(!found && found.error().code == Errc::not_found, "an event that is not there is found: " + event.stream);
  }
  check_schemas(needed(log.schemas(), "the schemas"), model);
}

}  // namespace eventstore::power
