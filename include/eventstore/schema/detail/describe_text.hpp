#pragma once
// The canonical text of C++ types while compiling; at run time schema_of has the same text.
#include <array>
#include <eventstore/schema/detail/describe.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

// Counts where it is given no place to write to.
struct TextSink {
  char* out = nullptr;
  std::size_t size = 0;

  constexpr void put(std::string_view text) {
    for (const char c : text) {
      if (out != nullptr) out[size] = c;
      ++size;
    }
  }
};

constexpr std::string_view kind_text(Kind kind) {
  constexpr std::array<std::string_view, 16> names{"bool",   "int8",   "int16",     "int32",   "int64",   "uint8",
                                                   "uint16", "uint32", "uint64",    "float32", "float64", "text",
                                                   "bytes",  "uuid",   "timestamp", "json"};
  if (kind == Kind::secret_text) return "secret";
  return is_duration(kind) ? duration_names[unit_of(kind)] : names[static_cast<std::size_t>(kind)];
}

template <class T> struct WriteType {
  static constexpr void put(TextSink& sink, bool annotated) {
    if constexpr (std::is_arithmetic_v<T>) {
      sink.put(kind_text(number_kind<T>()));
    } else if constexpr (DescribedEnum<T>) {
      bool first = true;
      for (const auto name : eventstore_enumerators(T{})) {
        sink.put(first ? "enum(" : "|");
        sink.put(name);
        first = false;
      }
      sink.put(")");
    } else {
      static_assert(Described<T>, "a field's type that has no description");
      sink.put("{");
      boost::hana::unpack(boost::hana::accessors<T>(), [&](auto... accessor) {
        [[maybe_unused]] std::size_t index = 0;
        (put_field<typename std::remove_cvref_t<decltype(boost::hana::second(accessor))>::value_type>(sink, annotated,
                                                                                                      index++),
         ...);
      });
      sink.put("}");
    }
  }

 private:
  template <class Member> static constexpr void put_field(TextSink& sink, bool annotated, std::size_t index) {
    constexpr auto facts = T::eventstore_facts();
    const auto& field = facts[index];
    if (index != 0) sink.put(",");
    sink.put(field.name);
    if (field.attributes.has(subject_id)) sink.put("@subject");
    if (field.attributes.has(personal_data)) sink.put("@personal");
    if (annotated && field.has_default) sink.put("=");
    if (annotated && !field.attributes.was.empty()) {
      sink.put("~");
      sink.put(field.attributes.was);
    }
    sink.put(":");
    WriteType<Member>::put(sink, annotated);
  }
};

template <Kind kind> struct WriteAs {
  static constexpr void put(TextSink& sink, bool) { sink.put(kind_text(kind)); }
};
template <> struct WriteType<std::string> : WriteAs<Kind::text> {};
template <> struct WriteType<Bytes> : WriteAs<Kind::bytes> {};
template <> struct WriteType<Uuid> : WriteAs<Kind::uuid> {};
template <> struct WriteType<Timestamp> : WriteAs<Kind::timestamp> {};
template <> struct WriteType<Json> : WriteAs<Kind::json> {};
template <> struct WriteType<Secret> : WriteAs<Kind::secret_text> {};
template <class T> struct WriteType<std::optional<T>> {
  static constexpr void put(TextSink& sink, bool annotated) {
    WriteType<T>::put(sink, annotated);
    sink.put("?");
  }
};
template <class T> struct WriteType<std::vector<T>> {
  static constexpr void put(TextSink& sink, bool annotated) {
    sink.put("[");
    WriteType<T>::put(sink, annotated);
    sink.put("]");
  }
};
template <class T> struct WriteType<List<T>> : WriteType<std::vector<T>> {};
template <class T> struct WriteType<std::map<std::string, T>> {
  static constexpr void put(TextSink& sink, bool annotated) {
    sink.put("map<");
    WriteType<T>::put(sink, annotated);
    sink.put(">");
  }
};
template <class T> struct WriteType<PersistentMap<std::string, T>> : WriteType<std::map<std::string, T>> {};

template <DurationField T> struct WriteType<T> : WriteAs<duration_kind<T>()> {};
template <class T, std::size_t elements> struct WriteType<std::array<T, elements>> {
  static constexpr void put(TextSink& sink, bool annotated) {
    sink.put("array<");
    std::array<char, 20> digits{};
    auto first = digits.size();
    for (auto rest = elements; rest > 0; rest /= 10) digits[--first] = static_cast<char>('0' + rest % 10);
    sink.put(std::string_view{digits.data() + first, digits.size() - first});
    sink.put("*");
    WriteType<T>::put(sink, annotated);
    sink.put(">");
  }
};
template <class T> struct WriteType<std::set<T>> {
  static constexpr void put(TextSink& sink, bool annotated) {
    sink.put("set<");
    WriteType<T>::put(sink, annotated);
    sink.put(">");
  }
};
template <class... Alternatives> struct WriteType<std::variant<Alternatives...>> {
  static constexpr void put(TextSink& sink, bool annotated) {
    bool first = true;
    const auto put_one = [&]<class Each>(const Each*) {
      sink.put(first ? "variant(" : "|");
      sink.put(alternative_name<Each>());
      WriteType<Each>::put(sink, annotated);
      first = false;
    };
    (put_one(static_cast<const Alternatives*>(nullptr)), ...);
    sink.put(")");
  }
};

template <class T, bool annotated> struct TypeTextOf {
  static constexpr std::size_t size = [] {
    TextSink counted{};
    WriteType<T>::put(counted, annotated);
    return counted.size;
  }();
  static constexpr auto characters = [] {
    std::array<char, size> text{};
    TextSink written{text.data()};
    WriteType<T>::put(written, annotated);
    return text;
  }();
  static constexpr std::string_view text{characters.data(), size};
};

}  // namespace detail

/// The canonical text of `T`: "{owner:text,limit:int64}".
template <class T> inline constexpr std::string_view type_text = detail::TypeTextOf<T, false>::text;
/// The same with defaults and earlier names: "{owner:text,limit=:int64}".
template <class T> inline constexpr std::string_view annotated_type_text = detail::TypeTextOf<T, true>::text;

}  // namespace v1
}  // namespace eventstore
