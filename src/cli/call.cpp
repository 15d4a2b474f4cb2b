#include "call.hpp"

#include <eventstore/schema/event_line.hpp>

#include <fmt/format.h>

#include "interrupt.hpp"

namespace eventstore::cli {
namespace {

Form form_of(const GlobalOptions& options, bool lines_only) {
  if (lines_only || options.json) return Form::json;
  return options.table ? Form::table : Form::automatic;
}

}  // namespace

Call::Call(const Model& model, GlobalOptions options, app::Settings settings, std::vector<std::string> words,
           bool lines_only)
    : model_{model},
      options_{std::move(options)},
      settings_{std::move(settings)},
      words_{std::move(words)},
      output_{form_of(options_, lines_only)} {}

Result<std::unique_ptr<Store>> Call::open(Access access, Durability durability) {
  EVENTSTORE_TRY_ASSIGN(clock_, app::ZonedClock::of(settings_, system_clock_));
  return open_store({model_, options_.store, options_.no_snapshots, options_.inline_projections,
                     app::master_key_source(settings_), &*clock_},
                    access, durability);
}

Result<void> Call::print_event(const RecordedEvent& event, const SchemaReader& schemas) {
  std::string line;
  EVENTSTORE_TRY(append_event_line(event, schemas, line));
  return print_line(std::move(line));
}

Result<void> Call::flush() {
  if (bar_) bar_->clear();
  return output_.flush();
}

void Call::note(std::string_view sentence) {
  if (bar_) bar_->clear();
  fmt::print(stderr, "{}: {}\n", program_name(), sentence);
}

app::OnProgress Call::bar(std::string what, std::string unit) {
  bar_.emplace(std::move(what), std::move(unit));
  return [this](const app::Progress& progress) { bar_->show(progress.done, progress.part); };
}

std::stop_token Call::interruption() { return cli::interruption(); }

ExitCode Call::finish(const Result<void>& result) {
  bar_.reset();
  if (!changed_.empty()) {
    const auto printed = result ? output_.flush() : result;
    if (!printed && printed.error().code != Errc::stopped)
      note(changed_ + ", but the result could not be printed: " + printed.error().message());
    return failed_ ? ExitCode::failed : ExitCode::done;
  }
  const auto ended = output_.finish(result);
  return ended == ExitCode::done && failed_ ? ExitCode::failed : ended;
}

}  // namespace eventstore::cli
