#include <eventstore/file_log/file_log.hpp>

#include "../contract/guarded.hpp"
#include "../contract/random_id.hpp"
#include "../follower/reader.hpp"
#include "../writer/appender.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

constexpr std::size_t segment_bytes_least = 4096;
constexpr std::size_t segment_bytes_most = std::size_t{2} * 1024 * 1024 * 1024;

}  // namespace

/// The parts of a FileLog: a writer or a follower, and the read side of both.
class FileLog::Engine {
 public:
  Engine(FileSystem& files, std::string directory, std::size_t maps_most)
      : store{files, std::move(directory), maps_most} {}

  /// The result of `from_read_side`, after taking in the commits that a writer in another process has published.
  template <class Read> auto read(Read from_read_side) -> decltype(from_read_side(std::declval<const ReadSide&>())) {
    return guarded("read", store.directory(), [&]() -> decltype(from_read_side(read_side)) {
      if (reader) EVENTSTORE_TRY(reader->refresh());
      reader ? reader->let_go_if_much() : appender->let_go_if_much();
      auto result = from_read_side(read_side);
      if (result || !reader || result.error().code != Errc::expired) return result;
      // Perhaps by a writer in another process, and then the remaining events are known only now.
      EVENTSTORE_TRY_ASSIGN(const bool has_expired, reader->expire());
      return has_expired ? from_read_side(read_side) : std::move(result);
    });
  }

  Result<void> open_to_read() {
    EVENTSTORE_TRY_ASSIGN(const auto manifest, existing_manifest());
    store_id = manifest.store_id;
    index.hash_by(Hashing::of_store(store_id));
    reader = std::make_unique<Reader>(store, index, store_id);
    return reader->refresh();
  }

  Result<void> open_to_write(const Clock& clock, const FileLogOptions& options) {
    // Where there is no store and none is to be made, not even a lock file is left behind.
    if (!options.create_when_missing) EVENTSTORE_TRY(existing_manifest());
    auto taken = WriterLock::take(store);
    if (!taken && taken.error().code == Errc::not_found) {
      EVENTSTORE_TRY(store.files().make_directories(store.directory()));
      taken = WriterLock::take(store);
    }
    EVENTSTORE_TRY_ASSIGN(auto lock, std::move(taken));
    auto manifest = lock.manifest() != nullptr ? store.read_manifest(*lock.manifest()) : store.read_manifest();
    if (!manifest && manifest.error().code == Errc::not_found)
      manifest = store.create(options.new_store_id == Uuid{} ? random_id(clock) : options.new_store_id, clock.now(),
                              options.segment_bytes_max);
    if (!manifest) return failure_of(manifest);
    EVENTSTORE_TRY(lock.take_manifest(store));
    store_id = manifest->store_id;
    index.hash_by(Hashing::of_store(store_id));
    EVENTSTORE_TRY_ASSIGN(auto head, PublishedEnd::open_to_publish(store.files(), store.path("head"), store_id));
    appender = std::make_unique<Appender>(store, index, clock, store_id, options, std::move(lock), std::move(head));
    return appender->recover();
  }

  StoreFiles store;
  Uuid store_id;
  ReadSide read_side;
  LogIndex index{read_side};
  std::unique_ptr<Appender> appender;  // read_write only
  std::unique_ptr<Reader> reader;      // read_only only

 private:
  [[nodiscard]] Result<format::ManifestBytes> existing_manifest() const {
    auto manifest = store.read_manifest();
    if (!manifest && manifest.error().code == Errc::not_found)
      manifest.error() = {Errc::not_found, "open", store.path("manifest"), "there is no store in this directory"};
    return manifest;
  }
};

Result<std::unique_ptr<FileLog>> FileLog::open(FileSystem& files, const Clock& clock, std::string directory,
                                               FileLogOptions options) {
  if (options.segment_bytes_max < segment_bytes_least || options.segment_bytes_max > segment_bytes_most)
    return failure(Errc::invalid_argument, "open", directory, "a segment has 4096 bytes to 2 GiB");
  return guarded("open", {}, [&]() -> Result<std::unique_ptr<FileLog>> {
    auto engine = std::make_unique<Engine>(files, std::move(directory), options.maps_most);
    EVENTSTORE_TRY(options.mode == FileLogOptions::Mode::read_only ? engine->open_to_read()
                                                                   : engine->open_to_write(clock, options));
    return std::unique_ptr<FileLog>{new FileLog{std::move(engine)}};
  });
}

FileLog::FileLog(std::unique_ptr<Engine> engine) : engine_{std::move(engine)} {}
FileLog::~FileLog() = default;

Result<void> FileLog::close() { return engine_->appender ? engine_->appender->close() : Result<void>{}; }

const RecoveryReport& FileLog::recovery() const {
  static const RecoveryReport nothing{};
  return engine_->appender ? engine_->appender->report() : nothing;
}

Result<RetentionReport> FileLog::retain(const RetentionPolicy& policy) {
  if (!engine_->appender)
    return failure(Errc::read_only, "retain", engine_->store.directory(),
                   "the log is open for reading only: open it for writing");
  return guarded("retain", engine_->store.directory(), [&] { return engine_->appender->retain(policy); });
}

Result<Position> FileLog::expired() const {
  return engine_->read([&](const ReadSide& side) { return Result<Position>{side.expired()}; });
}

Result<DroppedEvents> FileLog::dropped() const {
  return engine_->read([&](const ReadSide& side) { return Result<DroppedEvents>{side.dropped()}; });
}

Result<std::optional<KeptState>> FileLog::kept_state(const StreamId& stream) const {
  return engine_->read([&](const ReadSide& side) { return side.kept_state(stream); });
}

Result<void> FileLog::settle() { return engine_->appender ? engine_->appender->settle() : Result<void>{}; }

IndexProgress FileLog::index_progress() const {
  return engine_->appender ? engine_->appender->index_progress() : IndexProgress{};
}

void FileLog::append_async(const Commit& commit, std::function<void(Result<Receipt>)> done) {
  if (engine_->appender) return engine_->appender->append_async(commit, std::move(done));
  done(failure(Errc::read_only, "append", engine_->store.directory(),
               "the log is open for reading only: open it for writing"));
}

std::future<Result<Receipt>> FileLog::append_later(const Commit& commit) {
  const auto promise = std::make_shared<std::promise<Result<Receipt>>>();
  append_async(commit, [promise](Result<Receipt> receipt) { promise->set_value(std::move(receipt)); });
  return promise->get_future();
}

Result<Receipt> FileLog::append(const Commit& commit) {
  if (!engine_->appender)
    return failure(Errc::read_only, "append", engine_->store.directory(),
                   "the log is open for reading only: open it for writing");
  return engine_->appender->append(commit);
}

Result<Page> FileLog::read_stream(const StreamId& stream, const ReadStream& options) const {
  return engine_->read([&](const ReadSide& side) { return side.read_stream(stream, options); });
}

Result<Page> FileLog::read_all(const ReadAll& options) const {
  return engine_->read([&](const ReadSide& side) { return side.read_all(options); });
}

Result<Visited> FileLog::visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const {
  return engine_->read([&](const ReadSide& side) { return side.visit_stream(stream, options, visitor); });
}

Result<Visited> FileLog::visit_all(const ReadAll& options, Visitor visitor) const {
  return engine_->read([&](const ReadSide& side) { return side.visit_all(options, visitor); });
}

Result<Page> FileLog::find(const StreamId& stream, const EventId& id) const {
  return engine_->read([&](const ReadSide& side) { return side.find(stream, id); });
}

Result<RecordedOutcome> FileLog::find_outcome(const StreamId& stream, const Uuid& command_id) const {
  return engine_->read([&](const ReadSide& side) { return side.find_outcome(stream, command_id); });
}

Result<Version> FileLog::head(const StreamId& stream) const {
  return engine_->read([&](const ReadSide& side) { return side.head(stream); });
}

Result<Position> FileLog::head() const {
  return engine_->read([&](const ReadSide& side) { return Result<Position>{side.head()}; });
}

Result<StreamInfo> FileLog::info(const StreamId& stream) const {
  return engine_->read([&](const ReadSide& side) { return side.info(stream); });
}

Result<std::vector<StreamInfo>> FileLog::streams(std::string_view category, std::string_view after,
                                                 std::size_t limit) const {
  return engine_->read([&](const ReadSide& side) { return side.streams(category, after, limit); });
}

Result<BytesView> FileLog::schema(const SchemaId& id) const {
  return engine_->read([&](const ReadSide& side) { return side.schema(id); });
}

Result<std::vector<SchemaRecord>> FileLog::schemas() const {
  return engine_->read([&](const ReadSide& side) { return side.schemas(); });
}

Result<Position> FileLog::wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const {
  using std::chrono::milliseconds;
  // Bounded, so that a stop, or a head file that appears later, is noticed without a wake-up.
  constexpr milliseconds slice{50};
  const auto until = steady_time() + patience;
  for (;;) {
    const auto word = engine_->appender ? engine_->appender->word() : engine_->reader->word();
    EVENTSTORE_TRY_ASSIGN(const auto reached, head());
    const auto left = std::chrono::ceil<milliseconds>(until - steady_time());
    if (reached > seen || stop.stop_requested() || left <= milliseconds{0}) return reached;
    if (engine_->appender)
      engine_->appender->wait(word, std::min(left, slice));
    else
      engine_->reader->wait(word, std::min(left, slice));
  }
}

Result<void> FileLog::sync() {
  if (!engine_->appender) return {};
  return engine_->appender->sync();
}

Uuid FileLog::store_id() const { return engine_->store_id; }

const EventOpener* FileLog::opener() const { return engine_->read_side.opener(); }
void FileLog::open_with(std::shared_ptr<const EventOpener> opener) { engine_->read_side.open_with(std::move(opener)); }

Result<std::uint64_t> FileLog::checksum_at(Position position) const {
  return engine_->read([&](const ReadSide& side) { return side.checksum_at(position); });
}

}  // namespace v1
}  // namespace eventstore
