#include <eventstore/app/proof.hpp>
#include <eventstore/app/verify.hpp>
#include <eventstore/os/file_system.hpp>

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

struct VerifyOptions {
  EVENTSTORE_FIELDS(VerifyOptions, (app::Verify, store, , flattened),
                    (std::string, proof, "",
                     help("File of a proof that is checked instead of a store; - is standard input")));
};

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
    if (count == 0 || text.size() > app::proof_bytes_max) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

Result<std::string> read_proof(const std::string& name) {
  if (name == "-") return read_input();
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto file, files.open(name, OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(*file, app::proof_bytes_max + 1));
  return std::string{as_text(bytes)};
}

Result<void> check_proof(Call& call, const VerifyOptions& options) {
  EVENTSTORE_TRY_ASSIGN(auto text, read_proof(options.proof));
  EVENTSTORE_TRY_ASSIGN(const auto verdict, app::check_proof({std::move(text), options.store.chain_head}));
  return call.print(verdict);
}

Result<void> check_store(Call& call, const app::Verify& parameters) {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto summary, app::verify(
                                                files, call.directory(), parameters,
                                                [&](const app::VerifyFinding& each) { return call.print(each); },
                                                call.bar("verify", "events")));
  if (!summary.sound) call.fail();
  EVENTSTORE_TRY(call.flush());
  EVENTSTORE_TRY(call.print(summary));
  EVENTSTORE_TRY(call.flush());
  if (!summary.sound)
    call.note(
        fmt::format("the store is not sound: {} {}", summary.findings, summary.findings == 1 ? "finding" : "findings"));
  return {};
}

Result<void> run_verify(Call& call, const VerifyOptions& options) {
  return options.proof.empty() ? check_store(call, options.store) : check_proof(call, options);
}

}  // namespace

void add_verify(CommandGroup& commands) {
  commands.add("verify", "Check the whole store, and list all damage", run_verify, {.exclusive = {{"proof", "chain"}}});
}

}  // namespace eventstore::cli
