#pragma once
// What the threads of a life have asked a log for, and what it promised them.
#include <eventstore/file_log/file_log.hpp>
#include <map>
#include <memory>
#include <vector>

namespace eventstore::power {

/// Threads: one at a time, as those of a schedule are.
class ThreadsBook {
 public:
  enum class Answer : std::uint8_t { none, acknowledged, refused, unknown };

  /// A commit that a thread gave to a log: some events of one stream, or an outcome alone.
  struct Entry {
    const FileLog* log = nullptr;
    std::uint64_t first_number = 0;  ///< of its events, which have following ones
    std::size_t events = 0;          ///< 0: an outcome
    std::string stream;
    Durability durability = Durability::every_commit;
    Answer answer = Answer::none;
    Position first{};  ///< where it was acknowledged
    bool is_lasting = false;
  };

  /// Takes down what is about to be given.
  Entry& begin(Entry entry);
  void take_answer(Entry& entry, const Result<Receipt>& answer);
  /// What a sync or a close of `log` that begins now promises to be on the disk once it succeeds, and taking that
  /// promise.
  [[nodiscard]] std::vector<Entry*> acknowledged_by(const FileLog& log);
  static void make_lasting(const std::vector<Entry*>& entries);
  /// The power failed: what does not last may be gone.
  void lose_power();

  /// A reader sees these events, all that there are from the first position on. Throws Broken where it must not.
  void check_seen(const std::vector<RecordedEvent>& events);
  /// The numbers of those of these events that have to be on the disk by now: no answer was given yet.
  [[nodiscard]] std::vector<std::uint64_t> unanswered(const std::vector<RecordedEvent>& events) const;
  /// The last position that was acknowledged.
  [[nodiscard]] Position acknowledged() const { return acknowledged_; }

  /// What is there at the end. Throws Broken.
  void check_end(const FileLog& log);

  [[nodiscard]] static EventId id_of(std::uint64_t number);
  [[nodiscard]] static Uuid command_of(const Entry& entry);
  [[nodiscard]] static std::string data_of(std::uint64_t number);

 private:
  void check_events(const std::vector<RecordedEvent>& events) const;

  std::vector<std::unique_ptr<Entry>> entries_;
  std::map<EventId, std::pair<Entry*, std::uint64_t>> by_id_;
  std::uint64_t next_number_ = 1;
  Position acknowledged_{};
  std::vector<EventId> seen_;  // by readers, from position 1 on, up to the last event that had to be on the disk
};

}  // namespace eventstore::power
