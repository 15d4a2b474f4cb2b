#pragma once
// The schemas as which a category's code reads events, and the choice of one of them for a stored schema.
#include <eventstore/schema/detail/compare.hpp>
#include <eventstore/schema/schema.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// One such schema, as text. Lifetime: the program's.
struct ReadableText {
  std::string_view name;       ///< the stored name
  std::string_view former;     ///< the event's earlier name; empty where it has none
  std::string_view record;     ///< canonical text of the type
  std::string_view annotated;  ///< the same with defaults and earlier names
  bool current = true;         ///< an event of today; otherwise an old struct that an upcaster takes

  [[nodiscard]] constexpr bool has_name(std::string_view stored) const {
    return name == stored || (!former.empty() && former == stored);
  }
};

/// How a stored schema is read.
struct Verdict {
  enum class Way : std::uint8_t {
    same,       ///< as it is, by an event of today
    resolved,   ///< by an event of today, filled in and rearranged
    upcast,     ///< by an old struct, and its upcaster
    by_value,   ///< by the only struct that can, except events with an enumerator that it does not know
    unknown,    ///< no struct has this name
    ambiguous,  ///< more than one struct could read it
    breaking,   ///< no struct can read it
  };
  Way way = Way::unknown;
  std::size_t target = 0;   ///< place of the struct; if none can read it, of the nearest one
  bool exact = false;       ///< the bytes are the target's own
  Difference difference{};  ///< the first that breaks

  /// Every event.
  [[nodiscard]] constexpr bool reads() const { return way <= Way::upcast; }
  /// Some events, if not every one.
  [[nodiscard]] constexpr bool may_read() const { return way <= Way::by_value; }
};

/// Judges the stored schema `name` `record` by `targets`, those of today first. The exact struct is preferred;
/// otherwise exactly one of the structs of that name must resolve it; where none does, exactly one by value.
constexpr Verdict judge(std::string_view name, std::string_view record, std::span<const ReadableText> targets) {
  using Way = Verdict::Way;
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (targets[i].has_name(name) && targets[i].record == record)
      return {targets[i].current ? Way::same : Way::upcast, i, true, {}};
  Verdict verdict{};
  Verdict by_value{};
  std::size_t by_value_count = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!targets[i].has_name(name)) continue;
    FirstBreak problem{};
    if (resolves(record, targets[i].annotated, problem)) {
      if (verdict.reads()) return {Way::ambiguous, verdict.target, false, {}};
      verdict = {targets[i].current ? Way::resolved : Way::upcast, i, false, {}};
    } else {
      if (problem.by_value && ++by_value_count == 1) by_value = {Way::by_value, i, false, problem.difference};
      if (verdict.way == Way::unknown) verdict = {Way::breaking, i, false, problem.difference};
    }
  }
  return !verdict.reads() && by_value_count == 1 ? by_value : verdict;
}

/// The structs as which one category's events are read: the structs of today, then the old structs that upcasters take.
/// Lifetime: make one object for each category, and keep it, because readers remember plans by its address. Threads:
/// immutable.
class ReadableSchemas {
 public:
  struct Entry {
    const Schema* schema;
    std::string_view former;  ///< the event's earlier name; empty where it has none
    bool current;
  };

  explicit ReadableSchemas(const std::vector<Entry>& entries);
  ReadableSchemas(const ReadableSchemas&) = delete;
  ReadableSchemas& operator=(const ReadableSchemas&) = delete;

  [[nodiscard]] std::span<const ReadableText> texts() const { return texts_; }
  [[nodiscard]] const Schema& schema(std::size_t target) const { return *schemas_[target]; }
  [[nodiscard]] std::size_t size() const { return schemas_.size(); }
  [[nodiscard]] bool has_name(std::string_view stored) const;

 private:
  std::vector<const Schema*> schemas_;
  std::vector<std::string> annotated_;
  std::vector<ReadableText> texts_;
};

}  // namespace v1
}  // namespace eventstore
