#include <eventstore/app/caller.hpp>
#include <eventstore/core/detail/utf8.hpp>

namespace eventstore::app {

Result<Metadata> Caller::metadata() const {
  if (!is_utf8(organization_id))
    return failure(Errc::invalid_argument, "read organization", "", "expected 1 to 200 bytes of printable UTF-8");
  if (const auto hidden = find_hidden(organization_id))
    return failure(Errc::invalid_argument, "read organization", "",
                   "the character " + hidden->describe() + " cannot be seen: a name has only characters that show");
  Metadata metadata{};
  metadata.organization = organization_id;
  metadata.user_id = user_id;
  metadata.ip_address = ip_address;
  return metadata;
}

}  // namespace eventstore::app
