#include "old_commands.hpp"
#include "output.hpp"

#include <fmt/format.h>

namespace eventstore::cli {
namespace {

std::string describe(const RetentionReport& report) {
  auto line =
      fmt::format(R"({{"action":"{}","dry_run":{},"segments":{})",
                  report.action == RetentionPolicy::Action::drop ? "drop" : "archive", report.dry_run, report.segments);
  if (report.segments != 0)
    line += fmt::format(R"(,"first_position":{},"last_position":{},"recorded_from":"{}","recorded_to":"{}","bytes":{})",
                        report.first.value, report.last.value, report.first_recorded_at.to_string(),
                        report.last_recorded_at.to_string(), report.bytes);
  if (report.archived_bytes != 0) line += fmt::format(R"(,"archived_bytes":{})", report.archived_bytes);
  return line + fmt::format(R"(,"expired_position":{}}})", report.expired.value);
}

Result<std::string> run(const Setup& setup, const RetainOptions& options) {
  if (options.drop == options.archive) return failure(Errc::invalid_argument, "retain", {}, "say --drop or --archive");
  RetentionPolicy policy;
  policy.action = options.drop ? RetentionPolicy::Action::drop : RetentionPolicy::Action::archive;
  EVENTSTORE_TRY_ASSIGN(policy.before, Timestamp::parse(options.before));
  policy.dry_run = options.dry_run;
  EVENTSTORE_TRY_ASSIGN(const auto store, open_existing_store(setup));
  EVENTSTORE_TRY_ASSIGN(const auto report, store->log().retain(policy));
  EVENTSTORE_TRY(store->close());
  return describe(report);
}

}  // namespace

ExitCode retain(const Setup& setup, const RetainOptions& options) {
  auto line = run(setup, options);
  if (!line) return report(line.error());
  Output output{setup.form};
  return output.finish(output.write(std::move(*line)));
}

}  // namespace eventstore::cli
