#include <importers/importers.hpp>

#include <algorithm>
#include <string>

namespace domain {
namespace {

// "pytake_messages" is called pytake-messages.
std::string spoken(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

}  // namespace

std::vector<eventstore::Converter> all_importers() {
  return {
#define DOMAIN_ADD_MIGRATION(name, does) {spoken(#name), does, &convert_##name},
      DOMAIN_MIGRATIONS(DOMAIN_ADD_MIGRATION)
#undef DOMAIN_ADD_MIGRATION
  };
}

}  // namespace domain
