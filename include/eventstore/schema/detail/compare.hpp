#pragma once
// The differences between a stored schema and the one that code wants, and whether the code can read the stored bytes.
// These rules are the only ones: the compiler applies them to schemas.lock, and a program applies them to the schemas
// in a log.
#include <array>
#include <cstdint>
#include <eventstore/schema/detail/duration.hpp>
#include <eventstore/schema/detail/type_text.hpp>

namespace eventstore {
inline namespace v1 {

enum class SchemaChange : std::uint8_t {
  none,
  // Resolved without an upcaster.
  field_added,    ///< with a default, or optional
  field_removed,  ///< the stored value is passed over
  field_renamed,  ///< by es::was
  fields_reordered,
  widened,  ///< an integer or a float; a duration, to a finer unit
  made_optional,
  enumerator_added,
  alternative_added,
  // Resolved by an upcaster only.
  field_required,  ///< added without default
  field_claimed_twice,
  type_changed,
  made_required,
  enumerator_removed,
  alternative_removed,
};

[[nodiscard]] constexpr bool is_breaking(SchemaChange change) { return change >= SchemaChange::field_required; }

/// One difference. `name` is the field's; `stored` and `wanted` are types. Lifetime: views into
/// the texts compared.
struct Difference {
  SchemaChange change = SchemaChange::none;
  std::string_view name{};
  std::string_view stored{};
  std::string_view wanted{};
};

namespace detail {

// The place among the units of durations, finest first; past the last where `kind` is none.
constexpr std::size_t unit_place(std::string_view kind) {
  std::size_t place = 0;
  while (place < duration_names.size() && duration_names[place] != kind) ++place;
  return place;
}

// Whether every number of the kind `stored` is one of the kind `wanted`. A duration's unit may become finer. A stored
// duration that the finer unit cannot hold (292 years and more in nanoseconds) is refused when it is read.
constexpr bool widens(std::string_view stored, std::string_view wanted) {
  constexpr std::array<std::string_view, 4> signed_kinds{"int8", "int16", "int32", "int64"};
  constexpr std::array<std::string_view, 4> unsigned_kinds{"uint8", "uint16", "uint32", "uint64"};
  const auto rank = [](const auto& kinds, std::string_view kind) {
    int found = -1;
    for (int i = 0; i < 4; ++i)
      if (kinds[static_cast<std::size_t>(i)] == kind) found = i;
    return found;
  };
  if (stored == "float32" && wanted == "float64") return true;
  if (const auto unit = unit_place(stored); unit < duration_names.size()) return unit_place(wanted) < unit;
  const int to_signed = rank(signed_kinds, wanted);
  const int to_unsigned = rank(unsigned_kinds, wanted);
  if (const int from = rank(signed_kinds, stored); from >= 0) return to_signed > from;
  const int from = rank(unsigned_kinds, stored);
  return from >= 0 && (to_signed > from || to_unsigned > from);
}

// Report: found(Difference), enter(field), leave().
template <class Report> class Comparison {
 public:
  constexpr explicit Comparison(Report& report) : report_{report} {}

  constexpr bool types(TypeText stored, TypeText wanted, std::string_view name) {
    if (stored.is_optional() && wanted.is_optional()) return types(stored.element(), wanted.element(), name);
    if (wanted.is_optional()) {
      const bool same = types(stored, wanted.element(), name);
      return found(SchemaChange::made_optional, name, stored, wanted) && same;
    }
    if (stored.is_optional()) return found(SchemaChange::made_required, name, stored, wanted);
    if ((stored.is_list() && wanted.is_list()) || (stored.is_map() && wanted.is_map()) ||
        (stored.is_set() && wanted.is_set()) ||
        (stored.is_array() && wanted.is_array() && stored.count() == wanted.count()))
      return types(stored.element(), wanted.element(), name);
    if (stored.is_variant() && wanted.is_variant()) return variants(stored, wanted, name);
    if (stored.is_record() && wanted.is_record()) return records(stored, wanted);
    if (stored.is_enumeration() && wanted.is_enumeration()) return enumerations(stored, wanted, name);
    if (stored.text() == wanted.text()) return true;
    const bool wider = widens(stored.text(), wanted.text());
    return found(wider ? SchemaChange::widened : SchemaChange::type_changed, name, stored, wanted);
  }

 private:
  constexpr bool found(SchemaChange change, std::string_view name, TypeText stored, TypeText wanted) {
    report_.found(Difference{change, name, stored.text(), wanted.text()});
    return !is_breaking(change);
  }

  constexpr bool records(TypeText stored, TypeText wanted) {
    bool fits = true;
    bool ordered = true;
    std::size_t last = 0;
    wanted.each_field([&](const FieldText& field) {
      std::size_t place = 0;
      const auto source = source_of(field, stored, place);
      if (source.type.empty()) {
        const bool fills = field.has_default || TypeText{field.type}.is_optional();
        fits &= found(fills ? SchemaChange::field_added : SchemaChange::field_required, field.name, TypeText{""},
                      TypeText{field.type});
        return true;
      }
      ordered = ordered && place > last;
      last = place;
      if (source.name != field.name) {
        found(SchemaChange::field_renamed, field.name, TypeText{source.name}, TypeText{field.name});
        if (claimed_by_another(source.name, field.name, wanted))
          fits &= found(SchemaChange::field_claimed_twice, source.name, TypeText{""}, TypeText{field.name});
      }
      report_.enter(field.name);
      fits &= types(TypeText{source.type}, TypeText{field.type}, field.name);
      report_.leave();
      return true;
    });
    report_removed(stored, wanted);
    if (!ordered) found(SchemaChange::fields_reordered, "", stored, wanted);
    return fits;
  }

  // The stored field that `wanted` is read from, by its name, else by its earlier one, and its place, from 1.
  static constexpr FieldText source_of(const FieldText& wanted, TypeText stored, std::size_t& place) {
    FieldText source{};
    std::size_t at = 0;
    stored.each_field([&](const FieldText& field) {
      ++at;
      const bool same = field.name == wanted.name;
      if (same || (!wanted.former.empty() && field.name == wanted.former && source.type.empty())) {
        source = field;
        place = at;
      }
      return !same;
    });
    return source;
  }
  static constexpr bool claimed_by_another(std::string_view stored, std::string_view by, TypeText wanted) {
    bool claimed = false;
    wanted.each_field([&](const FieldText& field) {
      claimed = field.name != by && (field.name == stored || field.former == stored);
      return !claimed;
    });
    return claimed;
  }
  constexpr void report_removed(TypeText stored, TypeText wanted) {
    stored.each_field([&](const FieldText& field) {
      if (!claimed_by_another(field.name, "", wanted))
        found(SchemaChange::field_removed, field.name, TypeText{field.type}, TypeText{""});
      return true;
    });
  }

  constexpr bool enumerations(TypeText stored, TypeText wanted, std::string_view name) {
    bool fits = true;
    stored.each_enumerator([&](std::string_view each) {
      if (!wanted.has_enumerator(each))
        fits = found(SchemaChange::enumerator_removed, name, TypeText{each}, TypeText{each});
      return true;
    });
    wanted.each_enumerator([&](std::string_view each) {
      if (!stored.has_enumerator(each)) found(SchemaChange::enumerator_added, name, TypeText{each}, TypeText{each});
      return true;
    });
    return fits;
  }

  constexpr bool variants(TypeText stored, TypeText wanted, std::string_view name) {
    bool fits = true;
    stored.each_alternative([&](std::string_view each, TypeText record) {
      const auto same = wanted.alternative(each);
      if (same.text().empty()) {
        fits = found(SchemaChange::alternative_removed, name, TypeText{each}, TypeText{each});
        return true;
      }
      report_.enter(each);
      fits &= types(record, same, each);
      report_.leave();
      return true;
    });
    wanted.each_alternative([&](std::string_view each, TypeText) {
      if (stored.alternative(each).text().empty())
        found(SchemaChange::alternative_added, name, TypeText{each}, TypeText{each});
      return true;
    });
    return fits;
  }

  Report& report_;
};

}  // namespace detail

/// Keeps the first difference that breaks. Usable while compiling.
struct FirstBreak {
  Difference difference{};
  /// Only enumerators and alternatives break that the wanted type lacks: values without them can be read.
  bool by_value = true;

  constexpr void found(const Difference& each) {
    if (!is_breaking(each.change)) return;
    if (difference.change == SchemaChange::none) difference = each;
    by_value = by_value &&
               (each.change == SchemaChange::enumerator_removed || each.change == SchemaChange::alternative_removed);
  }
  constexpr void enter(std::string_view) {}
  constexpr void leave() {}
};

/// Whether bytes of the record `stored` can be read as the record `wanted`, whose text is annotated. `report` gets
/// every difference. Cost: quadratic in the fields of a record.
template <class Report> constexpr bool resolves(std::string_view stored, std::string_view wanted, Report& report) {
  return detail::Comparison<Report>{report}.types(TypeText{stored}, TypeText{wanted}, "");
}

}  // namespace v1
}  // namespace eventstore
