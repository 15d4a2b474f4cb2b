#pragma once
// A state without its type, for code that serves every aggregate: the command line, audit, history.
#include <eventstore/aggregate/fold.hpp>
#include <eventstore/schema/changes.hpp>
#include <eventstore/schema/detail/value_table.hpp>
#include <memory>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time.
class AnyState {
 public:
  AnyState() = default;
  virtual ~AnyState() = default;

  /// Folds in the next event of the stream. An event of a type that this build does not know is passed over, unless the
  /// aggregate refuses such events. Errors: as evolve_recorded; the state is then void.
  virtual Result<void> apply(const RecordedEvent& event, const Metadata& metadata, const SchemaReader& schemas) = 0;
  /// Folds in the next events of the stream, up to and with version `last`. Errors: as apply; corrupt_record for
  /// metadata. Cost: less than applying them one by one.
  virtual Result<void> fold(std::span<const RecordedEvent> events, Version last, const SchemaReader& schemas) = 0;
  /// An independent copy of the state.
  [[nodiscard]] virtual std::unique_ptr<AnyState> clone() const = 0;
  /// Becomes equal to `other`, which has the same type of state; memory is used again. Throws std::bad_alloc, and the
  /// state is then void. Cost: the fields of the state, since es::Map and es::List are shared.
  virtual void assign(const AnyState& other) = 0;
  /// What changed since `before`, an earlier state of the same type; where that reflects no event, changes from
  /// nothing. Throws std::bad_alloc. Cost: as changes_between.
  [[nodiscard]] virtual Changes changes_since(const AnyState& before,
                                              ChangedFields fields = ChangedFields::told) const = 0;
  /// Whether no event has made anything of it yet: those that it passed over do not count.
  [[nodiscard]] bool is_new() const { return version.value == passed_over.events; }
  /// The state as a record of its schema's type, to read fields of it; no value where the category has no state.
  /// Lifetime: the state's, until it changes.
  [[nodiscard]] virtual Value value() const = 0;
  /// Appends the bytes of the state, by its schema.
  virtual void encode_to(Bytes& out) const = 0;
  /// Takes the state from such bytes; the caller sets its place in the stream. Errors: corrupt_record, out_of_memory;
  /// the state is then void.
  virtual Result<void> decode_from(BytesView bytes) = 0;
  /// The typed state; null where it is not an S.
  template <class S> [[nodiscard]] const S* as() const {
    return type_tag() == &tag_of<S> ? static_cast<const S*>(address()) : nullptr;
  }

  Version version{};
  Position position{};
  Timestamp created_at{};
  Timestamp updated_at{};
  std::string organization{};
  PassedOver passed_over{};  ///< events that the state is without

 protected:
  AnyState(const AnyState&) = default;
  AnyState& operator=(const AnyState&) = delete;

  template <class S> static constexpr char tag_of = 0;
  [[nodiscard]] virtual const void* type_tag() const = 0;
  [[nodiscard]] virtual const void* address() const = 0;
  void assign_place(const AnyState& other);
  void advance(const RecordedEvent& event);
  // As after each of `events`, of one stream and in order.
  void advance(std::span<const RecordedEvent> events);
};

/// The state of an aggregate.
template <Aggregate A> class StateOf final : public AnyState {
 public:
  StateOf() = default;
  explicit StateOf(typename A::State state) : state_{std::move(state)} {}

  Result<void> apply(const RecordedEvent& event, const Metadata& metadata, const SchemaReader& schemas) override {
    EVENTSTORE_TRY(evolve_recorded<A>(state_, event, metadata, schemas, &passed_over));
    advance(event);
    return {};
  }
  Result<void> fold(std::span<const RecordedEvent> events, Version last, const SchemaReader& schemas) override {
    events = detail::up_to(events, last);
    EVENTSTORE_TRY(detail::fold_into<A>(state_, events, schemas, nullptr, &passed_over));
    advance(events);
    return {};
  }
  [[nodiscard]] std::unique_ptr<AnyState> clone() const override { return std::make_unique<StateOf>(*this); }
  void assign(const AnyState& other) override {
    state_ = *other.as<typename A::State>();
    assign_place(other);
  }
  [[nodiscard]] Changes changes_since(const AnyState& before, ChangedFields fields) const override {
    return before.is_new() ? changes_from_nothing(state_, fields)
                           : changes_between(*before.as<typename A::State>(), state_, fields);
  }
  [[nodiscard]] Value value() const override { return detail::value_of(state_); }
  void encode_to(Bytes& out) const override { encode(state_, out); }
  Result<void> decode_from(BytesView bytes) override { return decode_into(bytes, state_); }
  /// The state itself, for the last user of this object.
  [[nodiscard]] typename A::State take() && { return std::move(state_); }

 private:
  [[nodiscard]] const void* type_tag() const override { return &tag_of<typename A::State>; }
  [[nodiscard]] const void* address() const override { return &state_; }
  typename A::State state_{};
};

/// A category without a state: only the place in the stream is kept.
class NoState final : public AnyState {
 public:
  Result<void> apply(const RecordedEvent& event, const Metadata&, const SchemaReader&) override {
    advance(event);
    return {};
  }
  Result<void> fold(std::span<const RecordedEvent> events, Version last, const SchemaReader&) override {
    advance(detail::up_to(events, last));
    return {};
  }
  [[nodiscard]] std::unique_ptr<AnyState> clone() const override { return std::make_unique<NoState>(*this); }
  void assign(const AnyState& other) override { assign_place(other); }
  [[nodiscard]] Changes changes_since(const AnyState&, ChangedFields) const override { return {}; }
  [[nodiscard]] Value value() const override { return {}; }
  void encode_to(Bytes&) const override {}
  Result<void> decode_from(BytesView) override { return {}; }

 private:
  [[nodiscard]] const void* type_tag() const override { return nullptr; }
  [[nodiscard]] const void* address() const override { return nullptr; }
};

}  // namespace v1
}  // namespace eventstore
