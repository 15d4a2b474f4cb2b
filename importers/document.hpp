#pragma once
// What every converter does: takes the members of a document one by one, and makes event lines of them. Members that no
// event takes go into the metadata of the first event, so that nothing is lost.
#include <eventstore/app/converter.hpp>
#include <eventstore/core/timestamp.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace domain::importers {

/// The members of a JSON object, written one after another.
class Members {
 public:
  Members& text(std::string_view name, std::string_view value);
  /// The text, where there is one.
  Members& text_if(std::string_view name, const std::optional<std::string>& value);
  Members& number(std::string_view name, std::int64_t value);
  Members& time(std::string_view name, eventstore::Timestamp value);
  /// The value as it is, where there is one and it is not null.
  Members& json(std::string_view name, const std::optional<eventstore::JsonNode>& value);
  /// A value that is JSON already.
  Members& raw(std::string_view name, std::string_view json);

  [[nodiscard]] bool empty() const { return text_.empty(); }
  /// With its braces.
  [[nodiscard]] std::string object() const { return '{' + text_ + '}'; }

 private:
  void begin(std::string_view name);
  std::string text_;
};

/// An object of a document. Lifetime: the document's.
class Taken {
 public:
  explicit Taken(eventstore::JsonNode object) : object_{object} {}

  /// The member, which counts as told then; none where it is missing or null.
  std::optional<eventstore::JsonNode> take(std::string_view name);
  /// As text, also a number; none where it is missing, null, or of another kind: then it does not count as told.
  std::optional<std::string> take_text(std::string_view name);
  /// As a time; likewise.
  std::optional<eventstore::Timestamp> take_time(std::string_view name);
  std::optional<std::int64_t> take_whole(std::string_view name);
  /// Marks a member as told, in whatever way that is.
  void pass(std::string_view name) { told_.insert(std::string{name}); }

  /// What nothing has taken, as a JSON object; empty where all is told.
  [[nodiscard]] std::string rest() const;

 private:
  eventstore::JsonNode object_;
  std::set<std::string, std::less<>> told_;
};

/// One document on its way to events.
class Migrated : public Taken {
 public:
  /// Errors: invalid_argument, for a document without `_id`.
  static eventstore::Result<Migrated> begin(const eventstore::Documented& document);

  /// The document's `_id`, which is not told twice.
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& organization() const { return organization_; }

  /// The member, which the document must have. Errors: invalid_argument, naming it.
  eventstore::Result<std::string> need_text(std::string_view name);
  eventstore::Result<eventstore::Timestamp> need_time(std::string_view name);

  /// Metadata of all events: user_id, ip_address, user_agent.
  void note_metadata(std::string_view name, const std::optional<std::string>& value);
  /// Adds an event of the stream <category>-<key>, and gives its id, which derives from the document, the type and the
  /// number of the event among those of its type: so a document that went on since keeps the events that it had.
  /// Lifetime: until the next event.
  const std::string& add(std::string_view category, std::string_view key, std::string_view type, const Members& data,
                         eventstore::Timestamp at);
  /// Says that something is in no event and in no metadata.
  void leave_out(std::string sentence) { left_out_.push_back(std::move(sentence)); }

  /// The lines, and the rest of the document with the first of them.
  [[nodiscard]] eventstore::Converted end() const;

 private:
  struct Event {
    std::string head;  // of the line, up to the metadata
    std::string id;
  };

  explicit Migrated(const eventstore::Documented& document, std::string id);

  std::string source_;
  std::string organization_;
  std::string id_;
  Members metadata_;
  std::vector<Event> events_;
  std::map<std::string, std::size_t> numbers_;  // of events, by type
  std::vector<std::string> left_out_;
};

}  // namespace domain::importers
