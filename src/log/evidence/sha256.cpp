#include "sha256.hpp"

#include <openssl/evp.h>

#include <new>

namespace eventstore::engine {
namespace {

// SHA-256 has no input that it refuses: what can fail is memory, or finding the algorithm at all.
void require(int result) {
  if (result != 1) throw std::bad_alloc{};
}

}  // namespace

struct Sha256::State {
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha256::Sha256() : state_{std::make_unique<State>()} {
  require(state_->algorithm && state_->context ? 1 : 0);
  require(EVP_DigestInit_ex2(state_->context.get(), state_->algorithm.get(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::add(BytesView bytes) { require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size())); }

Digest Sha256::finish() {
  Digest digest;
  require(EVP_DigestFinal_ex(state_->context.get(), digest.octets.data(), nullptr));
  // Without an algorithm: the one that is there, which spares finding it for every event.
  require(EVP_DigestInit_ex2(state_->context.get(), nullptr, nullptr));
  return digest;
}

}  // namespace eventstore::engine
