#pragma once
// Any type, and any value of it with the edges that people forget, for RapidCheck. Texts are of words nobody makes up.
#include <rapidcheck.h>

#include <cmath>
#include <cstring>
#include <eventstore/schema/detail/archive.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/type.hpp>
#include <limits>
#include <map>
#include <set>

namespace any {

namespace es = eventstore;
using es::Kind, es::Type;

inline std::size_t below(std::size_t bound) { return *rc::gen::inRange<std::size_t>(0, bound); }

inline Type type(int depth = 0) {
  const auto choice = depth > 3 ? below(17) : below(26);
  if (choice < 16) return Type{static_cast<Kind>(choice)};
  if (choice == 16) return Type{static_cast<Kind>(static_cast<std::size_t>(Kind::nanoseconds) + below(7))};
  if (choice == 22) return Type{Kind::optional, type(depth + 1)};
  if (choice == 23) {
    Type made{Kind::array, type(depth + 1)};
    made.count = static_cast<std::uint32_t>(below(4)) + 1;
    return made;
  }
  if (choice == 24) {
    const std::vector<Kind> kinds{Kind::text, Kind::int16, Kind::uint64, Kind::seconds, Kind::int64};
    return Type{Kind::set, Type{kinds[below(kinds.size())]}};
  }
  if (choice == 25) {
    Type made{Kind::variant};
    for (const auto* name : {"Card", "Cash", "Cheque"}) {
      Type alternative{Kind::record};
      for (auto fields = below(3); fields > 0; --fields)
        alternative.fields.push_back({"f" + std::to_string(alternative.fields.size()), type(depth + 1)});
      made.fields.push_back({name, std::move(alternative)});
    }
    return made;
  }
  if (choice == 17) return Type{Kind::list, type(depth + 1)};
  if (choice == 18) return Type{Kind::map, type(depth + 1)};
  if (choice == 19) {
    Type made{Kind::enumeration};
    made.enumerators = {"red", "green", "blue"};
    return made;
  }
  Type made{Kind::record};
  for (auto fields = below(4) + 1; fields > 0; --fields)
    made.fields.push_back({"f" + std::to_string(made.fields.size()), type(depth + 1)});
  return made;
}

/// A record of several fields.
inline Type record() {
  Type made{Kind::record};
  for (auto fields = below(6) + 1; fields > 0; --fields)
    made.fields.push_back({"f" + std::to_string(made.fields.size()), type()});
  return made;
}

inline std::string text() {
  static const std::vector<std::string> pieces{
      "Müller", "wanda",    "QUOX", "+49 171 9375", "zoe@mail.example", "\"", "\\", "\n",
      "北京市", "🦊🦝", " ",    "ñandú",        "7294618",          "-",  "ß",  "",
      "Straße", "O'Neill",  "\x01", "yxwvut"};
  std::string made;
  for (auto count = below(4); count > 0; --count) made += pieces[below(pieces.size())];
  return made;
}

template <class Number> Number number() {
  using Limits = std::numeric_limits<Number>;
  const auto choice = below(8);
  if (choice == 0) return 0;
  if (choice == 1) return Limits::max();
  if (choice == 2) return Limits::lowest();
  if constexpr (std::is_floating_point_v<Number>) {
    const std::vector<Number> edges{-Number{0},           Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN(),
                                    Limits::denorm_min(), Limits::min(),      Number(-52.520008),  Number(1e-300)};
    if (choice == 3) return edges[below(edges.size())];
    return static_cast<Number>(*rc::gen::arbitrary<std::int32_t>()) / Number(choice);
  } else {
    return static_cast<Number>(static_cast<std::uint64_t>(*rc::gen::arbitrary<std::int64_t>()) >> below(64));
  }
}

inline std::string json(int depth = 0) {
  std::string made;
  switch (below(depth > 2 ? 4 : 6)) {
    case 0: return below(2) == 0 ? "null" : "true";
    case 1: es::append_json_number(made, *rc::gen::arbitrary<std::int64_t>()); break;
    case 2: es::append_json_number(made, static_cast<double>(below(100000)) / 16); break;
    case 3: es::append_json_string(made, text()); break;
    case 4:
      made = "[";
      for (auto count = below(3); count > 0; --count) made += (made.size() > 1 ? "," : "") + json(depth + 1);
      made += "]";
      break;
    default:
      made = "{";
      for (auto count = below(3); count > 0; --count) {
        if (made.size() > 1) made += ',';
        es::append_json_string(made, text() + std::to_string(count));
        made += ':';
        made += json(depth + 1);
      }
      made += "}";
  }
  return made;
}

template <class Element, class Make> std::set<Element> set(Make make) {
  std::set<Element> made;
  for (auto count = below(5); count > 0; --count) made.insert(make());
  return made;
}

inline void value(const Type& type, es::BytesOut& out) {
  switch (type.kind) {
    case Kind::boolean: out(static_cast<std::uint8_t>(below(2))); break;
    case Kind::int8: out(number<std::int8_t>()); break;
    case Kind::int16: out(number<std::int16_t>()); break;
    case Kind::int32: out(number<std::int32_t>()); break;
    case Kind::int64: out(number<std::int64_t>()); break;
    case Kind::uint8: out(number<std::uint8_t>()); break;
    case Kind::uint16: out(number<std::uint16_t>()); break;
    case Kind::uint32: out(number<std::uint32_t>()); break;
    case Kind::uint64: out(number<std::uint64_t>()); break;
    case Kind::float32: out(number<float>()); break;
    case Kind::float64: out(number<double>()); break;
    case Kind::text:
    case Kind::secret_text:
    case Kind::bytes: out(text()); break;
    case Kind::json: out(below(8) == 0 ? std::string{} : json()); break;
    case Kind::uuid:
      for (int half = 0; half < 2; ++half) out(*rc::gen::arbitrary<std::uint64_t>());
      break;
    case Kind::timestamp: out(*rc::gen::inRange<std::int64_t>(-2'000'000'000, 2'000'000'000) * 1'000'000); break;
    case Kind::enumeration: out(type.enumerators[below(type.enumerators.size())]); break;
    case Kind::optional: {
      const bool present = below(2) == 1;
      out(static_cast<std::uint8_t>(present));
      if (present) value(type.element(), out);
      break;
    }
    case Kind::list: {
      const auto count = static_cast<std::uint32_t>(below(4));
      out(count);
      for (std::uint32_t i = 0; i < count; ++i) value(type.element(), out);
      break;
    }
    case Kind::map: {
      std::map<std::string, es::Bytes> entries;
      for (auto count = below(5); count > 0; --count) {
        es::Bytes bytes;
        es::BytesOut to{bytes};
        value(type.element(), to);
        entries[text()] = bytes;
      }
      out(static_cast<std::uint32_t>(entries.size()));
      for (const auto& [key, bytes] : entries) {
        out(key);
        out.write(bytes.data(), bytes.size());
      }
      break;
    }
    case Kind::record:
      for (const auto& field : type.fields) value(field.type, out);
      break;
    case Kind::array:
      for (std::uint32_t i = 0; i < type.count; ++i) value(type.element(), out);
      break;
    case Kind::set: {
      switch (type.element().kind) {
        case Kind::text: out(set<std::string>([] { return text(); })); break;
        case Kind::int16: out(set<std::int16_t>(number<std::int16_t>)); break;
        case Kind::uint64: out(set<std::uint64_t>(number<std::uint64_t>)); break;
        default: out(set<std::int64_t>(number<std::int64_t>)); break;
      }
      break;
    }
    case Kind::variant: {
      const auto& held = type.fields[below(type.fields.size())];
      out(held.name);
      value(held.type, out);
      break;
    }
    default: out(number<std::int64_t>()); break;  // durations
  }
}

}  // namespace any
