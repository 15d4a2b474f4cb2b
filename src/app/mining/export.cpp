#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/app/export.hpp>
#include <eventstore/os/file_system.hpp>

#include "../known_names.hpp"
#include "../unless_zero.hpp"
#include "ocel_json_writer.hpp"
#include "ocel_sqlite_writer.hpp"
#include "xes_writer.hpp"

namespace eventstore::app {
namespace {

LogPart part_of(const ReadWholeLog& events) {
  return {events.category, events.organization_id, Position{events.from}, Position{events.to}};
}

ExportWatch watch_of(const OnProgress& on_progress, std::stop_token stop) {
  ExportWatch watch{.stop = std::move(stop)};
  if (on_progress)
    watch.on_progress = [&on_progress](std::uint64_t done, std::uint64_t total) {
      on_progress({done, static_cast<double>(done) / static_cast<double>(total)});
    };
  return watch;
}

Result<std::unique_ptr<ObjectLogSink>> sink_of(const Store& store, const std::string& path) {
  if (path.ends_with(".sqlite")) return OcelSqliteWriter::open(store, path);
  EVENTSTORE_TRY_ASSIGN(auto file, NewFile::open(store, path));
  return std::make_unique<OcelJsonWriter>(std::move(file));
}

}  // namespace

Result<void> check_export(const Export& parameters) {
  const auto& events = parameters.events;
  const bool is_xes = !parameters.xes.empty();
  const std::string option = is_xes ? "--xes " + parameters.xes : "--ocel " + parameters.ocel;
  const auto wrong = [&](std::string what) {
    return failure(Errc::invalid_argument, "export", option, std::move(what));
  };
  if (events.limit != "all" || events.backward || events.follow || !events.type.empty())
    return wrong("the file has all events of its streams: leave out --limit, --backward, --follow and --type");
  if (parameters.clear) return wrong("--clear is for lines: the file has personal data in clear, and no secrets");
  if (is_xes && events.category.empty())
    return wrong("a trace is a stream of one category: write --category, or --ocel FILE for all categories together");
  if (!events.category.empty()) EVENTSTORE_TRY(check_category(events.category));
  if (!is_xes && !parameters.ocel.ends_with(".sqlite") && !parameters.ocel.ends_with(".json"))
    return wrong("the end of the name says which form the file has: write .sqlite or .json");
  return {};
}

Result<XesExported> export_xes(const Store& store, const Export& parameters, const OnProgress& on_progress,
                               std::stop_token stop) {
  EVENTSTORE_TRY(check_export(parameters));
  EVENTSTORE_TRY(check_known_category(store, parameters.events.category, "export"));
  const auto part = part_of(parameters.events);
  EVENTSTORE_TRY_ASSIGN(auto file, NewFile::open(store, parameters.xes));
  XesWriter writer{file, part.category};
  EVENTSTORE_TRY_ASSIGN(const auto counts, write_traces(store.log(), store.schemas(), store.model().aggregates, part,
                                                        writer, watch_of(on_progress, std::move(stop))));
  EVENTSTORE_TRY(writer.finish());
  return XesExported{parameters.xes, counts.traces, counts.events, unless_zero(writer.replaced_characters())};
}

Result<OcelExported> export_ocel(const Store& store, const Export& parameters, const OnProgress& on_progress,
                                 std::stop_token stop) {
  EVENTSTORE_TRY(check_export(parameters));
  EVENTSTORE_TRY(check_known_category(store, parameters.events.category, "export"));
  const auto part = part_of(parameters.events);
  const auto& types = store.model().aggregates;
  for (const auto& type : types)
    if (part.category.empty() || type.has_category(part.category))
      EVENTSTORE_TRY(check_readable(store.log(), store.schemas(), type, types));
  EVENTSTORE_TRY_ASSIGN(const auto sink, sink_of(store, parameters.ocel));
  EVENTSTORE_TRY_ASSIGN(const auto counts, write_object_log(store.log(), store.schemas(), types, part, *sink,
                                                            watch_of(on_progress, std::move(stop))));
  return OcelExported{parameters.ocel,         counts.events,          counts.objects,
                      counts.referred_objects, counts.event_relations, counts.object_relations};
}

}  // namespace eventstore::app
