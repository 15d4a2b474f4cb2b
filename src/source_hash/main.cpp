// Run by the build: source_hash OUTPUT NAME ROOT FILE… writes a header with the hash of the files' tokens, as
// source_hash::NAME. Files are named from ROOT on, so that the hash is the same wherever the sources lie.
#include <eventstore/core/uuid.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "tokens.hpp"

namespace {

std::optional<std::string> read(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>{file}, {}};
}

std::string header(const std::string& name, const std::string& hash) {
  return "#pragma once\n// Made by the build: the hash of the tokens of the sources that make `" + name +
         "`.\n#include <string_view>\n\nnamespace source_hash {\ninline constexpr std::string_view " + name + " = \"" +
         hash + "\";\n}\n";
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words{argv + 1, argv + argc};
  if (words.size() < 4) {
    std::cerr << "usage: source_hash OUTPUT NAME ROOT FILE...\n";
    return 2;
  }
  std::vector<std::string> names;
  for (auto file = words.begin() + 3; file != words.end(); ++file)
    names.push_back(std::filesystem::relative(*file, words[2]).generic_string());
  std::sort(names.begin(), names.end());
  std::string all;
  for (const auto& name : names) {
    const auto source = read(std::filesystem::path{words[2]} / name);
    if (!source) {
      std::cerr << "source_hash: cannot read " << name << '\n';
      return 1;
    }
    const auto tokens = eventstore::tokens_of(*source);
    all += name + '\n' + std::to_string(tokens.size()) + '\n' + tokens;
  }
  const auto text = header(words[1], eventstore::Uuid::v5(eventstore::eventstore_namespace, all).to_string());
  // An unchanged file is not written, so that no file that includes it is compiled again.
  if (read(words[0]) == text) return 0;
  std::filesystem::create_directories(std::filesystem::path{words[0]}.parent_path());
  std::ofstream out{words[0], std::ios::binary};
  out << text;
  out.close();
  if (out) return 0;
  std::cerr << "source_hash: cannot write " << words[0] << '\n';
  return 1;
}
