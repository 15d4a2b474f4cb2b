#pragma once
// Chooses from all payloads of a schema the few that show what there is: what is there and not there of optionals,
// empty and long texts and lists, each enumerator, the edges of numbers.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>
#include <memory>

namespace eventstore {
inline namespace v1 {

/// So many payloads of a schema are kept at most.
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

  /// So few of the payloads that together they show all edge cases, or samples_of_a_schema_max of them that show as
  /// many as one step at a time finds; scrubbed, the one that shows most first, of equal ones the shortest. At least
  /// one where any was offered; the same whatever the order they were offered in. Errors: as scrub.
  [[nodiscard]] Result<std::vector<Bytes>> chosen() const;

 private:
  struct Offers;
  const Type* type_;
  std::unique_ptr<Offers> offers_;
};

}  // namespace v1
}  // namespace eventstore
