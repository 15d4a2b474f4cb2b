#include <eventstore/schema/schema.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace eventstore {
inline namespace v1 {
namespace {

// Recursive descent over the canonical text; the grammar is in docs/reference/file-format.md, "Descriptors".
class Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} {}

  Result<Schema> schema() {
    const auto name = word("{");
    auto type = value_type(0);
    if (!type) return failure_of(type);
    if (type->kind != Kind::record || at_ != text_.size()) return wrong("a record and nothing after it");
    return Schema::of(std::string{name}, std::move(*type));
  }

 private:
  static constexpr int depth_max = 64;

  Result<Type> value_type(int depth) {
    if (depth > depth_max) return wrong("at most 64 levels");
    EVENTSTORE_TRY_ASSIGN(Type type, plain_type(depth));
    while (take("?")) {
      if (++depth > depth_max) return wrong("at most 64 levels");
      type = Type{Kind::optional, std::move(type)};
    }
    return type;
  }

  Result<Type> plain_type(int depth) {
    if (take("{")) return record(depth);
    if (take("[")) return element(Kind::list, "]", depth);
    if (take("map<")) return element(Kind::map, ">", depth);
    if (take("set<")) return set(depth);
    if (take("array<")) return array(depth);
    if (take("variant(")) return variant(depth);
    if (take("enum(")) return enumeration();
    const auto name = word(",}]>?");
    static const std::array plain{
        Kind::boolean,      Kind::int8,    Kind::int16,     Kind::int32,   Kind::int64,       Kind::uint8,
        Kind::uint16,       Kind::uint32,  Kind::uint64,    Kind::float32, Kind::float64,     Kind::text,
        Kind::bytes,        Kind::uuid,    Kind::timestamp, Kind::json,    Kind::nanoseconds, Kind::microseconds,
        Kind::milliseconds, Kind::seconds, Kind::minutes,   Kind::hours,   Kind::days,        Kind::secret_text};
    for (const auto kind : plain)
      if (Type type{kind}; describe(type) == name) return type;
    return wrong("a type");
  }

  Result<Type> element(Kind kind, std::string_view closing, int depth) {
    EVENTSTORE_TRY_ASSIGN(Type inner, value_type(depth + 1));
    if (!take(closing)) return wrong(closing);
    return Type{kind, std::move(inner)};
  }

  Result<Type> set(int depth) {
    EVENTSTORE_TRY_ASSIGN(Type type, element(Kind::set, ">", depth));
    if (!may_be_in_a_set(type.element().kind)) return wrong("a set of plain values");
    return type;
  }

  Result<Type> array(int depth) {
    std::uint32_t count = 0;
    const auto digits = word("*");
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (problem != std::errc{} || end != digits.data() + digits.size() || count == 0 || count > array_elements_max ||
        digits.front() == '0' || !take("*"))
      return wrong("a number of elements and '*'");
    EVENTSTORE_TRY_ASSIGN(Type type, element(Kind::array, ">", depth));
    if (may_take_no_bytes(type.element())) return wrong("an array of elements that take a byte at least");
    type.count = count;
    return type;
  }

  Result<Type> variant(int depth) {
    Type type{Kind::variant};
    do {
      std::string name{word("{")};
      if (name.empty() || !is_plain(name) || !take("{")) return wrong("an alternative's name and '{'");
      EVENTSTORE_TRY_ASSIGN(Type alternative, record(depth + 1));
      type.fields.push_back(Field{std::move(name), std::move(alternative), {}, {}});
    } while (take("|"));
    if (!take(")")) return wrong(")");
    if (has_a_name_twice(type.fields)) return wrong("alternatives of different names");
    return type;
  }

  Result<Type> enumeration() {
    Type type{Kind::enumeration};
    do {
      type.enumerators.emplace_back(word("|)"));
      if (!is_plain(type.enumerators.back())) return wrong(")");
    } while (take("|"));
    if (!take(")")) return wrong(")");
    return type;
  }

  Result<Type> record(int depth) {
    Type type{Kind::record};
    if (take("}")) return type;
    do {
      std::string name{word("@:")};
      Attributes attributes{};
      if (take("@subject")) attributes = attributes | subject_id;
      if (take("@personal")) attributes = attributes | personal_data;
      if (name.empty() || !is_plain(name) || !take(":")) return wrong("a field's name and ':'");
      EVENTSTORE_TRY_ASSIGN(Type field_type, value_type(depth + 1));
      type.fields.push_back(Field{std::move(name), std::move(field_type), attributes, {}});
    } while (take(","));
    if (!take("}")) return wrong("}");
    if (has_a_name_twice(type.fields)) return wrong("fields of different names");
    return type;
  }
  // No struct has two fields of one name, and an attribute of one would count for both.
  static bool has_a_name_twice(const std::vector<Field>& fields) {
    std::vector<std::string_view> names;
    for (const auto& field : fields) names.emplace_back(field.name);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
  }

  // Characters of the grammar would give the text another meaning.
  static bool is_plain(std::string_view name) {
    return name.find_first_of("{}[]<>(),|?@=~:") == std::string_view::npos;
  }

  std::string_view word(std::string_view stops) {
    const auto rest = text_.substr(at_);
    const auto taken = rest.substr(0, rest.find_first_of(stops));
    at_ += taken.size();
    return taken;
  }
  bool take(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  [[nodiscard]] tl::unexpected<Error> wrong(std::string_view expected) const {
    return failure(Errc::corrupt_record, "read schema descriptor", std::string{text_.substr(0, 100)},
                   fmt::format("expected {} at byte {}", expected, at_));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Schema> Schema::parse(std::string_view descriptor) { return Parser{descriptor}.schema(); }

}  // namespace v1
}  // namespace eventstore
