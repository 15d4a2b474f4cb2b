#pragma once
// Runs one reaction over the log of the process that writes it: each event once, in order, with retries, timers and
// dead letters. What holds it together: docs/adr/0030-reactions.md.
#include <chrono>
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/os/file_system.hpp>
#include <eventstore/projection/from.hpp>
#include <eventstore/projection/outside_call.hpp>
#include <eventstore/projection/reaction_record.hpp>
#include <eventstore/projection/reaction_type.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The objects that a reaction works with. Lifetime: all of them outlive the worker.
struct ReactionHost {
  EventLog& log;  ///< open for writing
  const Clock& clock;
  AggregateTypes aggregates;  ///< those that the reaction reads, and those that it commands
  FileSystem& files;
  std::string directory;           ///< of the checkpoints, one file a reaction; made when it is missing
  Snapshots* snapshots = nullptr;  ///< null: states are replayed from their beginning
  OutsideFunctions functions{};    ///< that reactions may call, by their names
};

struct ReactionOptions {
  /// Where a reaction begins that has never run; afterwards its stream says where it began. There is no default.
  From from;
  /// Tries of an action, the first one counted, before its event is set aside.
  unsigned attempts_max = 4;
  /// Before the second try; doubles for each one after that, up to `retry_delay_max`, and is shortened by up to half by
  /// chance, so that many that failed together do not try again together.
  std::chrono::milliseconds retry_delay{1000};
  std::chrono::milliseconds retry_delay_max{60'000};
  std::uint64_t seed = 0;                ///< of that chance; 0: chosen at random
  std::uint64_t checkpoint_every = 256;  ///< events, after which the checkpoint is written at the latest
};

struct ReactionReport {
  std::uint64_t events = 0;     ///< handled, those without an action too
  std::uint64_t done = 0;       ///< commands and calls that succeeded, those of an earlier run that are repeated too
  std::uint64_t refused = 0;    ///< by the domain or by an outside function
  std::uint64_t set_aside = 0;  ///< events and timers, which are dead letters now
  std::uint64_t fired = 0;      ///< timers
  Position position{};          ///< every event up to here was handled or is not the reaction's
  bool stopped = false;
  std::optional<Timestamp> next{};   ///< when a retry or a timer is due; absent: none is
  std::optional<Timestamp> retry{};  ///< when what has failed is tried again; absent: nothing has
};

/// An event or a timer that could not be dealt with.
struct DeadLetter {
  std::string id;  ///< for retry and drop
  ReactionLetter what;
};

/// The order: events are handled one after another in the order of positions. An event that fails for now holds up
/// those after it until it is done or set aside; once it is set aside, later events of its stream are set aside behind
/// it, and other streams go on. A timer fires when its time has come and all events that the log has then are handled.
/// The effect: exactly once for commands, as far as the log keeps the outcomes of commands; at least once for outside
/// calls, with the same idempotency key each time.
/// Threads: every member from any thread; they take turns, between two events. One worker a reaction, in one process.
class ReactionWorker {
 public:
  /// Notes the beginning of a reaction that has never run. Errors: read_only, where `host.log` is open for reading
  /// only, because a reaction appends; invalid_argument, where the reaction's name is no file's name or it reads an
  /// aggregate that the host does not have; as From::resolve, check_readable, CheckpointFile::read and
  /// EventLog::append.
  static Result<ReactionWorker> open(ReactionHost host, ReactionType reaction, ReactionOptions options);
  ReactionWorker(ReactionWorker&& other) noexcept;
  ReactionWorker& operator=(ReactionWorker&& other) noexcept;
  ~ReactionWorker();

  /// Handles the events that the log has now, does what is due, and returns without waiting: `next` says when there is
  /// more to do. Errors, after which the next call tries again at the same place: unknown_event_type, where this build
  /// does not know the type of an event that the reaction reads; invalid_argument, where the host lacks an aggregate, a
  /// command or a function that an action names; read_only, outcome_unknown, newer_format, where the log takes no more
  /// appends; io_failed, out_of_memory; as EventLog's reads and appends. Every other failure is tried again and
  /// then set aside.
  Result<ReactionReport> run(std::stop_token stop = {});

  /// As run, again and again until `stop` is requested: appends and due times wake it. `on_run`, which may be empty,
  /// gets the report of each run from the thread that follows. Errors: as run; user_exception, for what `on_run`
  /// throws.
  Result<void> follow(std::stop_token stop, const std::function<void(const ReactionReport&)>& on_run = {});

  /// The events and timers that are set aside, those of events in the order of positions. Errors: as
  /// EventLog::read_stream.
  Result<std::vector<DeadLetter>> dead_letters();
  /// Tries a dead letter once more, as its event would be handled now. Errors: not_found; refused, where an earlier
  /// letter of the same stream has to come first; the failure of the action: the letter stays.
  Result<void> retry(const std::string& id);
  /// Retries all, in their order. Behind one that fails, the others of its stream stay. Gives the number of those that
  /// are done. Errors: as run.
  Result<std::size_t> retry_all();
  /// Gives a dead letter up, for good. Errors: not_found; as EventLog::append.
  Result<void> drop(const std::string& id);

  /// What the reaction has noted: timers, letters, the number of refusals. Errors: as EventLog::read_stream.
  Result<ReactionState> state();

 private:
  class Engine;
  explicit ReactionWorker(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace v1
}  // namespace eventstore
