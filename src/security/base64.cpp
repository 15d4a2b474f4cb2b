#include "base64.hpp"

#include <nettle/base64.h>

namespace eventstore::security {

Bytes from_base64(std::string_view text) {
  base64_decode_ctx context;
  base64_decode_init(&context);
  Bytes bytes(BASE64_DECODE_LENGTH(text.size()));
  auto size = bytes.size();
  const bool is_read = base64_decode_update(&context, &size, reinterpret_cast<std::uint8_t*>(bytes.data()), text.size(),
                                            text.data()) == 1 &&
                       base64_decode_final(&context) == 1;
  bytes.resize(is_read ? size : 0);
  return bytes;
}

std::string to_base64(BytesView bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '=');
  base64_encode_raw(text.data(), bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return text;
}

}  // namespace eventstore::security
