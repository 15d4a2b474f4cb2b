#include <eventstore/file_log/verify.hpp>

#include "old_commands.hpp"
#include "output.hpp"
#include "progress_bar.hpp"
#include "proof_text.hpp"

#include <eventstore/schema/json_text.hpp>

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace eventstore::cli {
namespace {

constexpr std::size_t proof_bytes_max = std::size_t{64} * 1024 * 1024;

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string to_json(const Finding& finding) {
  auto text = fmt::format(R"({{"finding":"{}","file":{},"offset":{})", to_string(finding.kind), quoted(finding.file),
                          finding.offset);
  if (finding.first > Position{0})
    text += fmt::format(R"(,"first_position":{},"last_position":{})", finding.first.value, finding.last.value);
  return text + ",\"what\":" + quoted(finding.what) + ",\"to_do\":" + quoted(finding.advice) + "}";
}

// Which positions the head of the chain stands for, and which it does not.
std::string coverage_of(const ChainReport& chain, Position last) {
  const auto covered = chain.head.covered_to;
  auto text = covered == Position{0}
                  ? std::string{"no position is covered"}
                  : fmt::format("positions {} to {} are covered", chain.covered_from.value, covered.value);
  if (chain.expired > 0) text += "; of those that expired only the headers of their seals are kept";
  if (last <= covered) return text;
  const auto tail = chain.without_seal == 0
                        ? std::string{"in the unsealed tail"}
                        : fmt::format(
                              "in {} finished segments that have no seal yet (the command seal makes them) and "
                              "in the unsealed tail",
                              chain.without_seal);
  const auto from = std::max(covered.next(), chain.covered_from);
  return text + fmt::format("; {} to {} stand {} and are not covered", from.value, last.value, tail);
}

std::string to_json(const ChainReport& chain, const VerifyOptions& options, Position last) {
  std::string text;
  if (chain.head.segment > 0)
    text += fmt::format(R"(,"chain_head":"{}","covered_to":{})", chain.head.digest.to_string(),
                        chain.head.covered_to.value);
  text += fmt::format(R"(,"seals":{})", chain.seals);
  if (chain.expired > 0) text += fmt::format(R"(,"expired_seals":{})", chain.expired);
  text += fmt::format(R"(,"coverage":{})", quoted(coverage_of(chain, last)));
  if (!options.kept_head) return text;
  text +=
      fmt::format(R"(,"kept_head":"{}","kept_head_found":"{}")", options.kept_head->to_string(), to_string(chain.kept));
  if (chain.kept_segment > 0) text += fmt::format(R"(,"kept_head_covers_to":{})", chain.kept_covers_to.value);
  return text;
}

std::string summary_of(const VerifyReport& report, const VerifyOptions& options) {
  auto text = fmt::format(
      R"({{"sound":{},"findings":{},"events":{},"last_position":{},"streams":{},"commits":{},"segments":{},"bytes":{})",
      report.findings.empty(), report.findings.size(), report.events, report.last.value, report.streams, report.commits,
      report.segments, report.bytes);
  if (report.archived > 0) text += fmt::format(R"(,"archived_segments":{})", report.archived);
  if (report.expired_segments > 0)
    text +=
        fmt::format(R"(,"expired_segments":{},"expired_position":{})", report.expired_segments, report.expired.value);
  text += fmt::format(R"(,"store_id":"{}")", report.store_id.to_string());
  if (report.bytes_unacknowledged > 0)
    text += fmt::format(R"(,"bytes_unacknowledged":{})", report.bytes_unacknowledged);
  if (options.repair) text += fmt::format(R"(,"repaired":{})", report.repaired.size());
  if (report.chain) text += to_json(*report.chain, options, report.last);
  return text + "}";
}

Result<void> print(const VerifyReport& report, const VerifyOptions& options, Output& output) {
  for (const auto& finding : report.findings) EVENTSTORE_TRY(output.write(to_json(finding)));
  EVENTSTORE_TRY(output.flush());
  return output.write(summary_of(report, options));
}

ExitCode verify_store(const Setup& setup, const VerifyOptions& options) {
  PosixFileSystem files;
  auto checked = [&] {
    ProgressBar progress{"verify", "events"};
    return eventstore::verify(files, setup.directory, options, [&](const VerifyProgress& done) {
      progress.show(done.events, static_cast<double>(done.bytes_done) / static_cast<double>(done.bytes_all));
    });
  }();
  if (!checked) return report(checked.error());
  Output output{setup.form};
  const auto ended = output.finish(print(*checked, options, output));
  if (ended != ExitCode::done || checked->findings.empty()) return ended;
  fmt::print(stderr, "eventstore: the store is not sound: {} {}\n", checked->findings.size(),
             checked->findings.size() == 1 ? "finding" : "findings");
  return ExitCode::failed;
}

Result<std::string> read_input() {
  std::string text;
  for (char buffer[64 * 1024];;) {
    const auto count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      Error error{Errc::io_failed, "read", "standard input"};
      error.os_errno = errno;
      return failure(std::move(error));
    }
    if (count == 0 || text.size() > proof_bytes_max) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

Result<std::string> read_proof(const std::string& name) {
  if (name == "-") return read_input();
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto file, files.open(name, OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(*file, proof_bytes_max + 1));
  return std::string{as_text(bytes)};
}

std::string to_json(const RecordedEvent& event) {
  return fmt::format(
      R"({{"stream":{},"version":{},"event_type":{},"event_id":"{}","organization_id":{},"created_at":"{}","recorded_at":"{}"}})",
      quoted(event.stream), event.version.value, quoted(event.type), event.id.to_string(), quoted(event.tenant),
      event.created_at.to_string(), event.recorded_at.to_string());
}

Result<std::string> judge(const std::string& text, const std::optional<Digest>& kept_head) {
  if (text.size() > proof_bytes_max)
    return failure(Errc::invalid_argument, "read proof", {}, "longer than any proof of an event");
  EVENTSTORE_TRY_ASSIGN(const auto proof, parse_proof(text));
  EVENTSTORE_TRY_ASSIGN(const auto check, check_proof(proof, kept_head));
  auto line = fmt::format(R"({{"proven":{},"position":{},"store_id":"{}","leaf":"{}","chain_head":"{}")",
                          kept_head.has_value(), proof.position.value, proof.store_id.to_string(),
                          proof.leaf.to_string(), check.kept.digest.to_string());
  if (proof.event) {
    EVENTSTORE_TRY_ASSIGN(const auto event, event_of(proof));
    line += ",\"event\":" + to_json(event);
  }
  const auto statement = kept_head ? "the event is part of the history that the kept digest stands for"
                                   : "the proof agrees with itself, and proves nothing until its chain_head is found "
                                     "equal to a digest kept elsewhere: give that one with --chain-head";
  return line + ",\"statement\":" + quoted(statement) + "}";
}

ExitCode verify_proof(const Setup& setup, const std::string& name, const std::optional<Digest>& kept_head) {
  auto text = read_proof(name);
  if (!text) return report(text.error());
  auto line = judge(*text, kept_head);
  if (!line) return report(line.error());
  Output output{setup.form};
  return output.finish(output.write(std::move(*line)));
}

Result<std::string> seal_store(const Setup& setup) {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto made, make_missing_seals(files, setup.directory));
  auto line = fmt::format(R"({{"seals_made":{},"seals":{},"covered_to":{})", made.made, made.head.segment,
                          made.head.covered_to.value);
  if (made.head.segment > 0) line += fmt::format(R"(,"chain_head":"{}")", made.head.digest.to_string());
  return line + "}";
}

Result<std::string> prove_event(const Setup& setup, const ProveOptions& options) {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto proof,
                        eventstore::prove(files, setup.directory, Position{options.position}, !options.digest_only));
  return text_of(proof);
}

}  // namespace

ExitCode verify(const Setup& setup, const VerifyCommand& options) {
  VerifyOptions checks{.chain = options.chain, .repair = options.repair};
  if (!options.chain_head.empty()) {
    auto kept = Digest::parse(options.chain_head);
    if (!kept) return report(kept.error());
    checks.kept_head = *kept;
  }
  return options.proof.empty() ? verify_store(setup, checks) : verify_proof(setup, options.proof, checks.kept_head);
}

ExitCode prove(const Setup& setup, const ProveOptions& options) {
  auto line = prove_event(setup, options);
  if (!line) return report(line.error());
  Output output{Form::json};  // for a file, whatever the terminal
  return output.finish(output.write(std::move(*line)));
}

ExitCode seal(const Setup& setup) {
  auto line = seal_store(setup);
  if (!line) return report(line.error());
  Output output{setup.form};
  return output.finish(output.write(std::move(*line)));
}

}  // namespace eventstore::cli
