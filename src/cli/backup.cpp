#include "interrupt.hpp"
#include "old_commands.hpp"
#include "output.hpp"
#include "progress_bar.hpp"

#include <eventstore/file_log/backup.hpp>

#include <fmt/format.h>

namespace eventstore::cli {
namespace {

// A bar for a person who waits; Ctrl-C asks to stop.
class Copying {
 public:
  explicit Copying(std::string what) : progress_{std::move(what), "MiB"} {}

  OnCopyProgress callback() {
    return [this](const CopyProgress& now) {
      const double part =
          now.bytes_total == 0 ? -1 : static_cast<double>(now.bytes_done) / static_cast<double>(now.bytes_total);
      progress_.show(now.bytes_done >> 20, part);
      return !stop_.stop_requested();
    };
  }

 private:
  ProgressBar progress_;
  std::stop_token stop_ = interruption();
};

// "" where there is no event, and so no time.
std::string time_member(std::string_view name, Position last, Timestamp time) {
  return last == Position{0} ? std::string{} : fmt::format(R"("{}":"{}",)", name, time.to_string());
}

std::string describe(const BackupState& state) {
  return fmt::format(R"({{"store_id":"{}","position":{},{}{}"segments":{},"bytes":{},"made_at":"{}")",
                     state.store_id.to_string(), state.last.value,
                     time_member("recorded_from", state.last, state.first_recorded_at),
                     time_member("recorded_to", state.last, state.last_recorded_at), state.segments, state.bytes,
                     state.made_at.to_string());
}

Result<std::string> make(const Setup& setup, const BackupOptions& options) {
  PosixFileSystem files;
  const SystemClock clock;
  Copying copying{"backup"};
  EVENTSTORE_TRY_ASSIGN(
      const auto made, eventstore::backup(files, setup.directory, files, options.directory, clock, copying.callback()));
  return describe(made.state) + fmt::format(R"(,"files_copied":{},"files_kept":{},"bytes_copied":{}}})",
                                            made.files_copied, made.files_kept, made.bytes_copied);
}

Result<BackupCheck> check(const BackupOptions& options) {
  PosixFileSystem files;
  Copying copying{"check"};
  return check_backup(files, options.directory, copying.callback());
}

Result<void> report_check(const BackupOptions& options, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto found, check(options));
  EVENTSTORE_TRY(output.write(describe(found.state) + fmt::format(R"(,"complete":{}}})", found.is_complete)));
  if (found.is_complete) return {};
  EVENTSTORE_TRY(output.flush());
  return failure(
      Errc::io_failed, "check the backup", options.directory,
      fmt::format("the last run was cut off, or goes on: what is whole ends at position {}; run backup again",
                  found.state.last.value));
}

Result<RestorePoint> point_of(const RestoreOptions& options) {
  RestorePoint point;
  if (options.to_position) point.position = Position{*options.to_position};
  if (!options.to_time.empty()) {
    EVENTSTORE_TRY_ASSIGN(point.time, Timestamp::parse(options.to_time));
  }
  return point;
}

Result<std::string> make(const Setup& setup, const RestoreOptions& options) {
  EVENTSTORE_TRY_ASSIGN(const auto point, point_of(options));
  PosixFileSystem files;
  Copying copying{"restore"};
  EVENTSTORE_TRY_ASSIGN(const auto made, eventstore::restore(files, options.directory, files, setup.directory, point,
                                                             copying.callback()));
  auto line = fmt::format(R"({{"store_id":"{}","position":{},{}"segments":{},"bytes":{})", made.store_id.to_string(),
                          made.last.value, time_member("recorded_to", made.last, made.last_recorded_at), made.segments,
                          made.bytes);
  if (made.left_out_last != Position{0})
    line += fmt::format(R"(,"left_out_from":{},"left_out_to":{})", made.left_out_first.value, made.left_out_last.value);
  return line + "}";
}

template <class Options> ExitCode print_made(const Setup& setup, const Options& options) {
  auto line = make(setup, options);
  if (!line) return report(line.error());
  Output output{setup.form};
  return output.finish(output.write(std::move(*line)));
}

}  // namespace

ExitCode backup(const Setup& setup, const BackupOptions& options) {
  if (!options.check) return print_made(setup, options);
  Output output{setup.form};
  return output.finish(report_check(options, output));
}

ExitCode restore(const Setup& setup, const RestoreOptions& options) { return print_made(setup, options); }

}  // namespace eventstore::cli
