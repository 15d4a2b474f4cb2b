// Appending, and what each answer promises.
#include <algorithm>

#include "power_run.hpp"

namespace eventstore::power {
namespace {

// The model's text as the log wants it. Lifetime: the commit's.
struct Views {
  explicit Views(const ModelCommit& commit) {
    for (const auto& event : commit.events) {
      NewEvent made{StreamId::trusted(event.stream)};
      made.id = event.id;
      made.type = event.type;
      made.organization = event.organization;
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

void PowerRun::append(ModelCommit commit) {
  if (!log_ || !disk.is_running()) return;
  const auto& there = model.events();
  const auto recorded_at = there.empty() ? clock.now() : std::max(there.back().recorded_at, clock.now());
  for (auto& event : commit.events) event.recorded_at = recorded_at;
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
  if (judgement.refusal && error.code == *judgement.refusal) return;
  require(disk.failures() > failures_before,
          (judgement.refusal ? "refused for another reason: " : "refused for no reason: ") + error.message());
  require(error.code == Errc::io_failed || error.code == Errc::out_of_space || error.code == Errc::out_of_memory,
          "failed with " + error.message());
  if (is_new) absent.insert(absent.end(), commit.events.begin(), commit.events.end());
  if (!judgement.refusal) to_retry = commit;
}

}  // namespace eventstore::power
