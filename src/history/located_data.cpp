#include "located_data.hpp"

#include <eventstore/schema/detail/bytes_reader.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

using Steps = std::span<const DataStep>;

class Locator {
 public:
  explicit Locator(BytesView bytes) : in_{bytes} {}

  LocatedData value(const Type& type, Steps path) {
    if (path.empty()) return whole(type);
    switch (type.kind) {
      case Kind::optional:
        if (const auto present = in_.number<std::uint8_t>(); present == 1) return value(type.element(), path);
        return missing();
      case Kind::json: return free_data(path);
      case Kind::list:
      case Kind::set: {
        const auto count = in_.number<std::uint32_t>();
        if (count > in_.remaining()) return Damaged{};  // as in BytesReader: every element takes a byte at least
        return element(type, count, path);
      }
      case Kind::array: return element(type, type.count, path);
      default: break;
    }
    const auto* const name = std::get_if<std::string>(&path.front());
    if (name == nullptr) return missing();
    if (type.kind == Kind::map) return entry(type, *name, path);
    if (type.kind == Kind::variant) return alternative(type, *name, path);
    if (type.kind != Kind::record) return missing();
    const auto* const field = enter(type, *name);
    return field == nullptr ? missing() : member(*field, path.subspan(1));
  }

 private:
  [[nodiscard]] LocatedData missing() const {
    if (!in_.ok()) return Damaged{};
    return Missing{};
  }

  LocatedData whole(const Type& type) {
    const auto bytes = in_.value(type);
    if (!in_.ok()) return Damaged{};
    return LocatedBytes{&type, bytes};
  }

  LocatedData free_data(Steps path) {
    const auto text = in_.text();
    return text.empty() ? missing() : LocatedJson{text, path};
  }

  LocatedData element(const Type& type, std::uint32_t count, Steps path) {
    const auto* const place = std::get_if<std::size_t>(&path.front());
    if (place == nullptr || *place >= count) return missing();
    for (std::size_t i = 0; i < *place && in_.ok(); ++i) in_.value(type.element());
    return value(type.element(), path.subspan(1));
  }

  LocatedData entry(const Type& type, const std::string& name, Steps path) {
    const auto count = in_.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in_.ok(); ++i) {
      if (in_.text() == name) return value(type.element(), path.subspan(1));
      in_.value(type.element());
    }
    return missing();
  }

  LocatedData alternative(const Type& type, const std::string& name, Steps path) {
    const auto* const chosen = in_.alternative(type);
    if (chosen == nullptr) return Damaged{};
    if (name != alternative_member) return value(chosen->type, path);
    if (path.size() > 1) return missing();
    return std::string_view{chosen->name};
  }

  // The field of that name, whose value is next then; null where there is none.
  const Field* enter(const Type& record, std::string_view name) {
    for (const auto& field : record.fields) {
      if (field.name == name) return &field;
      in_.value(field.type);
    }
    return nullptr;
  }

  // JSON leaves an optional without value out.
  LocatedData member(const Field& field, Steps rest) {
    if (field.type.kind != Kind::optional) return value(field.type, rest);
    return in_.number<std::uint8_t>() == 1 ? value(field.type.element(), rest) : missing();
  }

  BytesReader in_;
};

std::optional<JsonNode> element_of(JsonNode array, std::size_t place) {
  std::optional<JsonNode> found;
  array.each_element([&](JsonNode each) {
    if (place-- != 0) return true;
    found = each;
    return false;
  });
  return found;
}

}  // namespace

LocatedData locate(const Type& type, BytesView bytes, Steps path) { return Locator{bytes}.value(type, path); }

std::optional<JsonNode> locate(JsonNode node, Steps path) {
  std::optional<JsonNode> here = node;
  for (const auto& step : path) {
    const auto* const name = std::get_if<std::string>(&step);
    if (here->kind() != (name != nullptr ? JsonKind::object : JsonKind::array)) return std::nullopt;
    here = name != nullptr ? here->find(*name) : element_of(*here, std::get<std::size_t>(step));
    if (!here) return std::nullopt;
  }
  return here;
}

}  // namespace v1
}  // namespace eventstore
