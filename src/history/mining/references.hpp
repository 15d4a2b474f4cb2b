#pragma once
// Private to the exports: the streams that an event's fields refer to (es::refers_to).
#include <map>

#include "categories.hpp"

namespace eventstore {
inline namespace v1 {

/// Called with an object's id, its category of today, and the place of the field, like "agent_id".
using OnReference = FunctionRef<void(std::string id, std::string_view category, std::string_view field)>;

/// The program's structs say what fields refer to, for stored events of any age. Threads: one at a time.
class References {
 public:
  /// `categories` outlives it.
  explicit References(const Categories& categories) : categories_{categories} {}

  /// Whether events of this type may have references.
  [[nodiscard]] bool has(const RecordedEvent& event) { return !places_of(event).empty(); }
  /// Visits the references in `data`, the JSON of `event`; what cannot be a key is none. An event type that the program
  /// does not know refers to nothing.
  void each(const RecordedEvent& event, JsonNode data, OnReference on_reference);

 private:
  // A field that refers, or has fields within that do.
  struct Place {
    std::string name;
    std::string was;
    std::string category;  // empty: it has only places within
    std::string field;
    bool is_flattened = false;
    std::vector<Place> within;
  };

  const std::vector<Place>& places_of(const RecordedEvent& event);
  static void add(Place place, std::vector<Place>& places);
  static std::vector<Place> places_in(const Type& type, const std::string& above);
  void visit_object(const std::vector<Place>& places, JsonNode object, OnReference on_reference) const;
  void visit(const Place& place, JsonNode node, OnReference on_reference) const;
  void refer(const Place& place, JsonNode node, OnReference on_reference) const;

  const Categories& categories_;
  // By category and type.
  std::map<std::string, std::map<std::string, std::vector<Place>, std::less<>>, std::less<>> known_;
};

}  // namespace v1
}  // namespace eventstore
