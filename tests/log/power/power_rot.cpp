// What a log says of bytes that were changed behind its back.
#include <algorithm>
#include <cstring>

#include "power_run.hpp"

namespace eventstore::power {
namespace {

std::size_t end_without_zeros(const Bytes& content) {
  auto end = content.size() / 8 * 8;
  const auto is_zero = [](std::byte byte) { return byte == std::byte{0}; };
  while (end > 0 && std::all_of(content.data() + end - 8, content.data() + end, is_zero)) end -= 8;
  return end;
}

// Whether the last commit is a mark (docs/file-format.md), and no copy of one in an event's data.
bool ends_with_mark(const std::string& path, BytesView content) {
  constexpr std::size_t mark_bytes = 96;
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
  if (log_ || !disk.is_running() || !has_store_) return;
  const auto closed = disk.cached(last_segment());
  // Otherwise what was published in this run of the machine tells of everything.
  if (random.chance(60)) {
    disk.cut_power();
    restart();
  }
  constexpr std::size_t header_bytes = 120;
  const auto content = needed(disk.cached(last_segment()), "the last segment");
  const auto end = end_without_zeros(content);
  const bool is_witnessed =
      closed && *closed == content && ends_with_mark(last_segment(), BytesView{content}.first(end));
  const bool is_manifest = random.chance(10);
  const bool is_header = is_manifest || random.chance(10);
  const auto offset = random.below(is_header ? header_bytes : end);
  (void)disk.flip_bit(is_manifest ? std::string{directory} + "/manifest" : last_segment(), offset,
                      static_cast<unsigned>(random.below(8)));
  const auto opened = FileLog::open(disk, clock, directory, options());
  require(!opened || offset >= header_bytes, "rot in a header is not noticed");
  if (opened) return check_rotten(**opened, is_witnessed);
  const auto code = opened.error().code;
  require(code == Errc::corrupt_record || code == Errc::newer_format, "rot is told as " + opened.error().message());
}

// What no later commit states to be synced may be taken for a torn tail; all else is there or told to be damaged.
void PowerRun::check_rotten(const FileLog& log, bool is_witnessed) const {
  // Where all events expired, there may be none left to look at, and what comes next has the next position.
  std::size_t given = needed(log.expired(), "what expired").value;
  for (Position from{given + 1};;) {
    const auto page = log.read_all({.from = from, .limit = 7});
    if (!page) return require(page.error().code == Errc::corrupt_record, "rot is told as " + page.error().message());
    for (const auto& event : page->events) {
      require(given < model.events().size() && same_event(owned(event), model.events()[given]),
              "rot gives an event that was not written");
      ++given;
    }
    if (page->at_end) break;
    from = Position{page->next};
  }
  require(!is_witnessed || given == model.events().size(), "rot takes events and nobody tells");
}

}  // namespace eventstore::power
