#include "references.hpp"

#include <eventstore/schema/json_document.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// Through what stands around a value or a record: optionals, lists, sets, arrays, maps.
const Type& innermost(const Type& type) {
  switch (type.kind) {
    case Kind::optional:
    case Kind::list:
    case Kind::set:
    case Kind::array:
    case Kind::map: return innermost(type.element());
    default: return type;
  }
}

bool can_be_key(const Type& type) {
  return type.kind == Kind::text || type.kind == Kind::uuid || (type.kind >= Kind::int8 && type.kind <= Kind::uint64);
}

}  // namespace

// Of several structs of one event, those of today come first, and say what a field refers to.
void References::add(Place place, std::vector<Place>& places) {
  const auto has_name = [&](const Place& other) { return other.name == place.name; };
  if (std::none_of(places.begin(), places.end(), has_name)) places.push_back(std::move(place));
}

std::vector<References::Place> References::places_in(const Type& type, const std::string& above) {
  std::vector<Place> places;
  for (const auto& field : type.fields) {
    const auto& inner = innermost(field.type);
    const bool stands_here = field.attributes.has(flattened) || type.kind == Kind::variant;
    Place place{};
    place.name = field.name;
    place.was = field.attributes.was;
    place.field = above.empty() ? field.name : above + "." + field.name;
    place.is_flattened = stands_here;
    if (can_be_key(inner)) place.category = field.attributes.refers_to;
    place.within = places_in(inner, stands_here ? above : place.field);
    if (!place.category.empty() || !place.within.empty()) places.push_back(std::move(place));
  }
  return places;
}

const std::vector<References::Place>& References::places_of(const RecordedEvent& event) {
  const auto category = event.stream.substr(0, event.stream.find('-'));
  auto in_category = known_.find(category);
  if (in_category == known_.end()) in_category = known_.try_emplace(std::string{category}).first;
  if (const auto known = in_category->second.find(event.type); known != in_category->second.end()) return known->second;
  std::vector<Place> places;
  if (const auto* const aggregate = categories_.aggregate(category)) {
    const auto& readable = *aggregate->readable;
    for (std::size_t i = 0; i < readable.size(); ++i)
      if (readable.texts()[i].has_name(event.type))
        for (auto& place : places_in(readable.schema(i).type, {})) add(std::move(place), places);
  }
  return in_category->second.emplace(std::string{event.type}, std::move(places)).first->second;
}

void References::each(const RecordedEvent& event, JsonNode data, OnReference on_reference) {
  visit_object(places_of(event), data, on_reference);
}

void References::visit_object(const std::vector<Place>& places, JsonNode object, OnReference on_reference) const {
  for (const auto& place : places) {
    auto member = object.find(place.name);
    if (!member && !place.was.empty()) member = object.find(place.was);
    if (member) visit(place, *member, on_reference);
    if (!member && place.is_flattened) visit_object(place.within, object, on_reference);
  }
}

void References::visit(const Place& place, JsonNode node, OnReference on_reference) const {
  const auto visit_one = [&](JsonNode one) {
    visit(place, one, on_reference);
    return true;
  };
  if (node.kind() == JsonKind::array) {
    node.each_element(visit_one);
  } else if (node.kind() != JsonKind::object) {
    refer(place, node, on_reference);
  } else if (!place.within.empty()) {
    visit_object(place.within, node, on_reference);
  } else {
    node.each_member([&](std::string_view, JsonNode one) { return visit_one(one); });  // a map of keys
  }
}

void References::refer(const Place& place, JsonNode node, OnReference on_reference) const {
  if (place.category.empty()) return;
  std::string written;
  std::string_view key = node.text();
  if (node.kind() == JsonKind::integer || node.kind() == JsonKind::large_integer) key = written = node.number_text();
  const auto category = categories_.name(place.category);
  const auto stream = StreamId::of(category, key);
  if (stream) on_reference(stream->text(), category, place.field);
}

}  // namespace v1
}  // namespace eventstore
