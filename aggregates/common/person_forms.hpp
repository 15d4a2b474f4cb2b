#pragma once
// The forms in which e-mail addresses and phones are kept and compared.
#include <eventstore/aggregate/unique.hpp>

#include <string>
#include <string_view>

namespace domain {

/// In lower case, so that one address has one form.
inline std::string email_form(std::string_view email) { return eventstore::lower_case(email); }

/// E.164: + and digits. What is no phone number, which history may have, stays as it is.
inline std::string phone_form(std::string_view phone) {
  auto form = eventstore::e164(phone);
  return form.empty() ? std::string{phone} : form;
}

}  // namespace domain
