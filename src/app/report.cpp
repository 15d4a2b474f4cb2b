#include <eventstore/app/report.hpp>
#include <eventstore/history/report.hpp>
#include <eventstore/os/file_system.hpp>

#include "new_file.hpp"
#include "output_place.hpp"
#include "past_stream.hpp"

namespace eventstore::app {
namespace {

// A report may be made again, but the name of another file is a slip that would cost that file.
Result<void> check_replaceable(const Store& store, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(const auto there, look_at_place(store, path));
  if (there == AtPlace::nothing) return {};
  if (const auto file = store.files().open(path, OpenMode::read))
    if (const auto begin = read_whole(**file, report_mark.size()); begin && as_text(*begin) == report_mark) return {};
  return failure(Errc::invalid_argument, "write report", path, "it exists and is no report: give another name");
}

Result<ReportOptions> options_of(const Store& store, const MakeReport& parameters) {
  if (parameters.html.empty())
    return failure(Errc::invalid_argument, "write report", parameters.stream, "the file has no name");
  if (parameters.from == 0U || parameters.to == 0U)
    return failure(Errc::invalid_argument, "write report", parameters.stream, "versions begin at 1");
  ReportOptions options{};
  if (parameters.from) options.first = Version{*parameters.from};
  if (parameters.to) options.last = Version{*parameters.to};
  options.made_at = store.clock().now();
  return options;
}

}  // namespace

Result<MadeReport> make_report(const Store& store, const MakeReport& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto options, options_of(store, parameters));
  EVENTSTORE_TRY_ASSIGN(const auto past, past_stream(store, parameters.stream));
  EVENTSTORE_TRY(check_replaceable(store, parameters.html));
  EVENTSTORE_TRY_ASSIGN(auto file, NewFile::open(store, parameters.html));
  EVENTSTORE_TRY_ASSIGN(const auto made, write_report(
                                             store.log(), store.schemas(), *past.type, past.stream, options,
                                             [&](std::string_view piece) {
                                               file.text() += piece;
                                               return file.flush_some();
                                             },
                                             store.snapshots()));
  EVENTSTORE_TRY(file.finish());
  const auto first = made.events == 0 ? made.last : made.first;
  return MadeReport{past.stream.text(), first.value, made.last.value, made.events, made.bytes, parameters.html};
}

}  // namespace eventstore::app
