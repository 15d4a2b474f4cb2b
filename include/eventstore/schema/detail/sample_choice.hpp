#pragma once
// Chooses from all payloads of a schema the few that show its edge cases: optionals with and without a value, empty and
// long texts and lists, each enumerator, the limits of numbers.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>
#include <memory>

namespace eventstore {
inline namespace v1 {

/// The largest number of payloads that are kept of a schema.
inline constexpr std::size_t samples_of_a_schema_max = 4;

/// Threads: one at a time. Memory: one payload for each combination of edge cases, of 1000 combinations at most; later
/// ones are then passed over.
class SampleChoice {
 public:
  /// `type` outlives this.
  explicit SampleChoice(const Type& type);
  ~SampleChoice();
  SampleChoice(SampleChoice&&) noexcept;
  SampleChoice& operator=(SampleChoice&&) noexcept;

  /// Errors: corrupt_record where `payload` is not a value of the type. Cost: a pass over the bytes.
  Result<void> offer(BytesView payload);

  /// The fewest payloads that together show all edge cases, but at most samples_of_a_schema_max. Each step takes the
  /// payload that adds most edge cases, and of equal ones the shortest. The payloads are scrubbed. The result has at
  /// least one payload if any was offered, and does not depend on the order of the offers. Errors: as scrub.
  [[nodiscard]] Result<std::vector<Bytes>> chosen() const;

 private:
  struct Offers;
  const Type* type_;
  std::unique_ptr<Offers> offers_;
};

}  // namespace v1
}  // namespace eventstore
