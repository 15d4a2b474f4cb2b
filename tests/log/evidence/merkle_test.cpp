// Trees as in RFC 6962, against the known roots of certificate transparency's reference implementation.
#include "../../../src/log/evidence/merkle.hpp"

#include <catch2/catch.hpp>

using namespace eventstore;
using namespace eventstore::engine;

namespace {

Digest hash(BytesView prefix, BytesView bytes) {
  Sha256 sha;
  sha.add(prefix);
  sha.add(bytes);
  return sha.finish();
}

Bytes from_hex(std::string_view hex) {
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16)));
  return bytes;
}

// The inputs of the reference implementation's tests.
std::vector<Digest> leaves(std::size_t count) {
  constexpr std::string_view inputs[] = {
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
  constexpr std::byte prefix[] = {std::byte{0}};
  std::vector<Digest> digests;
  for (std::size_t i = 0; i < count; ++i) digests.push_back(hash(prefix, from_hex(inputs[i])));
  return digests;
}

constexpr std::string_view roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

}  // namespace

TEST_CASE("trees of 0 to 8 leaves have the known roots") {
  Sha256 sha;
  for (std::size_t count = 0; count <= 8; ++count) {
    CAPTURE(count);
    CHECK(merkle_root(sha, leaves(count)).to_string() == roots[count]);
  }
}

TEST_CASE("every leaf of trees up to 40 leads to the root along its path, and nothing else does") {
  Sha256 sha;
  std::vector<Digest> all;
  constexpr std::byte prefix[] = {std::byte{0}};
  for (std::uint8_t count = 1; count <= 40; ++count) {
    all.push_back(hash(prefix, std::as_bytes(std::span{&count, 1})));
    const auto root = merkle_root(sha, all);
    for (std::uint64_t index = 0; index < count; ++index) {
      CAPTURE(+count, index);
      auto path = audit_path(sha, all, index);
      REQUIRE(root_along(sha, all[index], index, count, path) == root);
      if (count > 1) {
        const auto other = (index + 1) % count;
        REQUIRE(root_along(sha, all[other], index, count, path) != root);
        REQUIRE(root_along(sha, all[index], other, count, path) != root);
      }
      for (auto& step : path) {
        step.octets[7] ^= 1;
        REQUIRE(root_along(sha, all[index], index, count, path) != root);
        step.octets[7] ^= 1;
      }
      path.push_back(root);
      REQUIRE_FALSE(root_along(sha, all[index], index, count, path));
      if (path.size() > 1) {
        path.resize(path.size() - 2);
        REQUIRE_FALSE(root_along(sha, all[index], index, count, path));
      }
    }
    REQUIRE_FALSE(root_along(sha, all[0], count, count, {}));
  }
}

TEST_CASE("a digest is read and written as 64 hexadecimal digits") {
  const auto digest = Digest::parse(roots[2]);
  REQUIRE(digest);
  CHECK(digest->to_string() == roots[2]);
  std::string upper{roots[2]};
  for (auto& letter : upper) letter = static_cast<char>(std::toupper(letter));
  CHECK(*Digest::parse(upper) == *digest);
  for (const auto* const wrong : {"", "12", "zz54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"})
    CHECK(Digest::parse(wrong).error().code == Errc::invalid_argument);
  CHECK(Digest::parse(std::string{roots[2]} + "0").error().code == Errc::invalid_argument);
}
