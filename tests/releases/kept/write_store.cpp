// Writes a store, snapshots and backups as this build makes them, to be kept for the builds that follow:
//
//   write_store DIRECTORY
//
// A build whose files differ from those of the builds before is kept in a folder beside this file; kept_test.cpp reads
// them.
#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <filesystem>
#include <iostream>

#include "aggregate/account.hpp"

namespace {

namespace fs = std::filesystem;
namespace es = eventstore;

class Writer {
 public:
  explicit Writer(std::string directory) : directory_{std::move(directory)} {}

  void write() {
    auto log = open("store");
    es::FileSnapshots files{files_, directory_ + "/snapshots"};
    es::Snapshots snapshots{files, clock_, es::SnapshotPolicy::every(50)};
    es::Repository<bank::Account> accounts{*log, clock_, snapshots, "kept"};
    execute(accounts, "ada", bank::Open{"ada"});
    execute(accounts, "bob", bank::Open{"bob"});
    for (int i = 1; i <= 120; ++i) {
      execute(accounts, "ada", bank::Deposit{i});
      if (i % 4 == 0) execute(accounts, "bob", bank::Withdraw{1});
      if (i == 60) back_up();
    }
    (void)es::must(accounts.load("ada"));
    es::must(log->close());
    back_up();

    fs::copy(directory_ + "/store", directory_ + "/retained", fs::copy_options::recursive);
    log = open("retained");
    (void)es::must(log->retain({es::RetentionPolicy::Action::archive, clock_.now()}));
    (void)es::must(log->retain({es::RetentionPolicy::Action::drop, es::must(middle(*log))}));
    es::must(log->close());
  }

 private:
  std::unique_ptr<es::FileLog> open(const std::string& name) {
    es::FileLogOptions options{};
    options.durability = es::Durability::on_close;
    options.segment_bytes_max = std::size_t{16} * 1024;
    options.prepared_bytes = 0;
    return es::must(es::FileLog::open(files_, clock_, directory_ + "/" + name, options));
  }

  template <class Command>
  void execute(es::Repository<bank::Account>& accounts, const char* key, const Command& command) {
    (void)es::must(accounts.execute(key, command, {.metadata = {.organization = "org-1", .user_id = "clerk"}}));
    clock_.advance_seconds(1);
  }

  void back_up() { (void)es::must(es::backup(files_, directory_ + "/store", files_, directory_ + "/backup", clock_)); }

  // When half of the events had been recorded.
  static es::Result<es::Timestamp> middle(const es::EventLog& log) {
    EVENTSTORE_TRY_ASSIGN(const auto page, log.read_all({.from = es::Position{76}, .limit = 1}));
    return page.events.front().recorded_at;
  }

  const std::string directory_;
  es::PosixFileSystem files_;
  es::ManualClock clock_{es::Timestamp{1'767'225'600'000'000}};
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: write_store DIRECTORY\n";
    return 2;
  }
  Writer{arguments[1]}.write();
}
