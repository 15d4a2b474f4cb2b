#include "store.hpp"

#include <fmt/core.h>

#include "report.hpp"

namespace eventstore::cli {
namespace {

Result<std::unique_ptr<Store>> open(const Setup& setup, const FileLogOptions& log_options) {
  StoreOptions options{};
  options.log = log_options;
  options.snapshots = !setup.without_snapshots;
  options.inline_projections = setup.inline_projections;
  options.master_key = setup.master_key;
  options.clock = setup.clock;
  options.on_made_master_key = [](const std::string& file) {
    fmt::print(stderr,
               "{}: the keys of personal data are protected by {}, which was made now: keep a copy of it in another "
               "place, for without it the data cannot be read\n",
               program_name(), file);
  };
  options.on_unfinished_erasures = [](const std::string& sentence) {
    fmt::print(stderr, "{}: {}\n", program_name(), sentence);
  };
  EVENTSTORE_TRY_ASSIGN(Store store, Store::open(setup.directory, setup.program, options));
  if (const auto& recovery = store.log().recovery(); recovery.bytes_discarded != 0)
    fmt::print(stderr,
               "{}: recovered: {} bytes at offset {} of {} were never acknowledged and are dropped ({}); the log "
               "ends at position {}\n",
               program_name(), recovery.bytes_discarded, recovery.offset, recovery.file, recovery.reason,
               recovery.after.value);
  return std::make_unique<Store>(std::move(store));
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const Setup& setup, Access access, Durability durability) {
  FileLogOptions options{};
  options.mode = access == Access::read ? FileLogOptions::Mode::read_only : FileLogOptions::Mode::read_write;
  options.durability = durability;
  options.create_when_missing = access != Access::write_existing;
  return open(setup, options);
}

}  // namespace eventstore::cli
