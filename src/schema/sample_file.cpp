#include <eventstore/schema/detail/sample_file.hpp>

#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace eventstore {
inline namespace v1 {
namespace {

std::string to_hexadecimal(BytesView bytes) {
  std::string text;
  for (const auto octet : bytes) fmt::format_to(std::back_inserter(text), "{:02x}", std::to_integer<unsigned>(octet));
  return text;
}

std::optional<Bytes> from_hexadecimal(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  for (; !text.empty(); text.remove_prefix(2)) {
    unsigned octet = 0;
    const auto read = std::from_chars(text.data(), text.data() + 2, octet, 16);
    if (read.ec != std::errc{} || read.ptr != text.data() + 2) return std::nullopt;
    bytes.push_back(static_cast<std::byte>(octet));
  }
  return bytes;
}

// The lines of a file, without comments and blank lines.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_{text} { skip(); }

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  // The text after `word` and a blank on the next line; absent if that line has another word.
  std::optional<std::string_view> take(std::string_view word) {
    const auto line = rest_.substr(0, rest_.find('\n'));
    const bool bare = line == word;
    if (!bare && !(line.starts_with(word) && line.substr(word.size()).starts_with(' '))) return std::nullopt;
    drop(line);
    taken_ = number_;
    skip();
    return bare ? std::string_view{} : line.substr(word.size() + 1);
  }
  // At the line that take() gave, or, where it gave none, that stood in its place.
  [[nodiscard]] tl::unexpected<Error> wrong(std::string reason, bool taken = true) const {
    return failure(Errc::corrupt_record, "read samples", fmt::format("line {}", taken ? taken_ : number_ + 1),
                   std::move(reason));
  }

 private:
  void skip() {
    while (rest_.starts_with("//") || rest_.starts_with('\n')) drop(rest_.substr(0, rest_.find('\n')));
  }
  void drop(std::string_view line) {
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    ++number_;
  }

  std::string_view rest_;
  std::size_t number_ = 0;  // of the line before `rest_`
  std::size_t taken_ = 0;
};

// A text may have another form than when it was kept, as times had fewer digits once, and say the same.
bool says(std::string_view json, const Type& type, BytesView payload) {
  const auto bytes = json_to_bytes(type, json, stored_json);
  return bytes && std::ranges::equal(*bytes, payload);
}

}  // namespace

std::string sample_file_name(const Schema& schema) {
  std::string name = schema.name.substr(0, 100);
  const auto is_safe = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  std::replace_if(
      name.begin(), name.end(), [&](char c) { return !is_safe(c); }, '_');
  return fmt::format("{}.{}.sample", name, schema.id.digest.to_string());
}

Result<SampleFile> parse_sample_file(std::string_view text) {
  Lines lines{text};
  const auto digest = lines.take("schema");
  if (!digest) return lines.wrong("expected `schema` and a digest", false);
  const auto descriptor = lines.take("descriptor");
  if (!descriptor) return lines.wrong("expected `descriptor` and the canonical text of the schema", false);
  auto schema = Schema::parse(*descriptor);
  if (!schema) return lines.wrong(schema.error().detail);
  if (schema->id.digest.to_string() != *digest)
    return lines.wrong(fmt::format("the digest of this schema is {}", schema->id.digest.to_string()));
  SampleFile file{std::move(*schema), {}};
  do {
    const auto hexadecimal = lines.take("bytes");
    if (!hexadecimal) return lines.wrong("expected `bytes` and a payload in hexadecimal", false);
    auto payload = from_hexadecimal(*hexadecimal);
    if (!payload) return lines.wrong("not pairs of hexadecimal digits");
    const auto json = lines.take("json");
    if (!json) return lines.wrong("expected `json` and what the payload says", false);
    file.samples.push_back({std::move(*payload), std::string{*json}});
  } while (!lines.at_end());
  return file;
}

Result<void> check_by_descriptor(const SampleFile& file) {
  std::size_t number = 0;
  for (const auto& [payload, json] : file.samples) {
    ++number;
    std::string now;
    if (const auto shown = bytes_to_json(file.schema.type, payload, now); !shown) now = shown.error().detail;
    if (now == json || (says(now, file.schema.type, payload) && says(json, file.schema.type, payload))) continue;
    return failure(
        Errc::corrupt_record, "read samples", fmt::format("payload {}", number),
        fmt::format("by its descriptor it says {}, and said {} when it was kept: this build reads stored events "
                    "differently, so correct the code that reads them, not the sample",
                    now, json));
  }
  return {};
}

Result<std::string> write_sample_file(std::string_view category, const Schema& schema,
                                      const std::vector<Bytes>& payloads) {
  if (schema.descriptor.find('\n') != std::string::npos)
    return failure(Errc::invalid_argument, "write samples", schema.name, "a name in its schema has a line end in it");
  auto text = fmt::format(
      "// Payloads of `{}` events under one schema, scrubbed: their shapes are real, and nothing that they say is.\n"
      "// Made by `eventstore schema sample`, and kept for ever: docs/guide/evolution.md.\n"
      "schema {}\ndescriptor {}\n",
      category, schema.id.digest.to_string(), schema.descriptor);
  for (const auto& payload : payloads) {
    std::string json;
    EVENTSTORE_TRY(bytes_to_json(schema.type, payload, json));
    text += fmt::format("bytes {}\njson {}\n", to_hexadecimal(payload), json);
  }
  return text;
}

}  // namespace v1
}  // namespace eventstore
