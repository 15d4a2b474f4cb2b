#include <aggregates/common/person_checks.hpp>

#include <algorithm>

namespace domain {
namespace {

constexpr std::size_t email_bytes_max = 254;      // RFC 5321
constexpr std::size_t email_name_bytes_max = 64;  // RFC 5321
constexpr std::size_t phone_digits_min = 8;       // fewer are no number with a country's code
constexpr std::size_t phone_digits_max = 15;      // E.164
constexpr std::size_t bcrypt_bytes = 60;          // $2b$12$, 22 of salt and 31 of hash

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Letters of other scripts are fine in both parts of an address.
bool is_blank_or_control(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; }

// Labels between points, none of them empty, and two of them at least.
bool is_domain(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  return text.find('.') != text.npos && text.find("..") == text.npos;
}

bool is_bcrypt(std::string_view hash) {
  if (hash.size() != bcrypt_bytes) return false;
  return hash.starts_with("$2a$") || hash.starts_with("$2b$") || hash.starts_with("$2y$");
}

}  // namespace

std::optional<eventstore::Refusal> check_email(std::string_view email) {
  const auto at = email.find('@');
  const bool is_one = at != email.npos && email.find('@', at + 1) == email.npos;
  if (is_one && at > 0 && at <= email_name_bytes_max && email.size() <= email_bytes_max &&
      is_domain(email.substr(at + 1)) && std::none_of(email.begin(), email.end(), is_blank_or_control))
    return std::nullopt;
  return eventstore::refuse("bad_email", "email has the form name@example.org");
}

std::optional<eventstore::Refusal> check_phone(std::string_view phone) {
  const auto refusal = eventstore::refuse("bad_phone", "phone is in international form: + and 8 to 15 digits");
  if (phone.empty() || phone.front() != '+') return refusal;
  const auto rest = phone.substr(1);
  const auto is_fit = [](char c) { return is_digit(c) || std::string_view{" .-()"}.find(c) != std::string_view::npos; };
  const auto first = std::find_if(rest.begin(), rest.end(), is_digit);
  const auto digits = static_cast<std::size_t>(std::count_if(rest.begin(), rest.end(), is_digit));
  if (!std::all_of(rest.begin(), rest.end(), is_fit) || digits < phone_digits_min || digits > phone_digits_max ||
      *first == '0')
    return refusal;
  return std::nullopt;
}

std::optional<eventstore::Refusal> check_password_hash(std::string_view hash) {
  if (is_bcrypt(hash) || hash.starts_with("$argon2id$")) return std::nullopt;
  return eventstore::refuse("bad_password_hash", "password_hash is a bcrypt or an argon2id hash");
}

}  // namespace domain
