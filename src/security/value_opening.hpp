#pragma once
// Puts the values of opened messages back in their places.
#include <vector>

#include "encrypted_form.hpp"

namespace eventstore::security {

/// The work space of one opening after another, whose memory is used again. Threads: one at a time.
class ValueOpening {
 public:
  void begin();

  /// Room for the clear values of `message`, which the caller fills.
  std::byte* add(const MessageView& message);
  /// Notes that the values of `message` are no more.
  void add_erased(const MessageView& message);

  /// The clear data in `memory`, and behind it the metadata with what belongs there. False where a place lies outside
  /// the data.
  bool write(BytesView data, BytesView metadata, Bytes& memory);
  /// The number of bytes of `memory` that are data.
  [[nodiscard]] std::size_t data_size() const { return data_size_; }
  [[nodiscard]] bool has_erased() const { return has_erased_; }

 private:
  struct Value {
    ValuePlace place;
    std::size_t at = 0;  // in clear_
    bool is_erased = false;
  };
  void order();

  std::vector<Value> values_;
  Bytes clear_;
  std::size_t data_size_ = 0;
  bool has_erased_ = false;
};

}  // namespace eventstore::security
