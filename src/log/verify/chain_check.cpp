#include "chain_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "advice.hpp"

namespace eventstore::engine {

using format::SealHeader;

ChainCheck::ChainCheck(const StoreFiles& store, const Uuid& store_id, std::vector<std::uint32_t> sealed,
                       VerifyReport& report)
    : store_{store},
      seals_{store},
      store_id_{store_id},
      sealed_{std::move(sealed)},
      report_{report},
      chain_{report.chain.emplace()} {}

void ChainCheck::find(FindingKind kind, const std::string& file, std::uint64_t offset, std::string_view what,
                      std::string_view advice, Position first, Position last) {
  report_.findings.push_back({kind, file, offset, first, last, std::string{what}, std::string{advice}});
}

Result<void> ChainCheck::begin_after(const Expired& expired) {
  const auto path = store_.path("expired");
  bool is_whole = true;
  for (std::size_t i = 0; i < expired.seals.size(); ++i) {
    const auto flaw = check_kept_seal(expired, i);
    if (flaw.is_newer_format)
      return failure(Errc::newer_format, "verify", path, std::string{flaw.text} + ": use that version");
    if (!flaw.text.empty()) {
      find(FindingKind::altered, path, flaw.offset, flaw.text, advice::altered);
      is_whole = false;
      continue;
    }
    const auto header = kept_seal(expired, i);
    const Position covered_to{header.first_position + header.count - 1};
    if (i == 0) chain_.covered_from = Position{header.first_position};
    chain_so_far_.push_back({expired.seals[i].number, covered_to, std::nullopt, header.digest, true});
    chain_.head = {header.digest, expired.seals[i].number, covered_to};
  }
  chain_.expired = static_cast<std::uint32_t>(expired.seals.size());
  if (expired.seals.empty()) chain_.covered_from = expired.last().next();
  last_number_ = expired.last_segment();
  by_log_ = by_seal_ = is_whole ? std::optional{chain_.head.digest} : std::nullopt;
  return {};
}

Result<void> ChainCheck::begin_segment(const WalkedSegment& segment) {
  segment_ = segment;
  // The seal before belonged to a segment that is missing.
  if (segment.number != last_number_ + 1) by_seal_.reset();
  last_number_ = segment.number;
  tree_ = MerkleTree{};
  is_complete_ = segment.first.has_value();
  has_header_ = has_leaves_ = has_difference_ = false;
  flaw_ = SealFlaw{};
  seal_ = BytesView{};
  has_file_ = false;
  // Seals come in order, so one before the last of those listed is there, even if the listing missed it.
  return !sealed_.empty() && segment.number <= sealed_.back() ? open_seal(segment.number) : Result<void>{};
}

Result<void> ChainCheck::open_seal(std::uint32_t number) {
  const auto file = store_.files().open(seals_.path(number), OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return {};
  if (!file) return failure(file.error());
  has_file_ = true;
  EVENTSTORE_TRY_ASSIGN(const auto size, (*file)->size());
  EVENTSTORE_TRY_ASSIGN(mapping_, (*file)->map(std::max<std::uint64_t>(size, 1), MapMode::read));
  seal_ = {mapping_->data(), size};
  flaw_ = check_seal_bytes(seal_);
  if (flaw_.is_newer_format)
    return failure(Errc::newer_format, "verify", seals_.path(number), std::string{flaw_.text} + ": use that version");
  if (!check_seal_header(seal_).text.empty()) return {};
  header_ = format::load<SealHeader>(seal_.data());
  has_header_ = header_.store_id == store_id_ && header_.number == number;
  has_leaves_ = has_header_ && (seal_.size() - sizeof header_) / sizeof(Digest) == header_.count;
  if (!has_header_) flaw_ = {0, "the seal of another store or place"};
  return {};
}

// Events name their schema, and so their digests hold its id; the descriptor stands apart, and must have this id.
void ChainCheck::schema(const SchemaRecord& schema, std::uint64_t offset) {
  static const Uuid space = Uuid::v5(eventstore_namespace, "schema");
  if (Uuid::v5(space, schema.descriptor) == schema.id.digest) return;
  find(FindingKind::altered, segment_.path, offset,
       fmt::format("the descriptor of schema {} is not the one that this id stands for", schema.id.digest.to_string()),
       advice::altered);
}

void ChainCheck::event(const WalkedEvent& event) {
  const auto position = event.event.position;
  const auto leaf = leaf_digest(sha_, position, event.event.recorded_at, event.record);
  tree_.add(sha_, leaf);
  if (!has_leaves_) return;
  const auto index = position.value - header_.first_position;
  const bool is_finished = position.value >= header_.first_position && index < header_.count;
  if (is_finished && leaf_in(seal_, index) == leaf)
    end_run();
  else if (is_finished || flaw_.text.empty())
    difference(position, flaw_.text.empty() ? event.offset : sizeof header_ + index * sizeof(Digest));
}

void ChainCheck::difference(Position position, std::uint64_t offset) {
  if (run_ && run_->last.next() != position) end_run();
  if (!run_) run_ = Run{offset, position, position};
  run_->last = position;
}

// Where the digests' own checksum does not match, it is they that are damaged; otherwise it is the log that differs.
void ChainCheck::end_run() {
  if (!run_) return;
  has_difference_ = true;
  if (flaw_.text.empty())
    find(FindingKind::altered, segment_.path, run_->offset,
         "the event differs from the one that was sealed at this position", advice::altered, run_->first, run_->last);
  else
    find(FindingKind::damage, seals_.path(segment_.number), run_->offset, "the digest kept of this position is damaged",
         advice::remake_seal, run_->first, run_->last);
  run_.reset();
}

void ChainCheck::gap_begins() {
  is_complete_ = false;
  by_log_.reset();
}

Result<void> ChainCheck::end_segment(const WalkedEnd& end) {
  end_run();
  std::optional<Digest> by_log;
  const auto root = tree_.root(sha_);
  if (is_complete_ && by_log_ && end.is_finished) {
    const SealLink link{end.number, *segment_.first, tree_.size(), root};
    by_log = seal_digest(sha_, store_id_, link, *by_log_);
  }
  if (has_file_)
    compare(end, root);
  else if (end.is_finished)
    missing_.push_back(end.number);
  if (end.is_finished) take(end, by_log);
  mapping_.reset();
  return {};
}

void ChainCheck::compare(const WalkedEnd& end, const Digest& root) {
  const auto path = seals_.path(end.number);
  for (const auto number : missing_)
    find(FindingKind::damage, seals_.path(number), 0, "the seal is missing, and a later one is there",
         advice::make_seal);
  missing_.clear();
  ++chain_.seals;
  if (!flaw_.text.empty() && !(has_leaves_ && has_difference_))
    find(flaw_.is_checksum ? FindingKind::damage : FindingKind::altered, path, flaw_.offset, flaw_.text,
         flaw_.is_checksum ? advice::remake_seal : advice::altered);
  if (!has_header_) return;
  if (by_seal_ ? header_.previous != *by_seal_ : by_log_ && header_.previous != *by_log_)
    find(FindingKind::altered, path, offsetof(SealHeader, previous), "the seal does not continue the one before",
         advice::altered);
  if (!end.is_finished) {
    cut_ = segment_.path;
    return;
  }
  const bool is_as_long =
      header_.first_position == segment_.first.value_or(Position{}).value && header_.count == tree_.size();
  if (is_complete_ && !is_as_long)
    find(FindingKind::altered, segment_.path, 0,
         fmt::format("{} events from position {} were sealed, and the segment has {} from position {}", header_.count,
                     header_.first_position, tree_.size(), segment_.first->value),
         advice::altered);
  // Digests that all are the log's have the log's root; others are hashed.
  const bool is_equal = is_complete_ && is_as_long && !has_difference_;
  if (!flaw_.text.empty()) return;
  if (is_equal ? root != header_.root : !check_seal(seal_).text.empty())
    find(FindingKind::altered, path, offsetof(SealHeader, root), "the root is not that of the digests",
         advice::altered);
}

void ChainCheck::take(const WalkedEnd& end, const std::optional<Digest>& by_log) {
  by_log_ = by_log;
  by_seal_ = has_header_ ? std::optional{header_.digest} : std::nullopt;
  chain_so_far_.push_back({end.number, end.last, by_log_, by_seal_});
  if (by_seal_) chain_.head = {*by_seal_, end.number, end.last};
}

void ChainCheck::finish(std::uint32_t last_segment, bool is_moving, const std::optional<Digest>& kept) {
  chain_.without_seal = static_cast<std::uint32_t>(missing_.size());
  for (const auto number : sealed_)
    if (number > last_segment && !is_moving)
      find(FindingKind::altered, store_.segment_path(number), 0, "the segment was sealed, and is missing",
           advice::altered);
  if (!cut_.empty() && !is_moving)
    find(FindingKind::altered, cut_, 0, "the segment was sealed, and its end is missing: the log was cut",
         advice::altered);
  if (kept) look_for(*kept);
}

void ChainCheck::look_for(const Digest& kept) {
  chain_.kept = KeptHead::not_found;
  for (const auto& sealed : chain_so_far_) {
    const bool in_log = sealed.by_log == kept;
    if (!in_log && sealed.by_seal != kept) continue;
    chain_.kept = in_log ? KeptHead::in_log : sealed.is_expired ? KeptHead::expired : KeptHead::in_seals;
    chain_.kept_segment = sealed.number;
    chain_.kept_covers_to = sealed.covered_to;
  }
  if (chain_.kept == KeptHead::in_log || chain_.kept == KeptHead::expired) return;
  const auto what = chain_.kept == KeptHead::in_seals
                        ? "the seals lead to the kept digest {}, and the log itself does not"
                        : "nothing in this store leads to the kept digest {}: the digest belongs to another store, or "
                          "somebody wrote the log and its seals again";
  find(FindingKind::altered, store_.path("segments"), 0, fmt::format(fmt::runtime(what), kept.to_string()),
       advice::altered);
}

}  // namespace eventstore::engine
