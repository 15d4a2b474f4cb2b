#include "index_check.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "../index/index_maker.hpp"
#include "advice.hpp"

namespace eventstore::engine {
namespace {

constexpr std::size_t name_digits = 16;

std::optional<std::uint32_t> number_in(std::string_view name, std::size_t at) {
  if (name.size() < at + name_digits) return std::nullopt;
  std::uint32_t number = 0;
  const auto* const begin = name.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + name_digits, number, 16);
  return error == std::errc{} && end == begin + name_digits ? std::optional{number} : std::nullopt;
}

class IndexCheck {
 public:
  IndexCheck(const StoreFiles& store, const Uuid& store_id, const std::stop_token& stop, VerifyReport& report,
             std::vector<std::string>& bad)
      : store_{store}, store_id_{store_id}, stop_{stop}, report_{report}, bad_{bad} {}

  Result<void> run() {
    EVENTSTORE_TRY_ASSIGN(const auto segments, names("segments"));
    for (const auto& name : segments)
      if (const auto number = number_in(name, 0); number && name.substr(name_digits) == ".idx")
        EVENTSTORE_TRY(check(store_.path("segments/" + name), format::segment_index_magic));
    EVENTSTORE_TRY_ASSIGN(const auto tables, names("tables"));
    for (const auto& name : tables)
      if (number_in(name, 0) && number_in(name, name_digits + 1) && name.ends_with(".tbl"))
        EVENTSTORE_TRY(check(store_.path("tables/" + name), format::table_magic));
    return check_catalog();
  }

 private:
  Result<std::vector<std::string>> names(std::string_view directory) const {
    auto listed = store_.files().list(store_.path(directory));
    if (!listed && listed.error().code == Errc::not_found) return std::vector<std::string>{};
    return listed;
  }

  Result<void> check(const std::string& path, std::uint64_t magic) {
    if (stop_.stop_requested()) return failure(Errc::stopped, "verify", store_.directory());
    auto file = IndexFile::open(store_.files(), path, magic);
    if (!file && file.error().code == Errc::not_found) return {};  // a writer has merged it in the meantime
    if (!file && file.error().code == Errc::io_failed) return find_unreadable(path);
    if (!file && file.error().code != Errc::corrupt_record) return failure_of(file);
    if (!file) return find(path, file.error().detail);
    const auto& identity = file->identity();
    if (identity.store_id != store_id_) return find(path, "it belongs to another store");
    auto made = make(identity, magic, file->version());
    if (!made && made.error().code == Errc::stopped) return failure_of(made);
    if (!made) return {};  // the log itself is damaged there, which is a finding of its own
    if (!*made || !std::ranges::equal(**made, file->bytes()))
      return find(path, "it differs from the file that the log gives");
    return {};
  }

  // The file's bytes as the log makes them; nothing where the log has no such end.
  Result<std::optional<Bytes>> make(const IndexIdentity& identity, std::uint64_t magic, std::uint32_t version) const {
    std::vector<std::shared_ptr<Segment>> held;
    std::vector<SegmentToScan> segments;
    for (auto number = identity.first_segment; number <= identity.last_segment; ++number) {
      EVENTSTORE_TRY_ASSIGN(auto segment, store_.open_segment(number, store_id_, OpenMode::read));
      EVENTSTORE_TRY_ASSIGN(const auto size, segment->file()->size());
      const auto end = number == identity.last_segment ? identity.end : size;
      if (end > size || end < sizeof(format::SegmentHeader)) return std::nullopt;
      segments.push_back(
          {{segment->data(), static_cast<std::size_t>(end)}, segment->path(), {static_cast<std::uint32_t>(end), 0}});
      held.push_back(std::move(segment));
    }
    const auto last = make_indexes(segments.back().bytes, segments.back().path, segments.back().range, version);
    if (!last) return tl::unexpected<Error>{last.error()};
    if (!last->damages.empty()) return failure(last->damages.front().error);
    if (last->segment.checksum != identity.last_checksum || last->is_finished != identity.is_finished)
      return std::nullopt;
    if (magic == format::segment_index_magic) return last->index;
    if (segments.size() == 1) return last->table;
    EVENTSTORE_TRY_ASSIGN(auto made, make_table(segments, identity, version));
    return std::optional{std::move(made.table)};
  }

  Result<void> check_catalog() {
    const auto path = store_.path("catalog");
    const auto file = store_.files().open(path, OpenMode::read);
    if (!file && file.error().code == Errc::not_found) return {};
    if (!file) return tl::unexpected<Error>{file.error()};
    const auto bytes = read_whole(**file, std::size_t{256} * 1024 * 1024);
    if (!bytes) return find_unreadable(path);
    const auto catalog = decode_catalog(*bytes, path);
    if (!catalog && catalog.error().code != Errc::corrupt_record) return tl::unexpected<Error>{catalog.error()};
    if (!catalog) return find(path, catalog.error().detail);
    if (catalog->store_id != store_id_) return find(path, "it belongs to another store");
    for (const auto& place : catalog->segments) {
      const auto segment = store_.map_segment(place.number, store_id_, OpenMode::read);
      if (!segment) continue;  // a finding of its own
      const auto& header = segment->header;
      if (header.generation != place.generation || header.first_position != place.first_position ||
          place.end > segment->size)
        return find(path, "the segments that it names differ from those of the log");
    }
    return {};
  }

  Result<void> find_unreadable(const std::string& path) { return find(path, "the disk cannot read it"); }

  Result<void> find(const std::string& path, std::string_view what) {
    report_.findings.push_back(
        {FindingKind::damage, path, 0, Position{0}, Position{0}, std::string{what}, std::string{advice::remake_index}});
    bad_.push_back(path);
    return {};
  }

  const StoreFiles& store_;
  const Uuid& store_id_;
  const std::stop_token& stop_;
  VerifyReport& report_;
  std::vector<std::string>& bad_;
};

}  // namespace

Result<void> check_indexes(const StoreFiles& store, const Uuid& store_id, const std::stop_token& stop,
                           VerifyReport& report, std::vector<std::string>& bad) {
  return IndexCheck{store, store_id, stop, report, bad}.run();
}

}  // namespace eventstore::engine
