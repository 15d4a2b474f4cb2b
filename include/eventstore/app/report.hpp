#pragma once
// A stream's history as a web page in a file.
#include <eventstore/app/store.hpp>

namespace eventstore::app {

struct MakeReport {
  EVENTSTORE_FIELDS(MakeReport, (std::string, stream, , help("Stream of the aggregate, like {stream}")),
                    (std::string, html, , help("File that gets the page; an earlier report there is replaced")),
                    (std::optional<std::uint64_t>, from, , help("Begin with the event of this version")),
                    (std::optional<std::uint64_t>, to, , help("End with the event of this version")));
};

/// The versions are those that the page shows: `from` is that of its first event, or of the state that it begins with
/// where retention kept no event.
struct MadeReport {
  EVENTSTORE_FIELDS(MadeReport, (std::string, stream), (std::uint64_t, from), (std::uint64_t, to),
                    (std::uint64_t, events), (std::uint64_t, bytes), (std::string, file));
};

/// Writes the page of write_report (history/report.hpp). The file appears whole, or stays as it was. Errors:
/// invalid_argument (no stream id; a category without states, or one that the program does not register; a range that
/// ends before it begins; the file has no name, or exists and is no report); not_found (no such stream or version; no
/// such directory); too_large; as write_report; io_failed, out_of_space, read_only of the file.
Result<MadeReport> make_report(const Store& store, const MakeReport& parameters);

}  // namespace eventstore::app
