#pragma once
// The line format: one event as one JSON object, for import, export and reading by people.
#include <eventstore/core/zone.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/event_types.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// An event line that was read and checked. It owns its data. EventWriter appends it.
struct EventLine {
  StreamId stream;
  std::string type;
  std::optional<Version> version;  ///< a claim
  Metadata metadata;               ///< event_id as given or derived
  const Schema* schema = nullptr;  ///< null: data is JSON
  Bytes tagged;                    ///< metadata as the record keeps it
  Bytes data;
  bool states_time = true;  ///< false: created_at is a default
  /// The data with the defaults that fields had when they were first locked; empty where that makes no difference.
  Bytes first_data{};
  EventId former_id{};  ///< that builds before 0.1 derived from the spelling of such a line; none where it is the same
  EventId clear_id{};   ///< that builds without encryption derived from personal values in clear; none for other lines
  bool has_derived_id = false;   ///< the line gives no id, and has the one that derives from its data in clear
  std::uint64_t occurrence = 1;  ///< the line's number among equal lines without a version: part of a derived id
  /// The values that the line has encrypted; `data` has blank ones in their place.
  std::vector<EncryptedJson> encrypted{};
  /// The same of the metadata, without offsets; `tagged` is without them.
  std::vector<EncryptedJson> encrypted_metadata{};
  bool is_encrypted = false;  ///< `data` and `tagged` are as they are stored: see take_encrypted_values

  /// Whether the line has values in their encrypted form.
  [[nodiscard]] bool has_encrypted() const { return !encrypted.empty() || !encrypted_metadata.empty(); }
};

/// The id of a line that gives none. `canonical_data` is its data as write_canonical_data gives it.
[[nodiscard]] EventId derived_id(const EventLine& line, std::string_view canonical_data);

/// Tells identical lines without a version apart: the n-th gets another derived id than the first, and the same one
/// when the file is read again. Cost: 24 bytes a distinct unversioned line.
class LineOccurrences {
 public:
  std::uint64_t count(const Uuid& line) { return ++seen_[line]; }

 private:
  std::unordered_map<Uuid, std::uint64_t> seen_;
};

enum class UnknownTypes : std::uint8_t { refuse, keep_as_json };

/// Whether lines get the ids that earlier builds derived for them; a log without events has none of them.
enum class FormerIds : std::uint8_t { derive, leave_out };

/// Defaults for fields that a line leaves out. If the line names a stream, it must be this one.
struct LineDefaults {
  std::optional<StreamId> stream{};
  std::optional<Timestamp> created_at{};
  std::shared_ptr<const Zone> zone{};  ///< of times that name none; null: they are refused
  Metadata metadata{};                 ///< organization, user and the rest; event_id and created_at do not count
};

/// Reads event lines, and the extended JSON of MongoDB's tools and libraries: `_id`, `$date`, `$oid`, `$uuid`,
/// `$binary` and `$number…`. Threads: one at a time.
class EventLineReader {
 public:
  /// `event_types` outlives the reader.
  explicit EventLineReader(const EventTypes& event_types, UnknownTypes unknown = UnknownTypes::refuse,
                           LineDefaults defaults = {}, FormerIds former_ids = FormerIds::derive)
      : event_types_{event_types}, unknown_{unknown}, former_ids_{former_ids}, defaults_{std::move(defaults)} {}

  /// A line whose personal values are encrypted, as `export` prints them, gives an event_id. Errors: invalid_argument
  /// (malformed JSON, not UTF-8, a field missing, unknown, there twice or of the wrong type: Error::where is its path),
  /// unknown_event_type, too_large.
  Result<EventLine> read(std::string_view line);

 private:
  Result<JsonNode> parse(std::string_view line);
  Result<EventLine> read(const class LineMembers& members);
  Result<void> check_required(const LineMembers& members) const;
  Result<StreamId> read_stream(const LineMembers& members) const;
  Result<void> read_times_and_ids(const LineMembers& members, EventLine& line) const;
  Result<void> read_data(JsonNode data, EventLine& line);
  Result<void> read_first_data(JsonNode data, EventLine& line);
  void derive_id(JsonNode data, EventLine& line);
  Result<void> read_raw_data(JsonNode data, EventLine& line);

  const EventTypes& event_types_;
  UnknownTypes unknown_;
  FormerIds former_ids_;
  LineDefaults defaults_;
  JsonDocument document_;
  JsonDocument plain_document_;
  LineOccurrences occurrences_;
  LineOccurrences former_occurrences_;
  std::unordered_map<const Schema*, bool> has_other_first_defaults_;
  std::string scratch_;
};

/// Appends `event` as a line, without the line end. Errors: corrupt_record, not_found (its schema is not recorded).
Result<void> append_event_line(const RecordedEvent& event, const SchemaReader& schemas, std::string& out);

/// As above, with the event's data as JSON already.
Result<void> append_event_line(const RecordedEvent& event, std::string_view data_json, std::string& out);

/// As above, with the metadata as JSON already too.
void append_event_line(const RecordedEvent& event, std::string_view data_json, std::string_view metadata_json,
                       std::string& out);

/// Appends a JSON object with all of `metadata` but id, time and organization: {"user_id": …}.
void append_metadata_json(const Metadata& metadata, std::string& out);

}  // namespace v1
}  // namespace eventstore
