#include "sha1.hpp"

#include <openssl/evp.h>
#include <boost/uuid/detail/sha1.hpp>

#include <memory>

namespace eventstore {
inline namespace v1 {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// OpenSSL uses the processor's own instructions. A context allocates when it is first used, so each thread keeps one.
bool digest(BytesView first, BytesView second, Sha1& into) {
  static const EVP_MD* const sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  static thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
  return sha1 != nullptr && context != nullptr && EVP_DigestInit_ex2(context.get(), sha1, nullptr) == 1 &&
         EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
         EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
         EVP_DigestFinal_ex(context.get(), into.data(), nullptr) == 1;
}

}  // namespace

Sha1 sha1_of(BytesView first, BytesView second) {
  Sha1 made;
  return digest(first, second, made) ? made : sha1_without_openssl(first, second);
}

Sha1 sha1_without_openssl(BytesView first, BytesView second) {
  boost::uuids::detail::sha1 hash;
  hash.process_bytes(first.data(), first.size());
  hash.process_bytes(second.data(), second.size());
  unsigned words[5];
  hash.get_digest(words);
  Sha1 made;
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = static_cast<std::uint8_t>(words[i / 4] >> (24 - 8 * (i % 4)));
  return made;
}

}  // namespace v1
}  // namespace eventstore
