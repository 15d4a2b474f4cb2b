#include "power_actions.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

namespace eventstore::power {
namespace {

std::string random_text(Random& random, std::size_t bytes) {
  std::string text(bytes, ' ');
  for (auto& letter : text) letter = static_cast<char>(random.below(256));
  return text;
}

std::size_t random_size(Random& random) {
  const auto drawn = random.below(100);
  if (drawn < 60) return random.below(100);
  if (drawn < 90) return random.below(900);
  if (drawn < 98) return random.below(3000);
  return random.below(12000);  // may need a segment of its own
}

const std::array<std::string, 4>& descriptors() {
  static const std::array<std::string, 4> all{"Happened{a:text}", "Changed{b:int64,c:text?}",
                                              "Ended{" + std::string(300, 'x') + ":text}", "Begun{}"};
  return all;
}

ModelSchema schema_of(std::size_t number) {
  static const auto space = Uuid::v5(eventstore_namespace, "schema");
  const auto& descriptor = descriptors()[number];
  return {SchemaId{Uuid::v5(space, descriptor)}, descriptor};
}

std::string random_stream(Random& random) {
  return random.pick<const char*>({"delivery-1", "delivery-2", "delivery-3", "campaign-1", "campaign-2", "c-\xC3\xA9"});
}

ModelEvent random_event(PowerRun& run, ModelCommit& commit) {
  auto& random = run.random;
  ModelEvent event;
  event.stream = random_stream(random);
  event.id = EventId{random.uuid()};
  event.type = random.pick<const char*>({"Happened", "Changed", "Ended"});
  const auto there = run.model.streams().find(event.stream);
  event.organization = there != run.model.streams().end() ? there->second.organization
                       : random.chance(50)                ? "org-1"
                                                          : "org-2";
  for (const auto& other : commit.events)
    if (other.stream == event.stream) event.organization = other.organization;
  event.created_at = run.clock.now().plus_seconds(random.between(-100, 100));
  event.codec = random.chance(50) ? Codec::json : Codec::binary;
  // Keys of the writer's own, and not that of values that the log's opener decrypts.
  if (const auto key = random.below(3); key != 0) event.encryption_key = static_cast<std::uint32_t>(100 + key);
  event.metadata = random_text(random, random.below(40));
  event.data = random_text(random, random_size(random));
  if (random.chance(40)) {
    const auto schema = schema_of(random.below(descriptors().size()));
    event.schema = schema.id;
    commit.schemas.push_back(schema);
  }
  return event;
}

ModelCommit random_commit(PowerRun& run, std::size_t events) {
  ModelCommit commit;
  for (; events > 0; --events) {
    auto event = random_event(run, commit);
    commit.events.push_back(std::move(event));
  }
  commit.durability = run.random.pick<std::optional<Durability>>(
      {std::nullopt, Durability::every_commit, Durability::every_commit, Durability::interval, Durability::on_close});
  return commit;
}

Version head_of(const PowerRun& run, const std::string& stream) {
  const auto found = run.model.streams().find(stream);
  return Version{found == run.model.streams().end() ? 0 : found->second.events.size()};
}

ExpectedVersion true_expectation(PowerRun& run, const std::string& stream) {
  const auto head = head_of(run, stream);
  if (run.random.chance(30)) return ExpectedVersion::any();
  if (head != Version{0} && run.random.chance(30)) return ExpectedVersion::stream_exists();
  return ExpectedVersion::exactly(head);
}

void append_one(PowerRun& run) {
  auto commit = random_commit(run, 1);
  const auto stream = commit.events[0].stream;
  commit.expectations.push_back({StreamId::trusted(stream), true_expectation(run, stream)});
  run.append(commit);
}

void append_batch(PowerRun& run) { run.append(random_commit(run, 2 + run.random.below(6))); }

void append_expecting_several(PowerRun& run) {
  auto commit = random_commit(run, 1 + run.random.below(3));
  for (const auto* const stream : {"delivery-1", "campaign-1", "nothing-1"})
    commit.expectations.push_back({StreamId::trusted(stream), true_expectation(run, stream)});
  run.append(commit);
}

void append_stale(PowerRun& run) {
  auto commit = random_commit(run, 1);
  const auto& stream = commit.events[0].stream;
  const auto expected = ExpectedVersion::exactly(Version{head_of(run, stream).value + 1 + run.random.below(3)});
  commit.expectations.push_back({StreamId::trusted(stream), expected});
  run.append(commit);
}

void append_for_another_organization(PowerRun& run) {
  auto commit = random_commit(run, 2);
  commit.events[1].organization = "org-3";
  run.append(commit);
}

void append_malformed(PowerRun& run) {
  auto commit = random_commit(run, 2);
  switch (run.random.below(4)) {
    case 0: commit.events.clear(); break;
    case 1: commit.events[0].id = EventId{}; break;
    case 2: commit.events[1].type.clear(); break;
    default: commit.events[1].schema.digest.octets[15] = 7; break;
  }
  run.append(commit);
}

void retry_earlier(PowerRun& run) {
  if (run.model.commits() == 0) return;
  auto commit = run.model.commit(run.random.below(run.model.commits()));
  commit.durability = run.random.pick({Durability::every_commit, Durability::on_close});
  run.append(commit);
}

void retry_last_refused(PowerRun& run) {
  if (!run.to_retry) return;
  const auto commit = *run.to_retry;
  run.to_retry.reset();
  run.append(commit);
}

// The sizes of docs/reference/file-format.md.
constexpr std::size_t sector_bytes = 512;
constexpr std::size_t commit_header_bytes = 96;
constexpr std::size_t event_header_bytes = 88;

// Three events, the second of which takes one sector of the disk, after `begin`.
ModelCommit commit_in_sectors(PowerRun& run, std::size_t begin, std::size_t& bytes) {
  auto commit = random_commit(run, 3);
  commit.schemas.clear();
  commit.durability = Durability::on_close;
  const auto first = begin + commit_header_bytes;
  const std::array sizes{2 * sector_bytes - first % sector_bytes, sector_bytes, std::size_t{200}};
  bytes = commit_header_bytes;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    auto& event = commit.events[i];
    event.schema = SchemaId{};
    event.metadata.clear();
    const auto texts = event.stream.size() + event.organization.size() + event.type.size();
    event.data = random_text(run.random, sizes[i] - event_header_bytes - texts);
    bytes += sizes[i];
  }
  return commit;
}

// A commit for which the disk has a few bytes too little, and another one of the same size over what was written of it.
void append_twice_in_one_place(PowerRun& run) {
  const auto begin = run.end_of_last_segment();
  const auto there = run.disk.cached(run.last_segment());
  std::size_t bytes = 0;
  auto commit = commit_in_sectors(run, begin, bytes);
  const auto end = begin + bytes - 8;
  run.disk.set_free_bytes(there && there->size() < end ? end - there->size() : 0);
  run.append(commit);
  run.disk.set_free_bytes(std::nullopt);
  for (auto& event : commit.events) {
    event.id = EventId{run.random.uuid()};
    event.data = random_text(run.random, event.data.size());
  }
  run.append(commit);
}

// Data that looks like the log itself, headers and all.
void append_bytes_of_the_log(PowerRun& run) {
  auto commit = random_commit(run, 1 + run.random.below(2));
  const auto bytes = run.disk.cached(run.last_segment());
  if (!bytes || bytes->empty()) return;
  const auto text = as_text(*bytes);
  const auto begin = run.random.below(text.size() / 8) * 8;
  for (auto& event : commit.events) event.data = text.substr(begin, 100 + run.random.below(3000));
  run.append(commit);
}

void retry_with_other_content(PowerRun& run) {
  if (run.model.commits() == 0) return;
  auto commit = run.model.commit(run.random.below(run.model.commits()));
  if (run.random.chance(50))
    commit.events.back().metadata += "x";
  else
    commit.events.push_back(random_event(run, commit));
  run.append(commit);
}

void retain(PowerRun& run, RetentionPolicy::Action action) {
  if (!run.retains) return;
  if (run.model.events().empty()) return;
  const auto& event = run.model.events()[run.random.below(run.model.events().size())];
  const auto at = run.random.chance(40) ? run.model.events().back().recorded_at : event.recorded_at;
  const auto before = run.random.chance(50) ? at : at.plus_seconds(1);
  run.retain({.action = action, .before = before, .dry_run = run.random.chance(10)});
}

void drop_old_segments(PowerRun& run) { retain(run, RetentionPolicy::Action::drop); }
void archive_old_segments(PowerRun& run) { retain(run, RetentionPolicy::Action::archive); }

void sync(PowerRun& run) { run.sync(); }
void follow(PowerRun& run) { run.follow(); }
void forget_reader(PowerRun& run) { run.forget_reader(); }
void check(PowerRun& run) { run.check(); }

void reopen(PowerRun& run) {
  run.close();
  if (!run.is_open()) run.open();
}

void end_programs(PowerRun& run) {
  run.end_programs();
  run.open();
}

// Large events, until several segments are full: so many that tables are merged.
void fill_segments(PowerRun& run) {
  for (int commits = 0; commits < 12 && run.is_writable() && run.disk.is_running(); ++commits) {
    auto commit = random_commit(run, 1);
    commit.events[0].data = random_text(run.random, 1200 + run.random.below(800));
    commit.durability = Durability::on_close;
    run.append(commit);
  }
}

void back_up(PowerRun& run) { run.back_up(); }
void restore_backup(PowerRun& run) { run.restore_backup(); }
void verify(PowerRun& run) { run.verify(); }
void keep_copy(PowerRun& run) { run.keep_copy(); }

void lose_caches(PowerRun& run) {
  if (run.retains) return;
  run.end_programs();
  run.lose_caches();
  run.open();
}

// What was acknowledged before a sync failed is in the cache alone, until that is dropped.
void lose_by_failed_sync(PowerRun& run) {
  auto commit = random_commit(run, 1);
  commit.durability = Durability::on_close;
  run.append(commit);
  run.disk.fail(FileCall::sync, 1, EIO);
  run.sync();
  run.disk.heal();
  run.end_programs();
  run.open();
}

void lose_page(PowerRun& run) { run.lose_page(); }

void let_time_pass(PowerRun& run) { run.clock.advance_seconds(run.random.between(-20, 100)); }

void break_the_disk(PowerRun& run) {
  using Plan = std::pair<FileCall, int>;
  const auto [call, os_errno] = run.random.pick<Plan>({{FileCall::sync, EIO},
                                                       {FileCall::sync, EIO},
                                                       {FileCall::sync, ENOSPC},
                                                       {FileCall::sync, EINTR},
                                                       {FileCall::write, EIO},
                                                       {FileCall::write, ENOSPC},
                                                       {FileCall::open, ENOSPC},
                                                       {FileCall::rename, EIO},
                                                       {FileCall::sync_directory, EIO},
                                                       {FileCall::sync_directory, EINTR},
                                                       {FileCall::map, ENOMEM},
                                                       {FileCall::read, EIO},
                                                       {FileCall::size, EIO},
                                                       {FileCall::list, EIO},
                                                       {FileCall::remove, EIO}});
  run.disk.fail(call, 1 + static_cast<int>(run.random.below(3)), os_errno, 1 + static_cast<int>(run.random.below(2)));
}

void mend_the_disk(PowerRun& run) {
  run.disk.heal();
  run.disk.set_free_bytes(std::nullopt);
}

void fill_the_disk(PowerRun& run) { run.disk.set_free_bytes(run.random.below(3000)); }

constexpr std::array all_actions{
    Action{"append one event", 30, append_one},
    Action{"append a batch", 12, append_batch},
    Action{"append expecting several streams", 6, append_expecting_several},
    Action{"append with a stale expectation", 2, append_stale},
    Action{"append for another organization", 1, append_for_another_organization},
    Action{"append what is malformed", 1, append_malformed},
    Action{"append again what is there", 4, retry_earlier},
    Action{"append again what was refused", 6, retry_last_refused},
    Action{"append twice in one place", 6, append_twice_in_one_place},
    Action{"append bytes of the log", 4, append_bytes_of_the_log},
    Action{"append other content under the same ids", 2, retry_with_other_content},
    Action{"drop old segments", 4, drop_old_segments},
    Action{"archive old segments", 4, archive_old_segments},
    Action{"sync", 3, sync},
    Action{"follow with a reader", 6, follow},
    Action{"forget the reader", 2, forget_reader},
    Action{"check everything", 1, check},
    Action{"verify", 2, verify},
    Action{"fill segments", 2, fill_segments},
    Action{"back up", 3, back_up},
    Action{"restore the backup", 1, restore_backup},
    Action{"keep a copy of the log", 3, keep_copy},
    Action{"lose index files", 1, lose_caches},
    Action{"close and open again", 4, reopen},
    Action{"end all programs and open again", 2, end_programs},
    Action{"let time pass", 4, let_time_pass},
    Action{"lose by a failed sync", 2, lose_by_failed_sync},
    Action{"lose a page", 1, lose_page},
    Action{"break the disk", 3, break_the_disk},
    Action{"fill the disk", 1, fill_the_disk},
    Action{"mend the disk", 5, mend_the_disk},
};

}  // namespace

std::span<const Action> actions() { return all_actions; }

}  // namespace eventstore::power
