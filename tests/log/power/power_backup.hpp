#pragma once
// A backup on the same disk, and stores restored from it: what each of them promised.
#include <eventstore/aggregate/random.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/testing/simulated_disk.hpp>
#include <map>

#include "power_check.hpp"

namespace eventstore::power {

/// Members throw Broken. Cost: those that look read the whole backup.
class PowerBackup {
 public:
  /// Both outlive this.
  PowerBackup(SimulatedDisk& disk, const Clock& clock) : disk_{disk}, clock_{clock} {}

  /// Backs up the store of `model`, which `log` writes to. `sees_all`: readers see all of it.
  void make(const Model& model, const EventLog& log, bool sees_all);
  /// Restores what the last run made, where one has ended, to a directory of its own.
  void restore();
  /// After a restart: the backup is what a run that ended made it, or what one that was cut off would have; and what
  /// was restored is there.
  void check();
  /// The store was put back to an earlier state: even the same events may not be the history that was backed up.
  void forget_history() { held_chain_.reset(); }
  /// Flips a bit of the backup: nobody is given what was not backed up.
  void rot(Random& random);

 private:
  using Events = std::vector<ModelEvent>;

  [[nodiscard]] std::string directory() const { return "data/backup-" + std::to_string(number_); }
  [[nodiscard]] std::string next_target() { return "data/restored-" + std::to_string(++restored_number_); }
  [[nodiscard]] Events events_in(const std::string& store) const;
  [[nodiscard]] bool is_held(const Events& events) const;
  [[nodiscard]] std::optional<std::map<std::string, std::size_t>> files() const;
  void check_mark(bool is_complete) const;
  void check_restored();

  SimulatedDisk& disk_;
  const Clock& clock_;
  int number_ = 1;
  int restored_number_ = 0;
  std::optional<Events> held_;                                    // what the last run that ended made
  std::optional<std::uint64_t> held_chain_;                       // the checksum of its last commit
  Bytes held_manifest_;                                           // its manifest
  std::optional<std::map<std::string, std::size_t>> held_files_;  // what it left in the directory
  std::vector<Events> asked_;                                     // what runs after it may have made
  std::string restored_;                                          // the last store that was restored; empty: none
  Events restored_events_;                                        // what it holds
  bool is_restored_ = false;                                      // the run ended
};

}  // namespace eventstore::power
