#include <eventstore/aggregate/claim_record.hpp>
#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/app/caller.hpp>
#include <eventstore/app/import.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/schema/detail/plain_json.hpp>
#include <eventstore/schema/detail/repeated_member.hpp>

#include <fmt/format.h>

#include "importer.hpp"
#include "zone.hpp"

namespace eventstore::app {
namespace {

class Importing {
 public:
  Importing(EventLog& log, const Model& model, const Import& parameters, LineDefaults defaults, FormerIds former_ids,
            const Converter* converter, LineSource& source, RefusedLines& refused, ImportCounts& counts,
            const ImportWatch& watch)
      : converter_{converter},
        organization_{defaults.metadata.organization},
        event_types_{event_types_of(model)},
        claims_{has_unique_values(model)},
        reader_{event_types_, parameters.raw ? UnknownTypes::keep_as_json : UnknownTypes::refuse, std::move(defaults),
                former_ids},
        source_{source},
        refused_{refused},
        counts_{counts},
        watch_{watch},
        importer_{
            log,
            model.aggregates,
            former_ids,
            counts,
            [this](const NumberedLine& line, const Error& error) { return refuse(line.number, line.text, error); },
            [this](std::uint64_t line, Position position) {
              if (watch_.on_appended) watch_.on_appended({line, position.value});
            },
            watch.on_duplicate} {}

  Result<void> run() {
    source_.watch([this] { return importer_.flush(); }, watch_.stop);
    auto taken = take_all();
    source_.watch({}, {});  // it outlives this
    // Whatever ended it, the lines before are kept.
    auto flushed = importer_.flush();
    return taken ? std::move(flushed) : std::move(taken);
  }

 private:
  Result<void> take_all() {
    while (true) {
      if (watch_.stop.stop_requested()) return failure(Errc::stopped, "import", source_.name(), "interrupted");
      EVENTSTORE_TRY_ASSIGN(const auto text, source_.next());
      if (!text) return {};
      if (is_blank(*text)) continue;
      EVENTSTORE_TRY(converter_ == nullptr ? take(*text) : take_document(*text));
      if (watch_.on_progress) watch_.on_progress({counts_.read, source_.part_read()});
    }
  }

  // All of a document's events are read before the first of them is taken, so that it is refused as a whole.
  Result<void> take_document(std::string_view text) {
    std::vector<EventLine> events;
    auto converted = convert(text, events);
    if (!converted) {
      EVENTSTORE_TRY(importer_.flush());
      return refuse(source_.line_number(), text, std::move(converted.error()));
    }
    counts_.documents = counts_.documents.value_or(0) + 1;
    for (auto& event : events)
      EVENTSTORE_TRY(
          importer_.add({source_.line_number(), refused_.keeps_text() ? std::string{text} : "", std::move(event)}));
    for (const auto& sentence : converted->left_out) {
      counts_.left_out = counts_.left_out.value_or(0) + 1;
      if (watch_.on_left_out) watch_.on_left_out(source_.line_number(), sentence);
    }
    return {};
  }

  Result<Converted> convert(std::string_view text, std::vector<EventLine>& events) {
    EVENTSTORE_TRY_ASSIGN(auto converted, convert(text));
    for (const auto& line : converted.lines) {
      EVENTSTORE_TRY_ASSIGN(auto event, reader_.read(line));
      events.push_back(std::move(event));
    }
    return converted;
  }

  Result<Converted> convert(std::string_view text) {
    JsonDocument document;
    EVENTSTORE_TRY_ASSIGN(const auto extended, document.parse(text));
    EVENTSTORE_TRY(check_members(extended));
    std::string plain;
    EVENTSTORE_TRY(write_plain(extended, plain));
    EVENTSTORE_TRY_ASSIGN(const auto root, document.parse(plain));
    if (root.kind() != JsonKind::object)
      return failure(Errc::invalid_argument, "convert document", "", "expected an object, a document of mongoexport");
    return detail::guarded("convert document", converter_->name, [&]() -> Result<Converted> {
      return converter_->convert({root, converter_->name, organization_});
    });
  }

  Result<void> take(std::string_view text) {
    auto line = reader_.read(text);
    // Made anew from the other lines, under the keys of this store.
    if (line && claims_ && line->stream.category() == ClaimRecord::category) return {};
    // An erasure destroys a key: a file must not do it by the way.
    if (line && line->stream.category() == ErasureRecord::category && line->type == SubjectErased::event_type)
      return {};
    if (line)
      return importer_.add({source_.line_number(), refused_.keeps_text() ? std::string{text} : "", std::move(*line)});
    // The lines before go in first, so that counts and messages come in the order of the file.
    EVENTSTORE_TRY(importer_.flush());
    return refuse(source_.line_number(), text, std::move(line.error()));
  }

  // The error itself where the import stops at it.
  Result<void> refuse(std::uint64_t number, std::string_view text, Error error) {
    ++counts_.read;
    ++counts_.refused;
    error.where =
        error.where.empty() ? fmt::format("line {}", number) : fmt::format("line {}, {}", number, error.where);
    if (refused_.stops()) return failure(std::move(error));
    if (watch_.on_refused) watch_.on_refused(error);
    return refused_.keeps_text() ? refused_.keep(text) : Result<void>{};
  }

  const Converter* converter_;  // null: the lines are event lines
  std::string organization_;
  EventTypes event_types_;
  bool claims_;
  EventLineReader reader_;
  LineSource& source_;
  RefusedLines& refused_;
  ImportCounts& counts_;
  const ImportWatch& watch_;
  Importer importer_;
};

}  // namespace

Result<void> import(EventLog& log, const Model& model, const Import& parameters, LineSource& source,
                    RefusedLines& refused, ImportCounts& counts, const ImportWatch& watch) {
  LineDefaults defaults;
  EVENTSTORE_TRY_ASSIGN(defaults.zone, zone_of(parameters.zone));
  EVENTSTORE_TRY_ASSIGN(defaults.metadata, Caller{.organization_id = parameters.organization_id}.metadata());
  const Converter* converter = nullptr;
  if (!parameters.from.empty()) {
    EVENTSTORE_TRY_ASSIGN(converter, find_converter(model, parameters.from));
  }
  EVENTSTORE_TRY_ASSIGN(const Position head, log.head());
  const auto former_ids = head == Position{0} ? FormerIds::leave_out : FormerIds::derive;
  auto imported =
      Importing{log, model, parameters, std::move(defaults), former_ids, converter, source, refused, counts, watch}
          .run();
  if (!imported && imported.error().code == Errc::stopped)
    imported.error().detail =
        fmt::format("interrupted after line {}; all whole lines before are in the log: import the input again to go on",
                    source.line_number());
  return imported;
}

}  // namespace eventstore::app
