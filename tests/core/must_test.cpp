#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>
#include <eventstore/core/must.hpp>
#include <memory>

using namespace eventstore;

namespace {

struct Ended {
  int exit_code = -1;
  std::string on_standard_error;
};

// Runs `program` in a process of its own.
template <class Program> Ended ended(Program program) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    program();
    ::_exit(0);
  }
  ::close(ends[1]);
  Ended seen;
  char piece[256];
  for (ssize_t size = 0; (size = ::read(ends[0], piece, sizeof piece)) > 0;)
    seen.on_standard_error.append(piece, static_cast<std::size_t>(size));
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (WIFEXITED(status)) seen.exit_code = WEXITSTATUS(status);
  return seen;
}

Result<int> failed() { return failure(Errc::not_found, "open", "/data", "there is no store"); }

}  // namespace

TEST_CASE("must gives the value") {
  CHECK(*must(Result<std::unique_ptr<int>>{std::make_unique<int>(7)}) == 7);
  Result<std::string> kept = std::string{"seven"};
  must(kept) += "!";
  CHECK(*kept == "seven!");
  const auto& constant = kept;
  CHECK(&must(constant) == &*kept);
  must(Result<void>{});
  const Result<void> done;
  must(done);
}

TEST_CASE("must ends the program with the error's message on standard error and exit code 1") {
  const auto value = ended([] { must(failed()); });
  CHECK(value.exit_code == 1);
  CHECK(value.on_standard_error == "not_found: open [/data]: there is no store\n");
  const auto nothing = ended([] { must(Result<void>{failure(Errc::refused, {}, {})}); });
  CHECK(nothing.exit_code == 1);
  CHECK(nothing.on_standard_error == "refused\n");
  CHECK(ended([] { must(Result<int>{7}); }).exit_code == 0);
}
