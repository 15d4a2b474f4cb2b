#pragma once
// A condition on an event and on the states around it, written by a person: `status == "failed" and before.status !=
// "failed"`. The language is that of docs/guide/predicates.md.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/history/steps.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace predicate {
struct Program;
class Evaluator;
}  // namespace predicate

/// A predicate that was parsed, and checked against the state of an aggregate. Threads: immutable; copy it at will.
class Predicate {
 public:
  /// Reads `text` for streams of `type`, which outlives the predicate. A name that event.type is compared with is that
  /// of an event of `type`, now or formerly, or of one that `log` has in its category; every name is taken where
  /// `type` passes over unknown events. Errors: invalid_argument, with the column, in characters, and what to write,
  /// or because `type` has no state; out_of_memory; as EventLog::visit_all. Cost: linear in the text, which has 64 KiB
  /// at most; for each name of an event that only the log may have, a search for its first one. Lifetime: `log`'s is
  /// the call's.
  static Result<Predicate> parse(std::string_view text, const AggregateType& type, const EventLog* log = nullptr);

  [[nodiscard]] const std::string& text() const;

 private:
  friend class PredicateCheck;
  explicit Predicate(std::shared_ptr<const predicate::Program> program) : program_{std::move(program)} {}
  std::shared_ptr<const predicate::Program> program_;
};

/// Asks a predicate at the steps of streams, one after the other. Threads: one at a time; each thread has its own.
class PredicateCheck {
 public:
  /// `schemas` outlives this.
  PredicateCheck(Predicate predicate, const SchemaReader& schemas);
  PredicateCheck(PredicateCheck&&) noexcept;
  PredicateCheck& operator=(PredicateCheck&&) noexcept;
  ~PredicateCheck();

  /// The next step has no event before it, as at the beginning of a stream.
  void begin();
  /// The event before the next step. Throws std::bad_alloc.
  void begin_after(const RecordedEvent& previous, const Metadata& metadata);
  /// Whether the predicate holds after the event of `step`, whose event is then `previous` at the next step. Errors: as
  /// SchemaReader::find, where the predicate reads the event's data. Throws std::bad_alloc. Cost: what it reads; the
  /// state is not encoded, and nothing is allocated, but for free data that is read, and to keep `previous`.
  Result<bool> holds(const Step& step);

 private:
  std::unique_ptr<predicate::Evaluator> evaluator_;
};

}  // namespace v1
}  // namespace eventstore
