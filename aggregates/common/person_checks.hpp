#pragma once
// What commands about people must look like: e-mail addresses, phones, hashes of passwords. The sentences name the
// field and never its value, which is personal.
#include <eventstore/aggregate/decision.hpp>

#include <optional>
#include <string_view>

namespace domain {

/// Refuses what is no e-mail address: one @, a name before it, and a domain of two labels or more behind it, without
/// blanks, in at most 254 bytes. Whether anybody reads mail there, no shape tells.
std::optional<eventstore::Refusal> check_email(std::string_view email);

/// Refuses what is no phone in international form: + and 8 to 15 digits, the first of them not 0. Blanks, points,
/// hyphens and parentheses may stand between the digits.
std::optional<eventstore::Refusal> check_phone(std::string_view phone);

/// Refuses what is neither a bcrypt hash nor an argon2id hash: a password itself must never come in.
std::optional<eventstore::Refusal> check_password_hash(std::string_view hash);

}  // namespace domain
