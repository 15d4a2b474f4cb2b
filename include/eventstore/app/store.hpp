#pragma once
// An open store with the domain that it is opened for: `es::Store::open("data", model)`.
#include <chrono>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/app/model.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/projection/documents.hpp>
#include <eventstore/projection/reaction_worker.hpp>
#include <eventstore/projection/worker.hpp>
#include <eventstore/security/sqlite_key_store.hpp>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

struct StoreOptions {
  FileLogOptions log{};
  bool snapshots = true;         ///< whether loads begin at snapshots, and take new ones
  WorkerOptions worker{};        ///< of `project` and `rebuild`
  FileSystem* files = nullptr;   ///< null: the machine's own; otherwise it outlives the store
  const Clock* clock = nullptr;  ///< null: the system's; otherwise it outlives the store
  /// The keys of the persons whom events are about; null: those of the store, in its folder `keys`, which is made when
  /// the first personal value is written.
  std::shared_ptr<KeyStore> keys{};
  /// Of the store's own keys. Absent: what the environment names (master_key_of_environment), else a file beside them.
  std::optional<MasterKeySource> master_key{};
  /// Called with the file, where the store makes a master key of its own: whoever has it can read what the keys
  /// protect.
  std::function<void(const std::string& file)> on_made_master_key{};
  /// Called once with a sentence, where the store, open for writing, could not finish the erasures of persons that were
  /// begun: it says what is left and what to do.
  std::function<void(const std::string& sentence)> on_unfinished_erasures{};
  std::string collections_path{};  ///< of the collections' SQLite file; empty: collections.sqlite in the directory
  /// Projections that are brought up to date by each append that goes through the store, before it returns; it says
  /// whether they are, as `projected`. They need the log's durability every_commit. Left alone by a store that is open
  /// for reading.
  std::vector<std::string> inline_projections{};
  /// No append catches up with more events than these: where an inline projection is further behind, the append says
  /// that it is not projected, until project() has brought the projection to the head.
  std::uint64_t inline_events_max = 10'000;
};

/// The log, its schemas and snapshots, and the collections, in one object that can be moved and not copied. References
/// that it gives stay valid when the store is moved, and live until the store is destroyed. Threads: log, schemas,
/// event_log, repository and execute from any thread; project, rebuild and status from any thread, where they take
/// turns; the results of collections and readable_collections, one thread at a time, and not while a projection runs.
class Store {
 public:
  /// Opens the store in `directory` for the aggregates, projections and functions of `model`. A store that is open for
  /// writing first goes on with erasures of persons that were not finished, and destroys again the keys that a copy of
  /// the key store brought back: app::finish_erasures.
  /// Errors: invalid_argument, where two aggregates have one category, or where the log does not sync every commit and
  /// projections are to be inline; not_found, where the model has no such projection; as FileLog::open,
  /// SqliteKeyStore::open and finish_erasures.
  static Result<Store> open(std::string directory, Model model, StoreOptions options = {});
  Store(Store&& other) noexcept;
  Store& operator=(Store&& other) noexcept;
  /// Closes too, but cannot report: call close first.
  ~Store();

  /// The aggregates of the category of `A`. Keep it: each repository checks once that it can read the log. The
  /// repository borrows the store. Its members give invalid_argument where the model has no such aggregate.
  template <Aggregate A> [[nodiscard]] Repository<A> repository() {
    return Repository<A>{event_log(), clock(), aggregate_type(A::category), model().aggregates, snapshots()};
  }

  /// Runs `command` on the aggregate `key`. Errors: as eventstore::execute and check_readable; invalid_argument where
  /// the model has no such aggregate.
  template <Aggregate A, class Command>
  Result<Executed> execute(std::string_view key, const Command& command, const CommandOptions& options = {}) {
    return repository<A>().execute(key, command, options);
  }

  /// Runs the command named `command`, whose data is `json`, on `stream`, like account-ada. Errors: not_found, where
  /// the model has no such category or the category no such command; invalid_argument, where `json` is no such command;
  /// as eventstore::execute and check_readable.
  Result<Executed> execute(std::string_view stream, std::string_view command, std::string_view json,
                           const CommandOptions& options = {});

  /// Brings the collections of these projections to the head of the log, or of all projections if no name is given.
  /// Errors: not_found, where the model has no such projection; as ProjectionWorker::run.
  Result<RunReport> project(std::span<const std::string> names = {}, std::stop_token stop = {});
  Result<RunReport> project(std::initializer_list<std::string> names, std::stop_token stop = {}) {
    return project(std::span<const std::string>{names.begin(), names.size()}, std::move(stop));
  }
  /// Builds the projection's collection again while the live one stays in use, and then replaces the live one. Errors:
  /// not_found, where the model has no such projection; as ProjectionWorker::rebuild.
  Result<RunReport> rebuild(std::string_view name, std::stop_token stop = {}, RebuildOptions options = {});
  /// Before the events up to `last` are dropped: keeps the documents that they made in the collections that exist.
  /// app::retain calls it. Errors: as ProjectionWorker::keep_dropped.
  Result<void> keep_dropped(Position last);
  /// True once the collection of `projection` reflects the log up to `position`, so that a thread reads what it has
  /// appended: `placed.position` of an executed event. False: it did not when `timeout` was over, or `stop` was
  /// requested. It waits for project() and rebuild() of this store, called by other threads. A collection that another
  /// process brings up to date is looked at twice, at the beginning and when the time is over. Errors: not_found, where
  /// the model has no such projection; as Collections::checkpoint. Threads: any. Cost: sleeps; two reads of a
  /// checkpoint.
  Result<bool> wait_until(std::string_view projection, Position position, std::chrono::milliseconds timeout,
                          std::stop_token stop = {});
  /// The worker of the reaction `name` of the model, with the model's outside functions: run() or follow() it. Errors:
  /// not_found, where the model has no such reaction; as ReactionWorker::open. Lifetime: borrows the store.
  Result<ReactionWorker> react(std::string_view name, ReactionOptions options);
  /// What a reaction in this store works with: the log, the clock, the aggregates of the model, the snapshots, and the
  /// folder `reactions` for checkpoints. Lifetime: borrows the store. Threads: any.
  [[nodiscard]] ReactionHost reaction_host(OutsideFunctions functions = {});
  /// The state of each projection of the model.
  Result<std::vector<ProjectionStatus>> status();

  /// Questions to the documents of one organization that the projection P has made:
  ///   EVENTSTORE_TRY_ASSIGN(const auto tasks, store.ask<Tasks>("org-1"));
  ///   EVENTSTORE_TRY_ASSIGN(const auto page, tasks.where<&Task::status>("open").newest(10));
  /// The questions are in collections/documents_of.hpp. Errors: not_found, if the model has no such projection, or the
  /// projection has never reached the head of the log; unreadable_schema, if its collection is stale; as check_live.
  /// Lifetime: borrows the store. Threads: as readable_collections.
  template <class P> Result<Documents<P>> ask(std::string organization = "default") {
    EVENTSTORE_TRY_ASSIGN(auto* const collections, live_collections(P::name));
    return Documents<P>{*collections, std::move(organization)};
  }

  /// The collections, opened at first use, and made if they are missing. Errors: as SqliteCollections::open.
  Result<Collections*> collections();
  /// The same for readers. Errors: not_found where no projection has run yet.
  Result<Collections*> readable_collections();

  [[nodiscard]] const Model& model() const;
  [[nodiscard]] const std::string& directory() const;
  /// Of the collections' file, which need not exist.
  [[nodiscard]] std::string collections_path() const;
  /// The log for whoever appends. Where the store has inline projections, an append through it brings them to the
  /// appended events, in this process and under the lease of the worker: the documents are in the collections when it
  /// returns, and Receipt::projected is true. It is false, and the append has succeeded all the same, where another
  /// process works on the collections, where a projection cannot go on or is too far behind, or where the commit asked
  /// for less than every_commit; status() tells more, and the next append or run catches up. Appends of several
  /// threads share a run. Where there are none, it is log(). Cost: a run of the worker for an append, or for those
  /// that wait together; an append waits for other writers of the collections' file, 10 seconds at most.
  EventLog& event_log();
  /// Appends directly to it are not projected.
  FileLog& log();
  [[nodiscard]] const FileLog& log() const;
  [[nodiscard]] const SchemaReader& schemas() const;
  /// Null if they are switched off.
  [[nodiscard]] Snapshots* snapshots() const;
  /// The keys of the persons whom events are about. Threads: any.
  [[nodiscard]] KeyStore& keys() const;
  /// Where the master key of the store's own keys is.
  [[nodiscard]] MasterKeySource master_key_source() const;
  /// The store's own key store; null where StoreOptions::keys gave another one.
  [[nodiscard]] SqliteKeyStore* own_keys() const;
  [[nodiscard]] const Clock& clock() const;
  [[nodiscard]] FileSystem& files() const;

  /// Syncs and closes the log. Reads are possible until the store is destroyed. Errors: as FileLog::close.
  Result<void> close();

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  // Null where the model has no such aggregate.
  [[nodiscard]] const AggregateType* aggregate_type(std::string_view category) const;
  Result<ProjectionWorker*> worker();
  Result<bool> look_whether_reached(const ProjectionType& projection, Position position);
  Result<Collections*> live_collections(std::string_view projection);

  std::unique_ptr<Parts> parts_;
};

}  // namespace v1
}  // namespace eventstore
