#include <nettle/base16.h>
#include <nettle/base64.h>
#include <eventstore/os/private_file.hpp>
#include <eventstore/security/master_key.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "key_wrapping.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr const char* reading = "read the master key";
constexpr const char* in_environment = "EVENTSTORE_MASTER_KEY";
constexpr const char* file_in_environment = "EVENTSTORE_MASTER_KEY_FILE";
constexpr const char* wanted = "a master key is 32 bytes: 64 hexadecimal digits, or 44 characters of base64";
constexpr std::size_t file_bytes_max = 1024;

std::string_view trimmed_key(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\v\f";
  const auto begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

// Nettle passes over white space within the text, so the length says what it may be.
std::optional<KeyBytes> decoded(std::string_view text) {
  std::array<std::uint8_t, BASE64_DECODE_LENGTH(64)> out{};
  std::size_t size = out.size();
  bool is_whole = false;
  if (text.size() == 64) {
    base16_decode_ctx hexadecimal;
    base16_decode_init(&hexadecimal);
    is_whole = base16_decode_update(&hexadecimal, &size, out.data(), text.size(), text.data()) == 1 &&
               base16_decode_final(&hexadecimal) == 1;
  } else if (text.size() == 43 || text.size() == 44) {
    const std::string padded = text.size() == 43 ? std::string{text} + '=' : std::string{text};
    base64_decode_ctx base64;
    base64_decode_init(&base64);
    is_whole = base64_decode_update(&base64, &size, out.data(), padded.size(), padded.data()) == 1 &&
               base64_decode_final(&base64) == 1;
  }
  std::optional<KeyBytes> key;
  if (is_whole && size == std::tuple_size_v<KeyBytes>)
    std::copy_n(reinterpret_cast<const std::byte*>(out.data()), size, key.emplace().begin());
  security::wipe(std::as_writable_bytes(std::span{out}));
  return key;
}

std::string hexadecimal_of(const KeyBytes& key) {
  std::string text(BASE16_ENCODE_LENGTH(std::tuple_size_v<KeyBytes>), '0');
  base16_encode_update(text.data(), key.size(), reinterpret_cast<const std::uint8_t*>(key.data()));
  return text + '\n';
}

// The bytes themselves, which an editor may have ended with a line's end.
std::optional<KeyBytes> raw_key(BytesView bytes) {
  const bool is_raw = bytes.size() == 32 || (bytes.size() == 33 && bytes[32] == std::byte{'\n'});
  if (!is_raw) return std::nullopt;
  std::optional<KeyBytes> key;
  std::copy_n(bytes.begin(), 32, key.emplace().begin());
  return key;
}

Result<MasterKey> made_in(const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(const auto key, MasterKey::make());
  EVENTSTORE_TRY_ASSIGN(const bool is_first, key.write(path));
  if (!is_first) return MasterKey::read(path);  // another process has made it
  return key;
}

}  // namespace

MasterKey::~MasterKey() { security::wipe(bytes_); }

Result<MasterKey> MasterKey::make() {
  return security::guarded("make a master key", []() -> Result<MasterKey> {
    auto bytes = security::random_key();
    const MasterKey key{bytes};
    security::wipe(bytes);
    return key;
  });
}

Result<MasterKey> MasterKey::parse(std::string_view text) {
  auto bytes = decoded(trimmed_key(text));
  if (!bytes) return failure(Errc::invalid_argument, reading, in_environment, wanted);
  const MasterKey key{*bytes};
  security::wipe(*bytes);
  return key;
}

Result<MasterKey> MasterKey::read(const std::string& path) {
  auto content = read_private_file(path, file_bytes_max);
  if (!content) {
    auto& error = content.error();
    error.during = reading;
    if (error.code == Errc::not_found)
      error = {Errc::missing_key, reading, path,
               "there is no such file: put the key there, or name its place by "
               "EVENTSTORE_MASTER_KEY_FILE"};
    return failure_of(content);
  }
  auto bytes = raw_key(*content);
  if (!bytes) bytes = decoded(trimmed_key(as_text(*content)));
  security::wipe(*content);
  if (!bytes) return failure(Errc::invalid_argument, reading, path, std::string{wanted} + ", or the bytes themselves");
  const MasterKey key{*bytes};
  security::wipe(*bytes);
  return key;
}

Result<bool> MasterKey::write(const std::string& path) const {
  auto text = hexadecimal_of(bytes_);
  auto made = make_private_file(path, as_bytes(text));
  security::wipe(std::as_writable_bytes(std::span{text.data(), text.size()}));
  return made;
}

MasterKeySource master_key_of_environment() {
  MasterKeySource source;
  const auto* const file = std::getenv(file_in_environment);
  const auto* const text = std::getenv(in_environment);
  if (file != nullptr) source.file = file;
  if (text != nullptr) source.text = text;
  if (file != nullptr && source.file.empty())
    source.empty_variable = file_in_environment;
  else if (file == nullptr && text != nullptr && source.text.empty())
    source.empty_variable = in_environment;
  return source;
}

Result<FoundMasterKey> find_master_key(const MasterKeySource& source, const std::string& directory, bool may_make) {
  const auto found = [](Result<MasterKey> key, const std::string& made_file) -> Result<FoundMasterKey> {
    if (!key) return failure_of(key);
    return FoundMasterKey{*key, made_file};
  };
  if (!source.empty_variable.empty())
    return failure(Errc::invalid_argument, reading, source.empty_variable,
                   "it is set and empty: give it the key, or the path of its file, or unset it");
  if (!source.file.empty()) return found(MasterKey::read(source.file), {});
  if (!source.text.empty()) return found(MasterKey::parse(source.text), {});
  const auto path = directory + "/master.key";
  auto key = MasterKey::read(path);
  if (key || key.error().code != Errc::missing_key || !may_make) return found(std::move(key), {});
  EVENTSTORE_TRY(make_private_directory(directory));
  return found(made_in(path), path);
}

}  // namespace v1
}  // namespace eventstore
