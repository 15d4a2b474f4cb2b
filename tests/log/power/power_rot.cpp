// What a log says of bytes that were changed behind its back.
#include <algorithm>
#include <cstring>
#include <eventstore/file_log/verify.hpp>

#include "power_run.hpp"

namespace eventstore::power {
namespace {

constexpr std::size_t mark_bytes = 96;

bool is_damage(Errc code) {
  // io_failed: what the disk cannot read.
  return code == Errc::corrupt_record || code == Errc::newer_format || code == Errc::io_failed;
}

// Of "…/0000000000000005.log".
std::uint64_t segment_number(const std::string& path) {
  return std::stoull(path.substr(path.size() - 20, 16), nullptr, 16);
}

std::size_t end_without_zeros(const Bytes& content) {
  auto end = content.size() / 8 * 8;
  const auto is_zero = [](std::byte byte) { return byte == std::byte{0}; };
  while (end > 0 && std::all_of(content.data() + end - 8, content.data() + end, is_zero)) end -= 8;
  return end;
}

// Where a finished segment's seal ends; nothing that follows is of the log. By docs/reference/file-format.md.
std::size_t end_of_seal(BytesView content) {
  constexpr std::size_t first_commit = 120;
  for (std::size_t at = first_commit; at + mark_bytes <= content.size();) {
    std::uint16_t kind = 0;
    std::uint32_t length = 0;
    std::memcpy(&kind, content.data() + at + 4, sizeof kind);
    std::memcpy(&length, content.data() + at + 8, sizeof length);
    at += length;
    if (kind == 2) return at;
  }
  throw Broken{"a finished segment has no seal"};
}

// Whether the last commit is a mark (docs/reference/file-format.md), and no copy of one in an event's data.
bool ends_with_mark(const std::string& path, BytesView content) {
  if (content.size() < mark_bytes) return false;
  const auto begin = content.size() - mark_bytes;
  std::uint64_t location = 0;
  std::memcpy(&location, content.data() + begin + 32, sizeof location);
  const auto segment = std::stoull(path.substr(path.find_last_of('/') + 1), nullptr, 16);
  return as_text(content.subspan(begin)).starts_with(std::string_view{"ESCM\3\0", 6}) &&
         location == (segment << 32 | begin);
}

}  // namespace

std::string PowerRun::last_segment() {
  const auto path = [](int number) {
    std::string name(16, '0');
    for (std::size_t digit = 15; number > 0; --digit, number /= 16) name[digit] = "0123456789abcdef"[number % 16];
    return std::string{directory} + "/segments/" + name + ".log";
  };
  if (!has_store_) return path(1);
  while (!disk.cached(path(first_segment_))) ++first_segment_;
  auto number = first_segment_;
  while (disk.cached(path(number + 1))) ++number;
  return path(number);
}

std::size_t PowerRun::end_of_last_segment() {
  const auto content = disk.cached(last_segment());
  return content ? end_without_zeros(*content) : 0;
}

void PowerRun::rot() {
  if (log_ || !disk.is_running() || !has_store_ || model.unknown) return;
  const auto drawn = random.below(100);
  if (drawn < 20) return backup_.rot(random);
  // What is spoilt already is not missed.
  const auto caches = are_caches_spoilt_ ? std::vector<std::string>{} : drawn < 45 ? cache_files() : files(".seal");
  if (drawn < 60 && !caches.empty()) return rot_in_cache(random.pick(caches));
  const auto segments = files(".log");
  rot_in_log(drawn < 65 ? std::string{directory} + "/manifest" : drawn < 80 ? random.pick(segments) : last_segment());
}

// The programs that have the page mapped, and those that come to read it, give what is right or fail.
void PowerRun::lose_page() {
  if (!is_writable() || !disk.is_running()) return;
  auto paths = files(".log");
  for (auto& path : cache_files()) paths.push_back(std::move(path));
  for (auto& path : files(".seal")) paths.push_back(std::move(path));
  const auto path = random.pick(paths);
  const auto bytes = needed(disk.cached(path), "a file").size();
  if (!disk.lose_page(path, random.below(bytes))) return;
  disk.set_random_failures(false);
  disk.heal();
  check_rotten(*log_, true);
  const auto report = eventstore::verify(disk, directory);
  const bool is_newer = !report && are_caches_spoilt_ && report.error().code == Errc::newer_format;
  require(report || is_newer, report ? "" : "verify gives up: " + report.error().message());
  // Files of a dropped segment may still be there; nobody reads them.
  const auto is_dropped = [&] { return segment_number(path) + report->segments <= segment_number(last_segment()); };
  require(is_newer || !report->findings.empty() || !path.ends_with(".log") || path == last_segment() || is_dropped(),
          "verify does not list what the disk cannot read in " + path);
  disk.set_random_failures(fails_at_random_);
  end_programs();
  open();
}

// The log is whole, so all that is asked for is right, whatever is made of the file.
void PowerRun::rot_in_cache(const std::string& path) {
  const auto bytes = needed(disk.cached(path), "an index file").size();
  (void)disk.flip_bit(path, random.below(bytes), static_cast<unsigned>(random.below(8)));
  const auto report = eventstore::verify(disk, directory, {.chain = true});
  require(report ? !report->findings.empty() : report.error().code == Errc::newer_format,
          "verify does not notice rot in " + path);
  open();
  if (!disk.is_running()) return;  // it told of what a failed sync had lost
  require(is_open(), "a store with a damaged index file does not open");
  check_all();
  finish();
}

void PowerRun::rot_in_log(const std::string& path) {
  const auto closed = disk.cached(path);
  // Otherwise what was published in this run of the machine tells of everything. What was not synced would be gone.
  const bool is_cut = random.chance(60) && model.durable == model.commits();
  if (is_cut) {
    disk.cut_power();
    restart();
  }
  constexpr std::size_t header_bytes = 120;
  if (!disk.cached(path)) return;  // a segment whose making had failed, and whose name was not synced
  const auto content = needed(disk.cached(path), "a file of the log");
  const bool is_finished = path.ends_with(".log") && path != last_segment();
  const auto end = is_finished ? end_of_seal(content) : end_without_zeros(content);
  const bool is_manifest = path.ends_with("manifest");
  const bool is_witnessed = is_finished || (!is_manifest && closed && *closed == content &&
                                            ends_with_mark(path, BytesView{content}.first(end)));
  const bool is_header = is_manifest || random.chance(10);
  const auto offset = random.below(is_header ? header_bytes : end);
  (void)disk.flip_bit(path, offset, static_cast<unsigned>(random.below(8)));
  // Verify looks no further than what was published: not at a segment that was begun after that, nor at a mark.
  const bool is_read = is_manifest || is_finished || (offset < header_bytes && is_cut) ||
                       (is_witnessed && offset >= header_bytes && offset + mark_bytes < end);
  const auto report = eventstore::verify(disk, directory, {.chain = true});
  require(report ? !report->findings.empty() || !is_read : report.error().code == Errc::newer_format,
          "verify does not notice rot in " + path + " at " + std::to_string(offset));
  const auto opened = FileLog::open(disk, clock, directory, options());
  // Sealed segments are looked at when they are needed.
  require(!opened || is_finished || offset >= header_bytes, "rot in a header is not noticed");
  if (opened) return check_rotten(**opened, is_witnessed);
  require(is_damage(opened.error().code), "rot is told as " + opened.error().message());
}

// What no later commit states to be synced may be taken for a torn tail; all else is there or told to be damaged.
void PowerRun::check_rotten(const FileLog& log, bool is_witnessed) const {
  // Where all events expired, there may be none left to look at, and what comes next has the next position.
  std::size_t given = needed(log.expired(), "what expired").value;
  for (Position from{given + 1};;) {
    const auto page = log.read_all({.from = from, .limit = 7});
    if (!page) {
      require(is_damage(page.error().code), "rot is told as " + page.error().message());
      given = model.events().size();  // it was told: nothing is missing without a word
      break;
    }
    for (const auto& event : page->events) {
      require(given < model.events().size() && same_event(owned(event), model.events()[given]),
              "rot gives an event that was not written");
      ++given;
    }
    if (page->at_end) break;
    from = Position{page->next};
  }
  require(!is_witnessed || given == model.events().size(), "rot takes events and nobody tells");
  check_rotten_streams(log, given);
}

// Each of the first `given` events is found as it was written, or told to be damaged; of the others, that they are not
// there.
void PowerRun::check_rotten_streams(const FileLog& log, std::size_t given) const {
  for (const auto& event : model.events()) {
    if (event.position.value <= model.expired) continue;
    const auto found = log.find(StreamId::trusted(event.stream), event.id);
    const bool is_right = found && same_event(owned(found->events.front()), event);
    const auto code = found ? Errc::not_found : found.error().code;
    require(
        is_right || (!found && is_damage(code)) || (!found && code == Errc::not_found && event.position.value > given),
        "after rot event " + std::to_string(event.position.value) + " of " + std::to_string(given) +
            (found ? " is another" : " is not found: " + found.error().message()));
    const auto head = log.head(StreamId::trusted(event.stream));
    require(head || is_damage(head.error().code), "after rot a stream's head is told otherwise");
    require(!head || event.position.value > given || *head >= event.version, "after rot a stream is shorter");
  }
}

}  // namespace eventstore::power
