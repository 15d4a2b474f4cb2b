#include "address.hpp"

#include "driver.hpp"

namespace eventstore::mongo {
namespace {

constexpr std::string_view during = "read the address of MongoDB";
constexpr std::string_view plain_scheme = "mongodb://";
constexpr std::string_view srv_scheme = "mongodb+srv://";
constexpr std::size_t database_name_max = 63;

// A server refuses these in the name of a database, too late and in other words.
constexpr std::string_view not_in_database_names{"/\\. \"$*<>:|?\0", 13};

tl::unexpected<Error> refused(std::string detail) {
  return failure(Errc::invalid_argument, std::string{during}, "", std::move(detail));
}

// Templates of hosted MongoDB have `<password>` or `<db_password>` between the colon and the `@`.
std::string template_word_in(std::string_view text) {
  for (const std::string_view word : {"<password>", "<db_password>", "<username>", "<db_username>"})
    if (text.find(word) != std::string_view::npos) return std::string{word};
  return {};
}

std::string hosts_of(const mongoc_uri_t* uri) {
  if (const char* const service = mongoc_uri_get_srv_hostname(uri)) return service;
  std::string hosts;
  for (const auto* host = mongoc_uri_get_hosts(uri); host != nullptr; host = host->next)
    hosts += (hosts.empty() ? "" : ",") + std::string{host->host_and_port};
  return hosts;
}

bool is_database_name(std::string_view name) {
  return !name.empty() && name.size() <= database_name_max &&
         name.find_first_of(not_in_database_names) == std::string_view::npos;
}

}  // namespace

bool is_address(std::string_view text) { return text.starts_with(plain_scheme) || text.starts_with(srv_scheme); }

Result<Address> Address::parse(std::string_view text, std::string_view database) {
  if (!is_address(text)) return refused("it begins with neither mongodb:// nor mongodb+srv://");
  if (const auto word = template_word_in(text); !word.empty())
    return refused("it still has " + word + " of its template: write the real one in its place");
  if (text.find('\0') != std::string_view::npos) return refused("it has a zero byte");
  start_driver();
  std::string whole{text};
  bson_error_t ignored;  // its text may quote a part of the password
  const Uri uri{mongoc_uri_new_with_error(whole.c_str(), &ignored)};
  if (!uri)
    return refused(
        "it has not the form mongodb://user:password@host:port/database?options; write each of :/?#[]@% that stands in "
        "a user or a password as a percent sign and two digits, such as %40 for @");
  const char* const path = mongoc_uri_get_database(uri.get());
  std::string name{path != nullptr && *path != '\0' ? std::string_view{path} : database};
  if (!is_database_name(name))
    return refused("the name of its database is empty, longer than 63 bytes, or has a character that MongoDB refuses");
  const auto scheme = text.starts_with(srv_scheme) ? srv_scheme : plain_scheme;
  auto shown = std::string{scheme} + hosts_of(uri.get()) + "/" + name;
  return Address{std::move(whole), std::move(name), std::move(shown)};
}

}  // namespace eventstore::mongo
