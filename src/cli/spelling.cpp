#include "spelling.hpp"

#include <algorithm>
#include <array>

namespace eventstore::cli {
namespace {

struct Spelling {
  std::string_view field;
  std::string_view shown;
};

// --tenant is the earlier name of --org.
constexpr std::array options{Spelling{"organization_id", "--org,--tenant"}, Spelling{"user_id", "--user"},
                             Spelling{"ip_address", "--ip"}};
constexpr std::array arguments{Spelling{"names", "NAME"}, Spelling{"letters", "LETTER"}, Spelling{"directory", "DIR"}};

template <class Spellings> std::string find(const Spellings& spellings, std::string_view field) {
  for (const auto& [name, shown] : spellings)
    if (name == field) return std::string{shown};
  return {};
}

}  // namespace

std::string option_of(std::string_view field) {
  if (auto special = find(options, field); !special.empty()) return special;
  auto name = "--" + std::string{field};
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::string argument_of(std::string_view field) {
  if (auto special = find(arguments, field); !special.empty()) return special;
  std::string name{field};
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return name;
}

}  // namespace eventstore::cli
