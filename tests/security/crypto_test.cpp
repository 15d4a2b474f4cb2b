// The ciphers, by known answers.
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <catch2/catch.hpp>

#include "../../src/security/crypto.hpp"

namespace crypto_test {

using namespace eventstore;
using namespace eventstore::security;

namespace {

Bytes from_hex(std::string_view text) {
  Bytes bytes;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (std::size_t i = 0; i < text.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(digit(text[i]) * 16 + digit(text[i + 1])));
  return bytes;
}

template <class Array> Array array_of(std::string_view hex) {
  const auto bytes = from_hex(hex);
  Array array{};
  REQUIRE(bytes.size() == array.size());
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

struct Case {
  std::string_view key, nonce, context, clear, encrypted, tag;
};

// NIST's test cases 14 and 16 of AES-256-GCM: The Galois/Counter Mode of Operation, appendix B.
constexpr Case cases[] = {
    {"0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000", "",
     "00000000000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"},
    {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
     "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657b"
     "a"
     "637b39",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0ab"
     "c"
     "c9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"}};

KeyBytes counted() {
  KeyBytes key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(i);
  return key;
}

}  // namespace

TEST_CASE("AES-256-GCM gives the answers of NIST", "[crypto]") {
  for (const auto& known : cases) {
    const Cipher cipher{array_of<KeyBytes>(known.key)};
    const auto nonce = array_of<Nonce>(known.nonce);
    const auto context = from_hex(known.context);
    auto bytes = from_hex(known.clear);
    const auto tag = cipher.encrypt(nonce, context, bytes, bytes.data());
    CHECK(bytes == from_hex(known.encrypted));
    CHECK(tag == array_of<Tag>(known.tag));
    CHECK(cipher.decrypt(nonce, context, bytes, tag, bytes.data()));
    CHECK(bytes == from_hex(known.clear));
  }
}

TEST_CASE("a message of which one bit was changed is not decrypted", "[crypto]") {
  const auto& known = cases[1];
  const Cipher cipher{array_of<KeyBytes>(known.key)};
  const auto nonce = array_of<Nonce>(known.nonce);
  const auto context = from_hex(known.context);
  const auto encrypted = from_hex(known.encrypted);
  const auto tag = array_of<Tag>(known.tag);
  Bytes out(encrypted.size());
  for (std::size_t bit = 0; bit < encrypted.size() * 8; ++bit) {
    auto changed = encrypted;
    changed[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    CHECK_FALSE(cipher.decrypt(nonce, context, changed, tag, out.data()));
  }
  for (std::size_t bit = 0; bit < tag.size() * 8; ++bit) {
    auto changed = tag;
    changed[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    CHECK_FALSE(cipher.decrypt(nonce, context, encrypted, changed, out.data()));
  }
  auto other_context = context;
  other_context.back() ^= std::byte{1};
  CHECK_FALSE(cipher.decrypt(nonce, other_context, encrypted, tag, out.data()));
  CHECK_FALSE(Cipher{KeyBytes{}}.decrypt(nonce, context, encrypted, tag, out.data()));
}

TEST_CASE("a code is the HMAC of all parts under a key that derives from the cipher's", "[crypto]") {
  const auto key = counted();
  const auto code = Cipher{key}.code({as_bytes("ab"), as_bytes("c")});
  CHECK(code == array_of<Code>("40b775fd54761cd75dd6cf55989b3ec71e2ffaa86c1e7bb6c3852a928d772b85"));

  // The same by another library.
  const auto hmac = [](BytesView under, std::string_view text) {
    Code out{};
    unsigned size = 0;
    HMAC(EVP_sha256(), under.data(), static_cast<int>(under.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), reinterpret_cast<unsigned char*>(out.data()),
         &size);
    return out;
  };
  CHECK(code == hmac(hmac(key, "eventstore code"), "abc"));
  // That library's HMAC, by RFC 4231, test case 2.
  CHECK(hmac(as_bytes("Jefe"), "what do ya want for nothing?") ==
        array_of<Code>("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}

}  // namespace crypto_test
