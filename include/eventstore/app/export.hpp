#pragma once
// The events of a store for other programs: as lines that `import` takes again, or as a file for process mining, IEEE
// XES or OCEL 2.0. docs/guide/process-mining.md tells what becomes of what there.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/read.hpp>
#include <eventstore/app/store.hpp>
#include <stop_token>

namespace eventstore::app {

/// `clear` is for lines. Of the options of ReadWholeLog, the files know from, to, category and organization_id.
struct Export {
  EVENTSTORE_FIELDS(
      Export, (ReadWholeLog, events, , flattened),
      (bool, clear, false,
       help("Print personal data and secrets in clear, and not encrypted: whoever has the lines has them")),
      (std::string, xes, "", help("Write the streams of --category as traces into this file, in XES (IEEE 1849-2016)")),
      (std::string, ocel, "",
       help("Write streams as objects with their events into this file, in OCEL 2.0: .sqlite or .json")));
};

struct XesExported {
  EVENTSTORE_FIELDS(XesExported, (std::string, file), (std::uint64_t, traces), (std::uint64_t, events),
                    (std::optional<std::uint64_t>, replaced_characters));
};

struct OcelExported {
  EVENTSTORE_FIELDS(OcelExported, (std::string, file), (std::uint64_t, events), (std::uint64_t, objects),
                    (std::uint64_t, referred_objects), (std::uint64_t, event_relations),
                    (std::uint64_t, object_relations));
};

/// Gives the lines of `parameters.events`. Personal values and secrets are encrypted in them, so that importing them is
/// the identity, unless `clear` asks for them. Lifetime: the line's is the call. Errors: as read of ReadWholeLog, and
/// as append_encrypted_line.
Result<void> export_lines(const Store& store, const Export& parameters,
                          FunctionRef<Result<void>(std::string_view line)> on_line, const Following& following = {});

/// Whether a file can be made of `parameters`, which name one; without the store. Errors: invalid_argument: an option
/// that the file does not know; no category for XES, no category that a stream can have; a file for OCEL that ends
/// neither in .sqlite nor in .json.
Result<void> check_export(const Export& parameters);

/// Writes the file `parameters.xes`. What stands there is replaced when the file is whole; an error, or a stop, leaves
/// it as it was. Characters that XML cannot hold become U+FFFD, and are counted. Errors: as check_export;
/// invalid_argument (a category that neither the program nor the store has); not_found (no such folder); stopped; as
/// write_traces. `on_progress` may be empty. Cost: as write_traces.
Result<XesExported> export_xes(const Store& store, const Export& parameters, const OnProgress& on_progress = {},
                               std::stop_token stop = {});

/// Writes the file `parameters.ocel`, likewise. Errors: as export_xes; as check_readable and write_object_log. Cost: as
/// write_object_log.
Result<OcelExported> export_ocel(const Store& store, const Export& parameters, const OnProgress& on_progress = {},
                                 std::stop_token stop = {});

}  // namespace eventstore::app
