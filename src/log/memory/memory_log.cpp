#include <eventstore/log/memory_log.hpp>
#include <eventstore/os/detail/threads.hpp>

#include <algorithm>
#include <new>

#include "../admission/admission.hpp"
#include "../bytes/commit_writer.hpp"
#include "../contract/guarded.hpp"
#include "../contract/random_id.hpp"
#include "../reading/read_side.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

constexpr std::size_t first_block_bytes = std::size_t{64} * 1024;
constexpr std::size_t block_bytes_max = std::size_t{16} * 1024 * 1024;

class MemoryBlock final : public Block {
 public:
  MemoryBlock(std::unique_ptr<std::byte[]> bytes, std::size_t size)
      : Block{bytes.get(), size}, bytes_{std::move(bytes)} {}

 private:
  std::unique_ptr<std::byte[]> bytes_;
};

}  // namespace

class MemoryLog::Engine {
 public:
  ReadSide read_side;

  explicit Engine(const Clock& clock) : clock_{clock}, store_id_{random_id(clock)} {
    index_.hash_by(Hashing::of_store(store_id_));
  }

  Result<Receipt> append(const Commit& commit) {
    const std::unique_lock lock{mutex_};
    return guarded("append", {}, [&] { return append_locked(commit); });
  }

  template <class Read> auto read(Read from_read_side) const -> decltype(from_read_side(read_side)) {
    return guarded("read", {}, [&] { return from_read_side(read_side); });
  }

  Position wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const {
    std::unique_lock lock{mutex_};
    grown_.wait_for(lock, std::move(stop), patience, [&] { return read_side.head() > seen; });
    return read_side.head();
  }

  [[nodiscard]] Uuid store_id() const { return store_id_; }

 private:
  Result<Receipt> append_locked(const Commit& commit) {
    if (is_index_in_part_)
      return failure(Errc::read_only, "append", {},
                     "memory ran out during an earlier append: the log can only be read");
    EVENTSTORE_TRY_ASSIGN(auto admitted, admit(commit, index_));
    auto& receipt = admitted.receipt;
    receipt.durability = Durability::on_close;
    if (receipt.already_there) return std::move(receipt);
    auto held = held_;
    const auto schemas = descriptors_missing(commit, index_.schemas(), held);
    make_room(encoded_size(commit, schemas));
    const auto recorded_at = std::max(recorded_at_, clock_.now().micros);
    const format::Location location{block_, static_cast<std::uint32_t>(used_)};
    const CommitPlace place{.store_fold = format::fold(store_id_),
                            .location = location,
                            .first_position = index_.head().next().value,
                            .recorded_at = recorded_at,
                            .previous_checksum = checksum_};
    checksum_ = encode_commit(commit, receipt.events, schemas, place, buffer_);
    std::copy(buffer_.begin(), buffer_.end(), bytes_ + used_);
    is_index_in_part_ = true;
    add_admitted(admitted, buffer_.data(), location, index_);
    is_index_in_part_ = false;
    used_ += buffer_.size();
    index_.publish(index_.head(), format::Location{block_, static_cast<std::uint32_t>(used_)});
    recorded_at_ = recorded_at;
    held_ = std::move(held);
    grown_.notify_all();
    return std::move(receipt);
  }

  // Blocks never move or grow: pages point into them.
  void make_room(std::size_t bytes) {
    if (capacity_ - used_ >= bytes) return;
    const auto capacity = std::max(bytes, std::clamp(capacity_ * 2, first_block_bytes, block_bytes_max));
    auto memory = std::make_unique_for_overwrite<std::byte[]>(capacity);
    auto* const begin = memory.get();
    const auto block = std::make_shared<MemoryBlock>(std::move(memory), capacity);
    index_.add_block(block_ + 1, block);
    ++block_;
    bytes_ = begin;
    capacity_ = capacity;
    used_ = 0;
  }

  const Clock& clock_;
  const Uuid store_id_;
  mutable Mutex mutex_;  // guards everything below
  mutable ConditionVariable grown_;
  LogIndex index_{read_side};
  std::uint32_t block_ = 0;
  std::byte* bytes_ = nullptr;
  std::size_t used_ = 0;
  std::size_t capacity_ = 0;
  std::int64_t recorded_at_ = std::numeric_limits<std::int64_t>::min();
  std::uint64_t checksum_ = 0;
  bool is_index_in_part_ = false;  // has a part of a commit that was refused
  std::vector<SchemaId> held_;
  Bytes buffer_;
};

MemoryLog::MemoryLog(const Clock& clock) : engine_{std::make_unique<Engine>(clock)} {}
MemoryLog::~MemoryLog() = default;

Result<Receipt> MemoryLog::append(const Commit& commit) { return engine_->append(commit); }

Result<Page> MemoryLog::read_stream(const StreamId& stream, const ReadStream& options) const {
  return engine_->read([&](const ReadSide& side) { return side.read_stream(stream, options); });
}

Result<Page> MemoryLog::read_all(const ReadAll& options) const {
  return engine_->read([&](const ReadSide& side) { return side.read_all(options); });
}

Result<Visited> MemoryLog::visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const {
  return engine_->read([&](const ReadSide& side) { return side.visit_stream(stream, options, visitor); });
}

Result<Visited> MemoryLog::visit_all(const ReadAll& options, Visitor visitor) const {
  return engine_->read([&](const ReadSide& side) { return side.visit_all(options, visitor); });
}

Result<Page> MemoryLog::find(const StreamId& stream, const EventId& id) const {
  return engine_->read([&](const ReadSide& side) { return side.find(stream, id); });
}

Result<RecordedOutcome> MemoryLog::find_outcome(const StreamId& stream, const Uuid& command_id) const {
  return engine_->read([&](const ReadSide& side) { return side.find_outcome(stream, command_id); });
}

Result<Version> MemoryLog::head(const StreamId& stream) const {
  return engine_->read([&](const ReadSide& side) { return side.head(stream); });
}

Result<Position> MemoryLog::head() const { return engine_->read_side.head(); }

Result<StreamInfo> MemoryLog::info(const StreamId& stream) const {
  return engine_->read([&](const ReadSide& side) { return side.info(stream); });
}

Result<std::vector<StreamInfo>> MemoryLog::streams(std::string_view category, std::string_view after,
                                                   std::size_t limit) const {
  return engine_->read([&](const ReadSide& side) { return side.streams(category, after, limit); });
}

Result<BytesView> MemoryLog::schema(const SchemaId& id) const {
  return engine_->read([&](const ReadSide& side) { return side.schema(id); });
}

Result<std::vector<SchemaRecord>> MemoryLog::schemas() const {
  return engine_->read([&](const ReadSide& side) { return side.schemas(); });
}

Result<Position> MemoryLog::wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const {
  return engine_->wait_past(seen, std::move(stop), patience);
}

Result<void> MemoryLog::sync() { return {}; }

Uuid MemoryLog::store_id() const { return engine_->store_id(); }
const EventOpener* MemoryLog::opener() const { return engine_->read_side.opener(); }
void MemoryLog::open_with(std::shared_ptr<const EventOpener> opener) {
  engine_->read_side.open_with(std::move(opener));
}

Result<std::uint64_t> MemoryLog::checksum_at(Position position) const {
  return engine_->read([&](const ReadSide& side) { return side.checksum_at(position); });
}

}  // namespace v1
}  // namespace eventstore
