#include <bench/options.hpp>

#include <cstdlib>
#include <string_view>

namespace bench {
namespace {

Options chosen;

bool take(std::string_view argument) {
  const auto value_of = [&](std::string_view name) -> const char* {
    return argument.starts_with(name) ? argument.data() + name.size() : nullptr;
  };
  if (const char* events = value_of("--events="))
    chosen.events = std::strtoull(events, nullptr, 10);
  else if (const char* projected = value_of("--projected="))
    chosen.projected = std::strtoull(projected, nullptr, 10);
  else if (const char* seconds = value_of("--seconds="))
    chosen.seconds = std::strtod(seconds, nullptr);
  else if (const char* directory = value_of("--directory="))
    chosen.directory = directory;
  else if (argument == "--keep")
    chosen.keep = true;
  else if (argument == "--hold-memory")
    chosen.hold_memory = true;
  else
    return false;
  return true;
}

}  // namespace

const Options& options() { return chosen; }

void parse_options(int& argc, char** argv) {
  int kept = 1;
  for (int i = 1; i < argc; ++i)
    if (!take(argv[i])) argv[kept++] = argv[i];
  argc = kept;
}

}  // namespace bench
