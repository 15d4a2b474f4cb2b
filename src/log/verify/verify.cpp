#include <eventstore/file_log/verify.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <eventstore/file_log/file_log.hpp>

#include "../contract/guarded.hpp"
#include "../files/writer_lock.hpp"
#include "advice.hpp"
#include "chain_check.hpp"
#include "event_rules.hpp"
#include "index_check.hpp"
#include "states_check.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

// By the first segment whose header is whole; the nil id where none is.
Result<Uuid> store_id_of(const StoreFiles& store, const std::vector<std::uint32_t>& segments) {
  for (const auto number : segments) {
    const auto file = store.files().open(store.segment_path(number), OpenMode::read);
    if (!file && file.error().code == Errc::not_found) continue;  // archived; the last one never is
    if (!file) return tl::unexpected<Error>{file.error()};
    EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(**file, sizeof(format::SegmentHeader)));
    if (bytes.size() < sizeof(format::SegmentHeader)) continue;
    const auto header = format::load<format::SegmentHeader>(bytes.data());
    if (header.magic == format::segment_magic && header.checksum == format::header_checksum(header))
      return header.store_id;
  }
  return Uuid{};
}

constexpr std::string_view place_of_header{"offset 0: "};

std::string_view without_place(std::string_view detail) {
  return detail.starts_with(place_of_header) ? detail.substr(place_of_header.size()) : detail;
}

void find_damage(VerifyReport& report, const std::string& file, std::string_view what) {
  report.findings.push_back(
      {FindingKind::damage, file, 0, Position{0}, Position{0}, std::string{what}, std::string{advice::damaged_log}});
}

void find_stray(VerifyReport& report, const std::string& file, std::string_view what) {
  report.findings.push_back({FindingKind::damage, file, 0, Position{0}, Position{0},
                             fmt::format("the file is no segment of this log, and is passed over: {}", what),
                             std::string{advice::stray}});
}

Result<std::vector<std::uint32_t>> segments_of(const StoreFiles& store) {
  auto numbers = store.segment_numbers();
  if (!numbers && numbers.error().code == Errc::not_found) return std::vector<std::uint32_t>{};
  return numbers;
}

// A damaged manifest is a finding; then the segments say which store this is.
Result<Uuid> identify(const StoreFiles& store, const std::vector<std::uint32_t>& segments, VerifyReport& report) {
  const auto manifest = store.read_manifest();
  if (manifest) return manifest->store_id;
  const auto code = manifest.error().code;
  if (code != Errc::not_found && code != Errc::corrupt_record) return failure(manifest.error());
  if (code == Errc::not_found && segments.empty())
    return failure(Errc::not_found, "verify", store.path("manifest"), "there is no store in this directory");
  const auto& detail = manifest.error().detail;
  const auto what =
      detail.starts_with(place_of_header) ? without_place(detail) : "the file is missing, but there are segments";
  find_damage(report, store.path("manifest"), what);
  return store_id_of(store, segments);
}

// Opening for writing makes the missing files.
Result<void> repair(const StoreFiles& store, const std::vector<std::string>& bad, VerifyReport& report) {
  {
    EVENTSTORE_TRY_ASSIGN(const auto lock, WriterLock::take(store));
    for (const auto& path : bad) EVENTSTORE_TRY(store.files().remove(path));
  }
  const SystemClock clock;
  EVENTSTORE_TRY_ASSIGN(const auto log,
                        FileLog::open(store.files(), clock, store.directory(), {.create_when_missing = false}));
  EVENTSTORE_TRY(log->settle());
  EVENTSTORE_TRY(log->close());
  std::erase_if(report.findings,
                [&](const Finding& finding) { return std::find(bad.begin(), bad.end(), finding.file) != bad.end(); });
  report.repaired = bad;
  return {};
}

// The whole table is read here, so that the checks may rely on it.
Result<Dropped> dropped_of(const StoreFiles& store, const Uuid& store_id) {
  auto expired = load_expired_streams(store, store_id);
  const auto whole = expired && *expired != nullptr ? (*expired)->streams->file().verify_all() : Result<void>{};
  if (expired && whole) return Dropped{std::move(*expired), std::nullopt};
  auto error = expired ? whole.error() : std::move(expired.error());
  if (error.code != Errc::corrupt_record) return failure(std::move(error));
  auto statement = read_expired(store, store_id);
  if (!statement || !*statement) return Dropped{nullptr, std::move(error)};
  return Dropped{std::make_shared<const Expired>(Expired{std::move(**statement), nullptr, nullptr}), std::move(error)};
}

// Those findings may come from a drop that was half done.
bool has_dropped_since(const StoreFiles& store, const VerifyReport& report) {
  const auto expired = read_expired(store, report.store_id);
  return expired && *expired && (*expired)->last_segment() > report.expired_segments;
}

Result<VerifyReport> verify_store(const StoreFiles& store, const VerifyOptions& options,
                                  const std::function<void(const VerifyProgress&)>& progress) {
  VerifyReport report;
  EVENTSTORE_TRY_ASSIGN(const auto segments, segments_of(store));
  EVENTSTORE_TRY_ASSIGN(report.store_id, identify(store, segments, report));
  EVENTSTORE_TRY_ASSIGN(const auto dropped, dropped_of(store, report.store_id));
  if (dropped.expired != nullptr) {
    EVENTSTORE_TRY(check_kept_states(store, *dropped.expired, !dropped.damage, report));
    report.expired_segments = dropped.expired->last_segment();
    report.expired = dropped.expired->last();
  }
  std::optional<ChainCheck> chain;
  if (options.chain || options.kept_head) {
    // Before it is asked how far the log reaches, so that every seal found here has its segment there.
    auto sealed = segments.empty() ? std::vector<std::uint32_t>{} : SealFiles{store}.numbers();
    if (!sealed) return failure_of(sealed);
    chain.emplace(store, report.store_id, std::move(*sealed), report);
    if (dropped.expired != nullptr) EVENTSTORE_TRY(chain->begin_after(*dropped.expired));
  }
  if (segments.empty()) {
    find_damage(report, store.path("segments"), "the store has no segment");
  } else {
    EventRules rules{report, report.store_id, dropped.damage ? nullptr : dropped.expired.get()};
    std::vector<WalkObserver*> observers{&rules};
    if (chain) observers.push_back(&*chain);
    LogWalk walk{store, report.store_id, dropped, report, std::move(observers), progress, options.stop};
    EVENTSTORE_TRY(walk.run());
    EVENTSTORE_TRY_ASSIGN(const bool is_moving, walk.has_grown());
    if (chain) chain->finish(walk.last_segment(), is_moving, options.kept_head);
    // Index files of a damaged log prove nothing, and must not be written.
    if (report.findings.empty()) {
      std::vector<std::string> bad;
      EVENTSTORE_TRY(check_indexes(store, report.store_id, options.stop, report, bad));
      if (options.repair) EVENTSTORE_TRY(repair(store, bad, report));
    }
    for (const auto& stray : walk.strays()) find_stray(report, stray.path, without_place(stray.what));
  }
  EVENTSTORE_TRY_ASSIGN(const auto misnamed, store.misnamed_segments());
  for (const auto& path : misnamed) find_stray(report, path, "no segment has this name");
  return report;
}

}  // namespace

std::string_view to_string(FindingKind kind) { return kind == FindingKind::damage ? "damage" : "altered"; }

std::string_view to_string(KeptHead kept) {
  switch (kept) {
    case KeptHead::in_log: return "in_log";
    case KeptHead::in_seals: return "in_seals";
    case KeptHead::expired: return "expired";
    case KeptHead::not_found: return "not_found";
    default: return "not_given";
  }
}

Result<VerifyReport> verify(FileSystem& files, const std::string& directory, const VerifyOptions& options,
                            const std::function<void(const VerifyProgress&)>& progress) {
  return guarded("verify", directory, [&]() -> Result<VerifyReport> {
    const StoreFiles store{files, directory};
    for (;;) {
      auto report = verify_store(store, options, progress);
      const bool is_dropped = report ? !report->findings.empty() && has_dropped_since(store, *report)
                                     : report.error().code == Errc::expired;
      if (!is_dropped) return report;
    }
  });
}

}  // namespace v1
}  // namespace eventstore
