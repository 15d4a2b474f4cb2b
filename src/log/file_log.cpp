#include <eventstore/log/file_log.hpp>

#include <atomic>

#include "appender.hpp"
#include "random_id.hpp"
#include "reader.hpp"

namespace eventstore::inline v1 {
namespace {

constexpr std::size_t segment_bytes_least = 4096;
constexpr std::size_t segment_bytes_most = std::size_t{2} * 1024 * 1024 * 1024;

}  // namespace

/// What stands behind a FileLog: a writer or a follower, and what both read from.
class FileLog::Engine {
 public:
  Engine(FileSystem& files, std::string directory) : store{files, std::move(directory)} {}

  /// Takes in what a writer elsewhere has published.
  Result<void> refresh() { return reader ? reader->refresh() : Result<void>{}; }

  StoreFiles store;
  Uuid store_id;
  ReadSide read_side;
  std::unique_ptr<Appender> appender;  // read_write only
  std::unique_ptr<Reader> reader;      // read_only only
};

namespace {

Result<format::ManifestBytes> open_manifest(const StoreFiles& store, const Clock& clock,
                                            const FileLogOptions& options) {
  auto manifest = store.read_manifest();
  if (manifest || manifest.error().code != Errc::not_found || !options.create_when_missing) return manifest;
  return store.create(random_id(clock), clock.now(), options.segment_bytes_max);
}

tl::unexpected<Error> no_store(const std::string& manifest) {
  return failure(Errc::not_found, "open", manifest, "there is no store in this directory");
}

}  // namespace

Result<std::unique_ptr<FileLog>> FileLog::open(FileSystem& files, const Clock& clock, std::string directory,
                                               FileLogOptions options) {
  if (options.segment_bytes_max < segment_bytes_least || options.segment_bytes_max > segment_bytes_most)
    return failure(Errc::invalid_argument, "open", directory, "a segment has 4096 bytes to 2 GiB");
  auto engine = std::make_unique<Engine>(files, std::move(directory));
  const auto& store = engine->store;
  if (options.mode == FileLogOptions::Mode::read_only) {
    const auto manifest = store.read_manifest();
    if (!manifest && manifest.error().code == Errc::not_found) return no_store(store.path("manifest"));
    if (!manifest) return failure(manifest.error());
    engine->store_id = manifest->store_id;
    engine->reader = std::make_unique<Reader>(store, engine->read_side, engine->store_id);
    EVENTSTORE_TRY(engine->reader->refresh());
    return std::unique_ptr<FileLog>{new FileLog{std::move(engine)}};
  }
  if (options.create_when_missing) EVENTSTORE_TRY(files.make_directories(store.path("")));
  if (auto listed = files.list(store.path("")); !listed && listed.error().code == Errc::not_found)
    return no_store(store.path("manifest"));
  if (!options.create_when_missing) {
    const auto manifest = store.read_manifest();
    if (!manifest && manifest.error().code == Errc::not_found) return no_store(store.path("manifest"));
  }
  EVENTSTORE_TRY_ASSIGN(auto lock, store.lock());
  EVENTSTORE_TRY_ASSIGN(const auto manifest, open_manifest(store, clock, options));
  engine->store_id = manifest.store_id;
  EVENTSTORE_TRY_ASSIGN(auto head, HeadFile::open_to_publish(files, store.path("head"), engine->store_id));
  engine->appender = std::make_unique<Appender>(store, engine->read_side, clock, engine->store_id, options,
                                                std::move(lock), std::move(head));
  EVENTSTORE_TRY(engine->appender->recover());
  return std::unique_ptr<FileLog>{new FileLog{std::move(engine)}};
}

FileLog::FileLog(std::unique_ptr<Engine> engine) : engine_{std::move(engine)} {}
FileLog::~FileLog() = default;

Result<void> FileLog::close() { return engine_->appender ? engine_->appender->close() : Result<void>{}; }

const RecoveryReport& FileLog::recovery() const {
  static const RecoveryReport nothing{};
  return engine_->appender ? engine_->appender->report() : nothing;
}

Result<Receipt> FileLog::append(const Commit& commit) {
  if (!engine_->appender) return failure(Errc::read_only, "append", engine_->store.path(""), "opened for reading only");
  return engine_->appender->append(commit);
}

Result<Page> FileLog::read_stream(const StreamId& stream, const ReadStream& options) const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.read_stream(stream, options);
}

Result<Page> FileLog::read_all(const ReadAll& options) const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.read_all(options);
}

Result<Page> FileLog::find(const StreamId& stream, const EventId& id) const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.find(stream, id);
}

Result<Version> FileLog::head(const StreamId& stream) const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.head(stream);
}

Result<Position> FileLog::head() const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.head();
}

Result<StreamInfo> FileLog::info(const StreamId& stream) const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.info(stream);
}

Result<std::vector<StreamInfo>> FileLog::streams(std::string_view category, std::string_view after,
                                                 std::size_t limit) const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.streams(category, after, limit);
}

Result<BytesView> FileLog::schema(const SchemaId& id) const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.schema(id);
}

Result<std::vector<SchemaRecord>> FileLog::schemas() const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.schemas();
}

Result<Position> FileLog::wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  // Bounded, so that a stop, or a head file that appears later, is noticed without a wake-up.
  constexpr milliseconds slice{50};
  const auto until = steady_clock::now() + patience;
  for (;;) {
    const auto word = engine_->appender ? engine_->appender->head().word() : engine_->reader->word();
    EVENTSTORE_TRY_ASSIGN(const auto reached, head());
    const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
    if (reached > seen || stop.stop_requested() || left <= milliseconds{0}) return reached;
    if (engine_->appender)
      engine_->appender->head().wait(word, std::min(left, slice));
    else
      engine_->reader->wait(word, std::min(left, slice));
  }
}

Result<void> FileLog::sync() {
  if (!engine_->appender) return {};
  return engine_->appender->sync();
}

Uuid FileLog::store_id() const { return engine_->store_id; }

Result<std::uint64_t> FileLog::checksum_at(Position position) const {
  EVENTSTORE_TRY(engine_->refresh());
  return engine_->read_side.checksum_at(position);
}

}  // namespace eventstore::inline v1
