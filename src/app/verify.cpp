#include <eventstore/app/verify.hpp>
#include <eventstore/file_log/verify.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "unless_zero.hpp"

namespace eventstore::app {
namespace {

VerifyFinding row_of(const Finding& finding) {
  return {.finding = std::string{to_string(finding.kind)},
          .file = finding.file,
          .offset = finding.offset,
          .first_position = unless_zero(finding.first.value),
          .last_position = finding.first == Position{0} ? std::nullopt : std::optional{finding.last.value},
          .what = finding.what,
          .to_do = finding.advice};
}

// The positions that the head of the chain covers, and the positions that it does not cover.
std::string coverage_of(const ChainReport& chain, Position last) {
  const auto covered = chain.head.covered_to;
  auto text = covered == Position{0}
                  ? std::string{"no position is covered"}
                  : fmt::format("positions {} to {} are covered", chain.covered_from.value, covered.value);
  if (chain.expired > 0) text += "; of the dropped segments only the headers of their seals are kept";
  if (last <= covered) return text;
  const auto tail = chain.without_seal == 0
                        ? std::string{"in the unsealed tail"}
                        : fmt::format(
                              "in {} finished segments that have no seal yet (the command seal makes them) and "
                              "in the unsealed tail",
                              chain.without_seal);
  const auto from = std::max(covered.next(), chain.covered_from);
  return text + fmt::format("; positions {} to {} are {} and are not covered", from.value, last.value, tail);
}

void add_chain(const VerifyReport& report, const std::optional<Digest>& kept_head, VerifySummary& summary) {
  const auto& chain = *report.chain;
  if (chain.head.segment > 0) {
    summary.chain_head = chain.head.digest.to_string();
    summary.covered_to = chain.head.covered_to.value;
  }
  summary.seals = chain.seals;
  summary.expired_seals = unless_zero(chain.expired);
  summary.coverage = coverage_of(chain, report.last);
  if (!kept_head) return;
  summary.kept_head = kept_head->to_string();
  summary.kept_head_found = std::string{to_string(chain.kept)};
  if (chain.kept_segment > 0) summary.kept_head_covers_to = chain.kept_covers_to.value;
}

std::string text_of(const std::vector<ClockJump>& jumps) {
  std::string text;
  for (const auto& jump : jumps)
    text += fmt::format("{}positions {} to {} were recorded under a clock that ran ahead, from {} to {}",
                        text.empty() ? "" : "; ", jump.first.value, jump.last.value, jump.before.to_string(),
                        jump.after.to_string());
  return text + "; retention and a restore to a time take them for that new";
}

VerifySummary summary_of(const VerifyReport& report, const VerifyOptions& options) {
  VerifySummary summary{};
  summary.sound = report.findings.empty();
  summary.findings = report.findings.size();
  summary.events = report.events;
  summary.last_position = report.last.value;
  summary.streams = report.streams;
  summary.commits = report.commits;
  summary.segments = report.segments;
  summary.bytes = report.bytes;
  summary.archived_segments = unless_zero(report.archived);
  summary.expired_segments = unless_zero(report.expired_segments);
  if (report.expired_segments > 0) summary.expired_position = report.expired.value;
  summary.kept_states = unless_zero(report.kept_states);
  if (report.kept_states_digest) summary.kept_states_digest = report.kept_states_digest->to_string();
  summary.store_id = report.store_id;
  summary.bytes_unacknowledged = unless_zero(report.bytes_unacknowledged);
  if (!report.clock_jumps.empty()) summary.clock_jumps = text_of(report.clock_jumps);
  if (options.repair) summary.repaired = report.repaired.size();
  if (report.chain) add_chain(report, options.kept_head, summary);
  return summary;
}

}  // namespace

Result<VerifySummary> verify(FileSystem& files, const std::string& directory, const Verify& parameters,
                             FunctionRef<Result<void>(const VerifyFinding&)> on_finding, const OnProgress& on_progress,
                             std::stop_token stop) {
  VerifyOptions options{.chain = parameters.chain, .repair = parameters.repair, .stop = std::move(stop)};
  if (!parameters.chain_head.empty()) {
    EVENTSTORE_TRY_ASSIGN(options.kept_head, Digest::parse(parameters.chain_head));
  }
  EVENTSTORE_TRY_ASSIGN(const auto report,
                        eventstore::verify(files, directory, options, [&](const VerifyProgress& now) {
                          const auto part = static_cast<double>(now.bytes_done) / static_cast<double>(now.bytes_all);
                          if (on_progress) on_progress({now.events, now.bytes_all == 0 ? -1 : part});
                        }));
  for (const auto& finding : report.findings) EVENTSTORE_TRY(on_finding(row_of(finding)));
  return summary_of(report, options);
}

}  // namespace eventstore::app
