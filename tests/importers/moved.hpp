#pragma once
// A log that documents of the systems before were moved into.
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/app/model.hpp>
#include <eventstore/schema/detail/plain_json.hpp>
#include <eventstore/schema/event_line.hpp>
#include <importers/importers.hpp>

#include "projections/domain_log.hpp"

namespace domain {

/// As the import converts a document. Errors: those of the converter.
inline es::Result<es::Converted> convert(const string& kind, const string& document) {
  es::Model model{};
  model.converters = all_importers();
  EVENTSTORE_TRY_ASSIGN(const auto* const converter, es::find_converter(model, kind));
  es::JsonDocument json;
  EVENTSTORE_TRY_ASSIGN(const auto extended, json.parse(document));
  string plain;
  EVENTSTORE_TRY(es::write_plain(extended, plain));
  EVENTSTORE_TRY_ASSIGN(const auto root, json.parse(plain));
  return converter->convert({root, kind, "default"});
}

inline es::Converted converted(const string& kind, const string& document) {
  auto made = convert(kind, document);
  if (!made) FAIL(made.error().message());
  return std::move(*made);
}

/// The member of a line, or of its event_data where the name begins with "data.", as canonical JSON; "-" where it is
/// missing.
inline string member_of(const string& line, const string& name) {
  es::JsonDocument json;
  const auto root = json.parse(line);
  if (!root) FAIL(root.error().message() << " in " << line);
  auto node = std::optional{*root};
  for (auto rest = std::string_view{name}; node && !rest.empty();) {
    const auto dot = rest.find('.');
    node = node->kind() == es::JsonKind::object ? node->find(rest.substr(0, dot)) : std::nullopt;
    rest = dot == rest.npos ? std::string_view{} : rest.substr(dot + 1);
  }
  string text{"-"};
  if (node) {
    text.clear();
    node->write_canonical(text);
  }
  return text;
}

inline std::vector<string> members_of(const es::Converted& made, const string& name) {
  std::vector<string> all;
  for (const auto& line : made.lines) all.push_back(member_of(line, name));
  return all;
}

struct Moved : DomainLog {
  es::Model model{aggregates, projections};
  es::EventTypes event_types = es::event_types_of(model);
  es::SchemaReader schemas{log};

  /// Each event as if it came alone. How many were new.
  std::size_t take(const es::Converted& made) {
    es::EventLineReader reader{event_types};
    std::size_t news = 0;
    for (const auto& text : made.lines) {
      const auto line = reader.read(text);
      if (!line) FAIL(line.error().message() << " in " << text);
      es::EventWriter writer;
      writer.add(*line);
      const auto appended = writer.append_to(log);
      if (!appended) FAIL(appended.error().message());
      if (!appended->already_there) ++news;
    }
    return news;
  }

  template <class State> State state(const es::AggregateType& type, const string& stream) {
    const auto loaded = es::load_state(log, schemas, type, *es::StreamId::parse(stream));
    if (!loaded) FAIL(loaded.error().message());
    return *(*loaded)->as<State>();
  }
};

}  // namespace domain
