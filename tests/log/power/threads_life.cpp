#include "threads_life.hpp"

#include <eventstore/aggregate/random.hpp>
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <eventstore/testing/simulated_disk.hpp>
#include <eventstore/testing/thread_schedule.hpp>

#include <cerrno>

#include "power_check.hpp"
#include "threads_book.hpp"

namespace eventstore::power {
namespace {

constexpr const char* directory = "data/store";
constexpr const char* backup_directory = "data/backup";
constexpr Timestamp start{1'769'515'200'000'000};  // 2026-01-27T12:00:00Z

SimulatedDiskOptions disk_options(Random& random) {
  SimulatedDiskOptions options{.seed = random.next(), .file_bytes_max = std::size_t{1} << 20};
  if (random.chance(60)) options.loss = Loss::everything;
  return options;
}

// A process that writes: its log, and the threads that use it.
using SharedLog = std::shared_ptr<FileLog>;

class ThreadsLife {
 public:
  explicit ThreadsLife(std::uint64_t seed) : random_{seed}, disk_{disk_options(random_)}, schedule_{seed} {}

  ThreadsOutcome live() {
    ThreadsOutcome outcome;
    try {
      begin();
      schedule_.add("world", [this] { guarded([this] { world(); }); });
      schedule_.run();
      require(broken_.empty(), broken_);
      end();
    } catch (const Broken& broken) {
      outcome.broken = broken.what;
    }
    outcome.turns = schedule_.turns();
    outcome.trace = disk_.trace();
    return outcome;
  }

 private:
  // Nothing may be thrown out of a thread of a schedule.
  template <class Work> void guarded(Work work) {
    try {
      work();
    } catch (const Broken& broken) {
      if (broken_.empty() && disk_.is_running()) broken_ = broken.what;
    }
  }
  // The program has ended, or what it asks for may be where the disk cannot read.
  template <class T> bool is_excused(const Result<T>& result) const {
    return !result && (!disk_.is_running() || has_lost_page_);
  }
  void pass_some_turns(std::uint64_t most) {
    for (auto turns = random_.below(most); turns > 0; --turns) ThreadSchedule::step();
  }

  FileLogOptions options(FileLogOptions::Mode mode) {
    FileLogOptions options;
    options.mode = mode;
    options.durability = durability_;
    options.sync_interval = std::chrono::milliseconds{20};
    options.background_work = is_in_background_;
    options.maps_most = maps_most_;
    options.new_store_id.octets.fill(7);
    options.prepared_bytes = static_cast<std::size_t>(random_.pick({0, 6'000}));
    options.segment_bytes_max = static_cast<std::size_t>(random_.pick({4096, 8192}));
    return options;
  }

  // A lone process fills the store a little, and the next run begins, on a machine that was started anew or not.
  void begin() {
    is_in_background_ = false;
    auto opened = FileLog::open(disk_, clock_, directory, options(FileLogOptions::Mode::read_write));
    const SharedLog log = needed(std::move(opened), "opening");
    for (auto commits = random_.below(8); commits > 0; --commits) append(*log);
    if (random_.chance(50)) needed_void(log->close(), "closing");
    durability_ = random_.pick({Durability::every_commit, Durability::every_commit, Durability::on_close});
    is_in_background_ = random_.chance(60);
    if (random_.chance(60)) {
      disk_.cut_power();
      book_.lose_power();
    }
    disk_.restart();
    boot_ = disk_.boot_id();
  }

  void world() {
    if (random_.chance(30)) disk_.fail(FileCall::sync, 1 + static_cast<int>(random_.below(6)), EIO);
    if (random_.chance(25)) disk_.cut_power_after(1 + random_.below(120));
    {
      std::vector<Thread> threads;
      for (int i = 0; i < 2; ++i) threads.emplace_back([this] { guarded([this] { write(); }); });
      if (random_.chance(15)) threads.emplace_back([this] { lose_page(); });
      for (auto readers = 1 + random_.below(2); readers > 0; --readers)
        threads.emplace_back([this] { guarded([this] { read(); }); });
    }
    if (random_.chance(60))
      disk_.cut_power();
    else
      disk_.end_run();
    logs_.clear();
  }

  // Opens as soon as the other writer has closed, and lets some threads append and close.
  void write() {
    pass_some_turns(20);
    SharedLog log;
    for (int tries = 0; tries < 200 && !log; ++tries) {
      auto opened = FileLog::open(disk_, clock_, directory, options(FileLogOptions::Mode::read_write));
      if (is_excused(opened)) return;
      if (opened) {
        log = std::move(*opened);
      } else {
        require(opened.error().code == Errc::locked || disk_.failures() > 0,
                "opening to write: " + opened.error().message());
        if (random_.chance(30))
          sleep_thread(std::chrono::milliseconds{1});
        else
          ThreadSchedule::step();
      }
    }
    if (!log) return;
    logs_.push_back(log);
    const auto closers = random_.below(3);
    std::vector<Thread> threads;
    for (auto writers = 1 + random_.below(3); writers > 0; --writers)
      threads.emplace_back([this, log] {
        guarded([&] {
          for (auto commits = 1 + random_.below(4); commits > 0 && disk_.is_running(); --commits) append(*log);
        });
      });
    for (std::uint64_t i = 0; i < closers; ++i)
      threads.emplace_back([this, log] {
        guarded([&] {
          pass_some_turns(100);
          if (random_.chance(20)) sync(*log);
          close(*log);
        });
      });
  }

  void sync(FileLog& log) {
    const auto before = book_.acknowledged_by(log);
    if (log.sync()) book_.make_lasting(before);
  }

  void close(FileLog& log) {
    const auto before = book_.acknowledged_by(log);
    if (log.close()) book_.make_lasting(before);
  }

  void append(FileLog& log) {
    ThreadsBook::Entry asked;
    asked.log = thread_scheduler != nullptr ? &log : nullptr;  // another log may stand in the place of the first one
    asked.stream = random_.pick<const char*>({"delivery-1", "delivery-2", "campaign-1"});
    asked.durability = random_.pick({durability_, durability_, Durability::every_commit, Durability::interval});
    asked.events = random_.chance(15) ? 0 : 1 + random_.below(3);
    auto& entry = book_.begin(asked);
    std::vector<std::string> data;
    std::vector<NewEvent> events;
    data.reserve(entry.events);
    for (std::size_t i = 0; i < entry.events; ++i) {
      NewEvent event{StreamId::trusted(entry.stream)};
      const auto number = entry.first_number + i;
      event.id = ThreadsBook::id_of(number);
      event.type = "Happened";
      event.organization = "org-1";
      event.created_at = start;
      event.data = as_bytes(data.emplace_back(ThreadsBook::data_of(number)));
      events.push_back(std::move(event));
    }
    const Outcome result{StreamId::trusted(entry.stream), ThreadsBook::command_of(entry), Uuid::v5(Uuid{}, "command"),
                         "org-1", as_bytes("done")};
    Commit commit{.events = events, .durability = entry.durability};
    if (entry.events == 0) commit.outcomes = {&result, 1};
    if (thread_scheduler != nullptr && random_.chance(25))
      log.append_async(commit, [this, &entry](const Result<Receipt>& answer) {
        guarded([&] { book_.take_answer(entry, answer); });
      });
    else
      book_.take_answer(entry, log.append(commit));
  }

  // Looks, again and again. What it sees must be there ever after, also when the power fails at this moment.
  void read() {
    pass_some_turns(60);
    SharedLog log;
    for (auto looks = 1 + random_.below(5); looks > 0 && disk_.is_running(); --looks) {
      const auto acknowledged = book_.acknowledged();
      const auto failures_before = disk_.failures();
      if (!log || random_.chance(30)) {
        auto opened = FileLog::open(disk_, clock_, directory, options(FileLogOptions::Mode::read_only));
        if (is_excused(opened) || (!opened && disk_.failures() > failures_before)) return;
        log = needed(std::move(opened), "opening to read");
      }
      if (random_.chance(20)) (void)log->wait_past(Position{acknowledged}, {}, std::chrono::milliseconds{100});
      const auto page = log->read_all({.limit = 100'000});
      if (is_excused(page)) return;
      // A page ends before what cannot be read.
      if (page && !page->at_end) {
        const auto next = log->read_all({.from = Position{page->next}});
        return require(is_excused(next), "a page ends early, and the next one does not say why");
      }
      needed_void(page ? Result<void>{} : failure(page.error()), "reading");
      book_.check_seen(page->events);
      for (const auto number : book_.unanswered(page->events))
        require(is_on_disk(ThreadsBook::data_of(number)), "a reader sees what is not on the disk yet");
      require(page->events.size() >= acknowledged.value, "a reader sees " + std::to_string(page->events.size()) +
                                                             " events, and " + std::to_string(acknowledged.value) +
                                                             " were acknowledged before it looked");
      if (random_.chance(15)) back_up();
      if (random_.chance(10)) return disk_.cut_power();
      pass_some_turns(40);
    }
  }

  [[nodiscard]] bool is_on_disk(const std::string& data) const {
    for (char digit = '1'; digit <= '9'; ++digit) {
      const auto bytes = disk_.on_disk(std::string{directory} + "/segments/000000000000000" + digit + ".log");
      if (!bytes) return false;
      if (as_text(*bytes).find(data) != std::string_view::npos) return true;
    }
    return false;
  }

  // From some moment on the disk cannot read a part of a file.
  void lose_page() {
    pass_some_turns(200);
    const auto paths = {std::string{"segments/0000000000000001.log"}, std::string{"segments/0000000000000002.log"},
                        std::string{"segments/0000000000000001.idx"}, std::string{"catalog"},
                        std::string{"tables/0000000000000001-0000000000000001.tbl"}};
    has_lost_page_ = true;
    (void)disk_.lose_page(std::string{directory} + "/" + random_.pick<std::string>(paths), random_.below(8192));
  }

  // A backup holds what readers see.
  void back_up() {
    const auto acknowledged = book_.acknowledged();
    const auto made = backup(disk_, directory, disk_, backup_directory, clock_);
    if (is_excused(made) || (!made && made.error().code == Errc::locked)) return;
    if (!made && disk_.failures() > 0) return;
    require(made.has_value(), made ? "" : "backing up: " + made.error().message());
    require(made->state.last >= acknowledged, "a backup lacks what was acknowledged");
    const auto restored =
        "data/restored-" + std::to_string(made->state.last.value) + "-" + std::to_string(disk_.changes());
    const auto back = restore(disk_, backup_directory, disk_, restored);
    if (!back) return;  // another backup is being made there
    auto log = FileLog::open(disk_, clock_, restored, options(FileLogOptions::Mode::read_only));
    if (!log) return require(is_excused(log), "opening what was restored: " + log.error().message());
    const auto page = (*log)->read_all({.limit = 100'000});
    if (page) book_.check_seen(page->events);
  }

  // What is left, for the next process.
  void end() {
    if (disk_.boot_id() != boot_) book_.lose_power();
    disk_.never_stop();
    disk_.heal();
    disk_.restart();
    is_in_background_ = false;
    const auto report = needed(verify(disk_, directory), "verifying");
    for (const auto& finding : report.findings) throw Broken{"verify finds in " + finding.file + ": " + finding.what};
    auto opened = FileLog::open(disk_, clock_, directory, options(FileLogOptions::Mode::read_write));
    const SharedLog log = needed(std::move(opened), "opening at the end");
    book_.check_end(*log);
    needed_void(log->close(), "closing at the end");
  }

  static void needed_void(const Result<void>& result, const std::string& what) {
    require(result.has_value(), result ? "" : what + ": " + result.error().message());
  }

  Random random_;
  const std::size_t maps_most_ = random_.pick<std::size_t>({1, 4, 8192});
  SimulatedDisk disk_;
  ManualClock clock_{start};
  ThreadSchedule schedule_;
  ThreadsBook book_;
  std::vector<SharedLog> logs_;
  std::string broken_;
  std::string boot_;  // when the schedule begins
  Durability durability_ = Durability::every_commit;
  bool is_in_background_ = false;
  bool has_lost_page_ = false;
};

}  // namespace

ThreadsOutcome live_with_threads(std::uint64_t seed) { return ThreadsLife{seed}.live(); }

}  // namespace eventstore::power
