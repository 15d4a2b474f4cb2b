#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/json_document.hpp>

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {
namespace {

class Checker {
 public:
  explicit Checker(BytesReader& in) : in_{in} {}

  Result<void> value(const Type& type, const std::string& path) {
    switch (type.kind) {
      case Kind::text:
      case Kind::secret_text:
      case Kind::enumeration:
        if (!is_utf8(in_.text())) return wrong(Errc::invalid_argument, path, "not UTF-8");
        return {};
      case Kind::json: return free_data(path);
      case Kind::optional: return in_.number<std::uint8_t>() == 0 ? Result<void>{} : value(type.element(), path);
      case Kind::array: return elements(type, type.count, path);
      case Kind::list:
      case Kind::set: return elements(type, in_.number<std::uint32_t>(), path);
      case Kind::variant: {
        const auto* const alternative = in_.alternative(type);
        return alternative == nullptr ? Result<void>{} : value(alternative->type, path);
      }
      case Kind::map:
        for (auto count = in_.number<std::uint32_t>(); in_.ok() && count > 0; --count) {
          const auto key = in_.text();
          if (!is_utf8(key)) return wrong(Errc::invalid_argument, path, "a key is not UTF-8");
          EVENTSTORE_TRY(value(type.element(), join(path, key)));
        }
        return {};
      case Kind::record:
        for (const auto& field : type.fields) EVENTSTORE_TRY(value(field.type, join(path, field.name)));
        return {};
      default: in_.value(type); return {};
    }
  }

 private:
  static std::string join(const std::string& path, std::string_view name) {
    return path.empty() ? std::string{name} : fmt::format("{}.{}", path, name);
  }
  static tl::unexpected<Error> wrong(Errc code, const std::string& path, std::string reason) {
    return failure(code, "check value", path, std::move(reason));
  }
  Result<void> elements(const Type& type, std::uint32_t count, const std::string& path) {
    for (std::uint32_t i = 0; in_.ok() && i < count; ++i)
      EVENTSTORE_TRY(value(type.element(), fmt::format("{}[{}]", path, i)));
    return {};
  }
  Result<void> free_data(const std::string& path) {
    const auto text = in_.text();
    if (text.empty()) return {};
    if (text.size() > free_data_bytes_max)
      return wrong(Errc::too_large, path,
                   fmt::format("free data is {} bytes, the limit is {}", text.size(), free_data_bytes_max));
    auto parsed = document_.parse(text);
    return parsed ? Result<void>{} : wrong(Errc::invalid_argument, path, parsed.error().detail);
  }

  BytesReader& in_;
  JsonDocument document_;
};

}  // namespace

Result<void> check_value(const Type& type, BytesView bytes) {
  BytesReader in{bytes};
  EVENTSTORE_TRY(Checker{in}.value(type, ""));
  if (!in.done())
    return failure(Errc::corrupt_record, "check value", "", "the bytes are not a value of " + describe(type));
  return {};
}

}  // namespace v1
}  // namespace eventstore
