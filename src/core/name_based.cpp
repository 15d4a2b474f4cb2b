#include "name_based.hpp"

#include <openssl/evp.h>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>

#include <algorithm>
#include <memory>

namespace eventstore {
inline namespace v1 {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

// A context allocates when it is first used, so each thread keeps one.
std::optional<Uuid> name_based_by_openssl(const Uuid& name_space, BytesView name) {
  static const EVP_MD* const sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  static thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
  std::array<std::uint8_t, 20> digest;
  const bool is_made = sha1 != nullptr && context != nullptr && EVP_DigestInit_ex2(context.get(), sha1, nullptr) == 1 &&
                       EVP_DigestUpdate(context.get(), name_space.octets.data(), name_space.octets.size()) == 1 &&
                       EVP_DigestUpdate(context.get(), name.data(), name.size()) == 1 &&
                       EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
  if (!is_made) return std::nullopt;
  Uuid uuid;
  std::copy_n(digest.begin(), uuid.octets.size(), uuid.octets.begin());
  uuid.octets[6] = static_cast<std::uint8_t>(0x50U | (uuid.octets[6] & 0x0FU));
  uuid.octets[8] = static_cast<std::uint8_t>(0x80U | (uuid.octets[8] & 0x3FU));
  return uuid;
}

Uuid name_based_by_boost(const Uuid& name_space, BytesView name) {
  boost::uuids::uuid space;
  std::copy(name_space.octets.begin(), name_space.octets.end(), space.begin());
  const boost::uuids::name_generator_sha1 generate{space};
  const auto generated = generate(static_cast<const void*>(name.data()), name.size());
  Uuid uuid;
  std::copy(generated.begin(), generated.end(), uuid.octets.begin());
  return uuid;
}

}  // namespace v1
}  // namespace eventstore
