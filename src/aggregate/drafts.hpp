#pragma once
// Private to aggregate: what one try of a command rests on and is about to write, stream by stream.
#include <deque>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// The objects that a command runs with, and the caller's organization. Lifetime: all outlive the try.
struct DraftSources {
  EventLog& log;
  const SchemaReader& schemas;
  Snapshots* snapshots;
  std::span<const AggregateType> aggregates;
  const std::string& organization;
};

/// One stream of a decision. Threads: one at a time.
class Draft {
 public:
  Draft(const DraftSources& sources, const AggregateType& type, StreamId stream, std::vector<Expectation> other_names)
      : sources_{sources}, type_{&type}, stream_{std::move(stream)}, other_names_{std::move(other_names)} {}

  [[nodiscard]] const AggregateType& type() const { return *type_; }
  [[nodiscard]] const StreamId& stream() const { return stream_; }

  /// The state before `events`; null where there is no stream. Loaded at the first call: from then on the commit takes
  /// effect only if the stream stays as it is. Lifetime: the draft's. Errors: wrong_organization, unknown_event_type;
  /// as load_state.
  Result<const AnyState*> before();
  /// Whether before() was called: what was read is expected to stay.
  [[nodiscard]] bool is_read() const { return state_ != nullptr; }
  /// The state that was read, which is the initial one where there is no stream; null where none was read.
  [[nodiscard]] const AnyState* state() const { return state_.get(); }
  /// Of the state that was read.
  [[nodiscard]] Version version() const { return state_ == nullptr ? Version{0} : state_->version; }

  /// The state after `events`, which get `metadata`. Errors: as before() and AnyState::apply.
  [[nodiscard]] Result<std::unique_ptr<AnyState>> after(const Metadata& metadata);

  /// What the commit must find.
  void expect_in(EventWriter& writer) const;

  std::vector<DecidedEvent> events{};  ///< decided for this stream, in their order

 private:
  const DraftSources& sources_;
  const AggregateType* type_;
  StreamId stream_;
  std::vector<Expectation> other_names_;  // that no stream exists under another name of the category
  std::unique_ptr<AnyState> state_;       // null: not read
};

/// All streams of a decision, each once. Threads: one at a time.
class Drafts {
 public:
  /// Begins with the stream of the command.
  Drafts(const DraftSources& sources, const AggregateType& type, const StreamId& stream,
         const std::vector<Expectation>& other_names)
      : sources_{sources} {
    drafts_.emplace_back(sources_, type, stream, other_names);
  }

  [[nodiscard]] Draft& own() { return drafts_.front(); }
  /// The stream of the aggregate `key`, under whichever name its category has; null if no stream can have this key.
  /// Errors: as stream_of.
  Result<Draft*> find(const AggregateType& type, std::string_view key);
  /// Adds events behind those that are decided for the stream.
  void decide(Draft& draft, std::vector<DecidedEvent> events);

  /// Those with events: the command's own first, then in the order in which they got events.
  [[nodiscard]] std::vector<Draft*> written();
  /// Those without events too.
  [[nodiscard]] const std::deque<Draft>& all() const { return drafts_; }
  /// Whether the states that were read stood side by side at one moment. Errors: wrong_version, naming what changed; as
  /// EventLog::head.
  [[nodiscard]] Result<void> check_side_by_side() const;
  /// Whether they are still as they were read. Errors: as above.
  [[nodiscard]] Result<void> check_unchanged() const;

 private:
  [[nodiscard]] const AggregateType& program_type(const AggregateType& type) const;

  const DraftSources& sources_;
  std::deque<Draft> drafts_;     // their addresses stay
  std::vector<Draft*> written_;  // others, in order
};

}  // namespace v1
}  // namespace eventstore
