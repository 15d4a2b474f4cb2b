#include <bench/filled.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

namespace bench {
namespace {

std::vector<std::filesystem::path>& made() {
  static std::vector<std::filesystem::path> directories;
  return directories;
}

Digest digest(std::size_t first, std::size_t step) {
  Digest sum;
  for (std::size_t i = first; i < imported_history().size(); i += step) sum.add(imported_history().event(i));
  return sum;
}

}  // namespace

History& imported_history() {
  static History history{options().events, 0};
  return history;
}

const Digest& imported_digest() {
  static const Digest all = digest(0, 1);
  return all;
}

const Digest& imported_digest_of_type() {
  static const Digest some = digest(filtered_type, type_count);
  return some;
}

namespace detail {

std::filesystem::path filled_directory(std::string_view engine) {
  const auto owner = options().keep ? 0 : ::getpid();
  return options().directory / fmt::format("filled-{}-{}-{}", engine, options().events, owner);
}

bool is_filled(const std::filesystem::path& directory) {
  return std::filesystem::exists(directory.string() + ".filled");
}

void mark_filled(const std::filesystem::path& directory) {
  std::ofstream{directory.string() + ".filled"} << "whole\n";
  made().push_back(directory);
}

}  // namespace detail

void remove_filled() {
  if (options().keep) return;
  for (const auto& directory : made()) {
    std::error_code ignored;
    std::filesystem::remove_all(directory, ignored);
    std::filesystem::remove(directory.string() + ".filled", ignored);
  }
}

}  // namespace bench
