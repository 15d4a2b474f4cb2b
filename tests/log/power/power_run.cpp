#include "power_run.hpp"

#include <algorithm>

#include "power_actions.hpp"

namespace eventstore::power {
namespace {

constexpr const char* directory = "data/store";
constexpr Timestamp start{1'769'515'200'000'000};  // 2026-01-27T12:00:00Z

SimulatedDiskOptions disk_options(std::uint64_t seed) {
  SimulatedDiskOptions options{.seed = seed, .file_bytes_max = std::size_t{1} << 20};
  if (seed % 4 == 3) options.failures_in_10000.fill(30);
  if (seed % 2 == 0) options.short_transfers_in_10000 = 500;
  return options;
}

std::size_t end_without_zeros(const Bytes& content) {
  auto end = content.size() / 8 * 8;
  const auto is_zero = [](std::byte byte) { return byte == std::byte{0}; };
  while (end > 0 && std::all_of(content.data() + end - 8, content.data() + end, is_zero)) end -= 8;
  return end;
}

// The model's text as the log wants it. Lifetime: the commit's.
struct Views {
  explicit Views(const ModelCommit& commit) {
    for (const auto& event : commit.events) {
      NewEvent made{StreamId::trusted(event.stream)};
      made.id = event.id;
      made.type = event.type;
      made.tenant = event.tenant;
      made.created_at = event.created_at;
      made.schema = event.schema;
      made.codec = event.codec;
      made.encryption_key = event.encryption_key;
      made.metadata = as_bytes(event.metadata);
      made.data = as_bytes(event.data);
      events.push_back(std::move(made));
    }
    for (const auto& schema : commit.schemas) schemas.push_back({schema.id, as_bytes(schema.descriptor)});
    as_commit = {events, commit.expectations, schemas, commit.durability};
  }

  std::vector<NewEvent> events;
  std::vector<SchemaRecord> schemas;
  Commit as_commit;
};

}  // namespace

PowerRun::PowerRun(const Life& life) : random{life.seed}, disk{disk_options(life.seed)}, clock{start} {
  boot_ = disk.boot_id();
}

template <class T> bool PowerRun::is_excused(const Result<T>& failed, std::uint64_t failures_before) const {
  return !disk.is_running() || (disk.failures() > failures_before && failed.error().code != Errc::corrupt_record);
}

FileLogOptions PowerRun::options() {
  FileLogOptions options;
  options.durability = random.pick({Durability::every_commit, Durability::every_commit, Durability::on_close});
  options.sync_interval = std::chrono::hours{24};
  options.segment_bytes_max = static_cast<std::size_t>(random.pick({4096, 4096, 8192, 16384}));
  return options;
}

void PowerRun::open() {
  if (log_ || !disk.is_running()) return;
  const auto failures_before = disk.failures();
  auto opened = FileLog::open(disk, clock, directory, options());
  if (!opened && caches_dropped_ && model.durable < model.commits() && opened.error().code == Errc::corrupt_record)
    return disk.cut_power();  // a failed sync has lost what was acknowledged before it, and the log says so
  if (!opened) return require(is_excused(opened, failures_before), "opening: " + opened.error().message());
  log_ = std::move(*opened);
  is_poisoned_ = false;
  is_closed_ = false;
  has_store_ = true;
  reconcile();
  is_published_ = true;
}

// What is there must be all that was promised, then perhaps more of what was written, and nothing else.
void PowerRun::check_what_is_there(const std::vector<ModelEvent>& there) const {
  const auto promised = may_have_lost_ ? model.durable : model.commits();
  require(there.size() >= model.events_before(promised),
          "only " + std::to_string(there.size()) + " events are there of " +
              std::to_string(model.events_before(promised)) + " that were acknowledged as lasting");
  const auto known = std::min(there.size(), model.events().size());
  for (std::size_t i = 0; i < known; ++i)
    require(same_event(there[i], model.events()[i]), "event " + std::to_string(i + 1) + " is not what was written");
  if (there.size() <= model.events().size())
    return require(model.commits_with(there.size()).has_value(), "a commit is half there");
  require(model.unknown.has_value(), "there is an event that was never written, or that was refused");
  Model with_unknown = model;
  with_unknown.add(*model.unknown);
  require(there.size() == with_unknown.events().size(), "a commit of unknown outcome is half there");
  for (auto i = known; i < there.size(); ++i)
    require(same_event(there[i], with_unknown.events()[i]), "a commit of unknown outcome is not what was written");
}

void PowerRun::reconcile() {
  const auto there = scan(*log_, 1 + random.below(50));
  check_what_is_there(there);
  require(there.size() >= seen_, "what a reader saw is gone");
  to_retry = model.unknown;
  if (there.size() > model.events().size()) {
    add(*model.unknown);
  } else {
    const auto kept = *model.commits_with(there.size());
    if (kept < model.commits()) to_retry = model.commit(kept);
    lose_from(kept);
    if (model.unknown) absent.insert(absent.end(), model.unknown->events.begin(), model.unknown->events.end());
  }
  model.unknown.reset();
  model.durable = model.commits();
  may_have_lost_ = false;
  caches_dropped_ = false;
}

void PowerRun::lose_from(std::size_t commits) {
  for (auto i = commits; i < model.commits(); ++i)
    absent.insert(absent.end(), model.commit(i).events.begin(), model.commit(i).events.end());
  model.keep(commits);
  checksums_.resize(commits);
}

void PowerRun::add(const ModelCommit& commit) {
  model.add(commit);
  const auto checksum = log_->checksum_at(Position{model.events().size()});
  checksums_.push_back(checksum ? *checksum : 0);
}

void PowerRun::append(const ModelCommit& commit) {
  if (!log_ || !disk.is_running()) return;
  const auto judgement = model.judge(commit);
  const auto failures_before = disk.failures();
  const Views views{commit};
  const auto receipt = log_->append(views.as_commit);
  if (receipt)
    take_receipt(commit, judgement, *receipt);
  else
    take_refusal(commit, judgement, receipt.error(), failures_before);
}

void PowerRun::take_receipt(const ModelCommit& commit, const Judgement& judgement, const Receipt& receipt) {
  require(is_writable(), "a log that is closed or failed takes a commit");
  require(!judgement.refusal, "a commit was taken that had to be refused");
  require(receipt.already_there == judgement.is_retry, "a retry was not told from a new commit");
  require(receipt.events == judgement.places, "a commit has other places than the next");
  if (!receipt.already_there) add(commit);
  if (receipt.durability != Durability::every_commit) return;
  const auto last = std::max_element(receipt.events.begin(), receipt.events.end(),
                                     [](const Placed& a, const Placed& b) { return a.position < b.position; });
  std::size_t commits = model.durable;
  while (model.events_before(commits) < last->position.value) ++commits;
  model.durable = commits;
}

void PowerRun::take_refusal(const ModelCommit& commit, const Judgement& judgement, const Error& error,
                            std::uint64_t failures_before) {
  const bool is_new = !judgement.refusal && !judgement.is_retry;
  if (!disk.is_running() || error.code == Errc::outcome_unknown) {
    require(!disk.is_running() || disk.failures() > failures_before, "an outcome is unknown though nothing failed");
    if (is_writable() && is_new) model.unknown = commit;
    is_poisoned_ = true;
    if (random.chance(50)) follow();
    return;
  }
  if (!is_writable()) return require(error.code == Errc::read_only, "a log that takes nothing says " + error.message());
  if (judgement.refusal)
    return require(error.code == *judgement.refusal, "refused for another reason: " + error.message());
  require(disk.failures() > failures_before, "refused for no reason: " + error.message());
  require(error.code == Errc::io_failed || error.code == Errc::out_of_space || error.code == Errc::out_of_memory,
          "failed with " + error.message());
  if (is_new) absent.insert(absent.end(), commit.events.begin(), commit.events.end());
  to_retry = commit;
}

void PowerRun::sync() {
  if (!log_ || !disk.is_running()) return;
  const auto failures_before = disk.failures();
  const auto synced = log_->sync();
  if (synced) {
    require(is_writable(), "a log that is closed or failed syncs");
    model.durable = model.commits();
    return;
  }
  if (!is_writable() && synced.error().code == Errc::read_only) return;
  require(is_excused(synced, failures_before), "syncing: " + synced.error().message());
  is_poisoned_ = true;
}

void PowerRun::close() {
  if (!log_) return;
  const auto failures_before = disk.failures();
  const auto closed = log_->close();
  if (closed && is_writable()) model.durable = model.commits();
  if (!closed) require(is_excused(closed, failures_before), "closing: " + closed.error().message());
  is_closed_ = true;
  if (disk.is_running() && random.chance(20)) return;
  log_.reset();
}

void PowerRun::end_programs() {
  disk.end_run();
  caches_dropped_ = random.chance(40);
  if (caches_dropped_) disk.drop_caches();
  restart();
}

void PowerRun::restart() {
  disk.end_run();
  log_.reset();
  reader_.reset();
  disk.restart();
  disk.heal();
  disk.set_free_bytes(std::nullopt);
  if (disk.boot_id() == boot_) return;
  boot_ = disk.boot_id();
  may_have_lost_ = true;
  caches_dropped_ = false;
  is_published_ = false;
  seen_ = 0;
}

void PowerRun::follow() {
  if (!disk.is_running() || caches_dropped_) return;
  const auto failures_before = disk.failures();
  if (!reader_) {
    auto opened = FileLog::open(disk, clock, directory, {.mode = FileLogOptions::Mode::read_only});
    if (!opened && opened.error().code == Errc::not_found && !has_store_) return;
    if (!opened) return require(is_excused(opened, failures_before), "a reader opens: " + opened.error().message());
    reader_ = std::move(*opened);
  }
  const auto head = reader_->head();
  if (!head) {
    require(is_excused(head, failures_before), "a reader reads: " + head.error().message());
    return reader_.reset();
  }
  std::vector<ModelEvent> there;
  try {
    there = scan(*reader_, 1 + random.below(50));
  } catch (const Broken&) {
    if (disk.failures() == failures_before) throw;
    return reader_.reset();
  }
  require(there.size() >= seen_, "a reader sees less than a reader saw before");
  require(!is_published_ || there.size() <= model.events().size(), "a reader sees what was not acknowledged");
  check_what_is_there(there);
  seen_ = there.size();
}

void PowerRun::check() {
  if (!log_) return;
  require(scan(*log_, 1 + random.below(50)).size() == model.events().size(), "the log is of another length");
  check_indexes(*log_, model, absent);
  for (std::size_t i = 0; i < model.commits(); ++i) {
    const auto checksum = needed(log_->checksum_at(Position{model.events_before(i + 1)}), "the checksum of a commit");
    require(checksums_[i] == 0 || checksums_[i] == checksum, "the checksum of a commit has changed");
    checksums_[i] = checksum;
  }
}

std::string PowerRun::last_segment() const {
  const auto path = [](int number) {
    std::string name(16, '0');
    for (std::size_t digit = 15; number > 0; --digit, number /= 16) name[digit] = "0123456789abcdef"[number % 16];
    return std::string{directory} + "/segments/" + name + ".log";
  };
  int number = 1;
  while (disk.cached(path(number + 1))) ++number;
  return path(number);
}

void PowerRun::rot() {
  if (log_ || !disk.is_running() || !has_store_) return;
  constexpr std::size_t header_bytes = 120;
  constexpr std::size_t mark_bytes = 96;
  const auto content = needed(disk.cached(last_segment()), "the last segment");
  const auto end = end_without_zeros(content);
  const bool is_witnessed = end >= mark_bytes && content[end - mark_bytes + 4] == std::byte{3};
  const bool is_manifest = random.chance(10);
  const bool is_header = is_manifest || random.chance(10);
  const auto offset = random.below(is_header ? header_bytes : end);
  (void)disk.flip_bit(is_manifest ? std::string{directory} + "/manifest" : last_segment(), offset,
                      static_cast<unsigned>(random.below(8)));
  const auto opened = FileLog::open(disk, clock, directory, options());
  require(!opened || offset >= header_bytes, "rot in a header is not noticed");
  if (opened) return check_rotten(**opened, is_witnessed);
  const auto code = opened.error().code;
  require(code == Errc::corrupt_record || code == Errc::newer_format, "rot is told as " + opened.error().message());
}

// What no later commit states to be synced may be taken for a torn tail; all else is there or told to be damaged.
void PowerRun::check_rotten(const FileLog& log, bool is_witnessed) const {
  std::size_t given = 0;
  for (Position from{1};;) {
    const auto page = log.read_all({.from = from, .limit = 7});
    if (!page) return require(page.error().code == Errc::corrupt_record, "rot is told as " + page.error().message());
    for (const auto& event : page->events) {
      require(given < model.events().size() && same_event(owned(event), model.events()[given]),
              "rot gives an event that was not written");
      ++given;
    }
    if (page->at_end) break;
    from = Position{page->next};
  }
  require(!is_witnessed || given == model.events().size(), "rot takes events and nobody tells");
}

void PowerRun::finish() {
  disk.never_stop();
  disk.heal();
  disk.set_free_bytes(std::nullopt);
  disk.set_random_failures(false);
  log_.reset();
  reader_.reset();
}

void PowerRun::work(int count) {
  const auto list = actions();
  std::uint64_t weights = 0;
  for (const auto& action : list) weights += action.weight;
  for (; count > 0 && disk.is_running(); --count) {
    if (!log_ || (!is_writable() && random.chance(60))) {
      if (log_) random.chance(50) ? close() : end_programs();
      log_.reset();
      if (random.chance(70)) disk.heal();
      open();
      if (!log_ && random.chance(50)) follow();
      continue;
    }
    auto drawn = random.below(weights);
    const auto* action = list.data();
    while (drawn >= action->weight) drawn -= (action++)->weight;
    action->perform(*this);
  }
}

}  // namespace eventstore::power
