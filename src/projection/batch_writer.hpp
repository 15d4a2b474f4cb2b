#pragma once
// Private to the projection layer: writes one batch while the next is worked out.
#include <eventstore/collections/collections.hpp>
#include <eventstore/core/detail/guarded.hpp>

#include <future>
#include <utility>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The collections are touched by one thread at a time: a batch is handed over only after the one before was waited
/// for. Threads: one at a time. Lifetime: borrows the collections; its end waits for the batch that is being written.
class BatchWriter {
 public:
  explicit BatchWriter(Collections& collections) : collections_{collections} {}
  ~BatchWriter() {
    if (writing_.valid()) writing_.wait();
  }
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

  /// Returns when the batches that were handed over are written. Errors: as Collections::commit; out_of_memory and
  /// user_exception for what a document that is encoded throws.
  Result<void> wait() { return writing_.valid() ? writing_.get() : Result<void>{}; }

  /// Gives the batches back that were written last: the thread that made their documents frees them. Another one would
  /// ask for the lock of its memory again and again. wait() was called before.
  std::vector<CollectionBatch> take_written() { return std::exchange(batches_, {}); }

  /// Begins to write; take_written() was called before.
  void write(std::vector<CollectionBatch> batches) {
    batches_ = std::move(batches);
    writing_ = std::async(std::launch::async, [this] {
      return detail::guarded("commit batch", {}, [this] { return collections_.commit(batches_); });
    });
  }

 private:
  Collections& collections_;
  std::vector<CollectionBatch> batches_;  // that are being written
  std::future<Result<void>> writing_;
};

}  // namespace v1
}  // namespace eventstore
