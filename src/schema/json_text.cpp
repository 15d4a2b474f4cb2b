#include <eventstore/schema/detail/json_text.hpp>

#include <boost/beast/core/detail/base64.hpp>

#include <charconv>
#include <cmath>

namespace eventstore {
inline namespace v1 {
namespace {

template <class Number> void append_shortest(std::string& out, Number value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  out.append(text, end);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t clean_from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, clean_from, at - clean_from);
    clean_from = at + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 0x0FU];
    }
  }
  out.append(text, clean_from);
  out += '"';
}

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  const auto from = out.size();
  append_shortest(out, value);
  if (out.find_first_of(".e", from) == std::string::npos) out += ".0";
}

void append_json_number(std::string& out, std::int64_t value) { append_shortest(out, value); }

void append_json_number(std::string& out, std::uint64_t value) { append_shortest(out, value); }

void append_json_bytes(std::string& out, std::string_view bytes) {
  namespace base64 = boost::beast::detail::base64;
  out += '"';
  const auto from = out.size();
  out.resize(from + base64::encoded_size(bytes.size()));
  out.resize(from + base64::encode(out.data() + from, bytes.data(), bytes.size()));
  out += '"';
}

}  // namespace v1
}  // namespace eventstore
