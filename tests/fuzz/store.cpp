// A whole store, valid but for some of its numbers, blocks and files: read, and written to.
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/file_log/verify.hpp>
#include <eventstore/testing/simulated_disk.hpp>

#include "fuzz_one.hpp"
#include "log/evidence/seal.hpp"
#include "log/index/catalog.hpp"
#include "log/index/segment_index.hpp"
#include "log/index/table_format.hpp"
#include "repair.hpp"

namespace eventstore::fuzz {

using namespace engine;
namespace {

constexpr std::size_t pages_max = 50;  // a read of damaged files ends somewhere, but not always soon
const std::string directory = "store";

struct StoredFile {
  std::string path;
  Bytes bytes;
};

SchemaId schema_id() { return SchemaId{Uuid::v5(eventstore_namespace, "thing")}; }

NewEvent event_of(std::uint64_t number) {
  static const std::string data(300, 'x');
  NewEvent event{StreamId::trusted("delivery-" + std::to_string(number % 5))};
  event.id = EventId{Uuid::v5(eventstore_namespace, std::to_string(number))};
  event.type = number % 3 == 0 ? "Closed" : "Opened";
  event.organization = number % 5 % 2 == 0 ? "north" : "south";
  event.created_at = Timestamp{0};
  event.codec = number % 4 == 0 ? Codec::binary : Codec::json;
  if (number % 4 == 0) event.schema = schema_id();
  event.data = as_bytes(data);
  return event;
}

Result<Receipt> append(FileLog& log, std::uint64_t number) {
  const std::vector events{event_of(number)};
  const std::vector<SchemaRecord> schemas{{schema_id(), as_bytes(std::string_view{"Thing{a:int64}"})}};
  std::vector<Outcome> outcomes;
  // In a changed store: the stored one stays as it was when the kept inputs were found.
  if (number >= 1000)
    outcomes.push_back({events.front().stream, events.front().id.uuid, {}, events.front().organization, {}});
  return log.append({.events = events, .schemas = schemas, .outcomes = outcomes});
}

FileLogOptions options_for(FileLogOptions::Mode mode) {
  return {.mode = mode, .segment_bytes_max = 4096, .prepared_bytes = 0, .background_work = false};
}

void add_files(SimulatedDisk& disk, const std::string& folder, std::vector<StoredFile>& files) {
  const auto names = disk.list(folder);
  for (const auto& name : *names) {
    const auto path = folder + "/" + name;
    if (auto bytes = disk.cached(path))
      files.push_back({path, std::move(*bytes)});
    else
      add_files(disk, path, files);
  }
}

// Of five segments, all but the last with index files.
const std::vector<StoredFile>& whole_store() {
  static const auto files = [] {
    SimulatedDisk disk;
    const ManualClock clock{Timestamp{0}};
    auto log = FileLog::open(disk, clock, directory, options_for(FileLogOptions::Mode::read_write));
    must(log.has_value());
    for (std::uint64_t number = 1; number <= 40; ++number) must(append(**log, number).has_value());
    must((*log)->close().has_value());
    std::vector<StoredFile> made;
    add_files(disk, directory, made);
    return made;
  }();
  return files;
}

void repair(StoredFile& file) {
  if (file.path.ends_with(".idx")) repair_index(file.bytes, format::segment_index_magic);
  if (file.path.ends_with(".tbl")) repair_index(file.bytes, format::table_magic);
  if (file.path.ends_with("catalog")) repair_catalog(file.bytes);
  if (file.path.ends_with(".log")) repair_segment(file.bytes);
  if (file.path.ends_with(".seal")) repair_header(file.bytes, sizeof(format::SealHeader));
  if (file.path.ends_with("manifest")) repair_header(file.bytes, sizeof(format::ManifestBytes));
}

// Twelve bytes are one change: of which file, what, where, and to what.
void change(std::vector<StoredFile>& files, BytesView by) {
  auto& bytes = files[static_cast<std::size_t>(by[0]) % files.size()].bytes;
  if (bytes.empty()) return;
  const auto at = std::size_t{get<std::uint16_t>(by, 2)} % bytes.size();
  const auto value = get<std::uint64_t>(by, 4);
  switch (static_cast<unsigned>(by[1]) % 6) {
    case 0: return put(bytes, at, value);
    case 1: return put(bytes, at / 8 * 8, static_cast<std::uint32_t>(value));
    case 2: return put(bytes, at, static_cast<std::uint16_t>(value));
    case 3: return bytes.resize(at);
    case 4: return bytes.clear();
    default: {
      const auto from = static_cast<std::size_t>(value % bytes.size());
      const auto count = std::min<std::size_t>({64, bytes.size() - from, bytes.size() - at});
      std::memmove(bytes.data() + at, bytes.data() + from, count);
    }
  }
}

void read(const FileLog& log) {
  std::uint64_t next = 1;
  for (std::size_t page_count = 0; page_count < pages_max; ++page_count) {
    const auto page = log.read_all({.from = Position{next}});
    if (!page) break;
    for (const auto& event : page->events) must(event.position.value >= next);
    next = page->next;
    if (page->at_end) break;
  }
  (void)log.read_all({.filter = {.category = "delivery", .type = "Closed"}});
  (void)log.read_all({.direction = Direction::backward});
  (void)log.streams("delivery", {}, 100);
  for (std::uint64_t number = 1; number <= 40; ++number) {
    const auto event = event_of(number);
    const auto found = log.find(event.stream, event.id);
    if (found) must(found->events.front().id == event.id && found->events.front().stream == event.stream.text());
    (void)log.head(event.stream);
    (void)log.info(event.stream);
    const auto page = log.read_stream(event.stream);
    if (page)
      for (const auto& read : page->events) must(read.stream == event.stream.text());
    (void)log.checksum_at(Position{number});
    (void)log.find_outcome(event.stream, event.id.uuid);
  }
  (void)log.schema(schema_id());
  (void)log.schemas();
}

void use(const std::vector<StoredFile>& files) {
  SimulatedDisk disk{{.file_bytes_max = std::size_t{1} << 20}};
  const ManualClock clock{Timestamp{0}};
  for (const auto* const folder : {"store/segments", "store/tables"}) must(disk.make_directories(folder).has_value());
  for (const auto& file : files) {
    if (file.bytes.empty()) continue;
    auto opened = disk.open(file.path, OpenMode::create);
    must(opened.has_value() && write_all(**opened, 0, file.bytes).has_value());
  }
  if (const auto log = FileLog::open(disk, clock, directory, options_for(FileLogOptions::Mode::read_only))) read(**log);
  (void)verify(disk, directory, {.chain = true});
  const auto log = FileLog::open(disk, clock, directory, options_for(FileLogOptions::Mode::read_write));
  if (!log) return;
  for (std::uint64_t number = 1000; number < 1020; ++number) (void)append(**log, number);
  (void)(*log)->settle();
  (void)(*log)->retain({.before = Timestamp{1}});
  read(**log);
  (void)(*log)->close();
}

}  // namespace

void fuzz_one(BytesView bytes) {
  constexpr std::size_t change_bytes = 12;
  auto files = whole_store();
  for (; bytes.size() >= change_bytes; bytes = bytes.subspan(change_bytes)) change(files, bytes);
  for (auto& file : files) repair(file);
  use(files);
}

}  // namespace eventstore::fuzz
