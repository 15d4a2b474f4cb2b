
#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/schema/detail/canonical_data.hpp>
#include <eventstore/schema/detail/first_defaults.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/detail/plain_json.hpp>
#include <eventstore/schema/detail/repeated_member.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "decimal.hpp"
#include "line_form.hpp"
#include "line_members.hpp"
#include "missing_fields.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> malformed(std::string_view field, std::string reason) {
  return failure(Errc::invalid_argument, "read event line", std::string{field}, std::move(reason));
}

// What is said of a time without a zone, with the option that lines have and other times have not.
std::string with_option(std::string detail) {
  if (detail.ends_with("write Z or an offset like +01:00 behind it")) detail += ", or give all of them one with --zone";
  return detail;
}

Result<std::string_view> required_text(const LineMembers& members, LineField field) {
  const auto& node = members.find(field);  // there: check_required saw it
  if (node->kind() != JsonKind::text) return malformed(to_string(field), "wrong type: expected text");
  if (node->text().empty()) return malformed(to_string(field), "empty");
  return node->text();
}

Result<std::string_view> name_of(const LineMembers& members, LineField field) {
  EVENTSTORE_TRY_ASSIGN(const std::string_view text, required_text(members, field));
  if (text.size() > name_bytes_max) return malformed(to_string(field), "expected 1 to 200 bytes of printable UTF-8");
  if (const auto hidden = find_hidden(text))
    return malformed(
        to_string(field),
        fmt::format("the character {} cannot be seen: a name has only characters that show", hidden->describe()));
  return text;
}

std::string* known_member(Metadata& metadata, std::string_view name) {
  if (name == "user_id") return &metadata.user_id;
  if (name == "ip_address") return &metadata.ip_address;
  if (name == "user_agent") return &metadata.user_agent;
  if (name == "correlation_id") return &metadata.correlation_id;
  if (name == "causation_id") return &metadata.causation_id;
  return nullptr;
}

// Metadata that tells about a person, which a line may have encrypted.
bool may_be_encrypted(std::string_view name) { return name == "ip_address" || name == "user_agent" || name == "extra"; }

Result<void> read_metadata(JsonNode node, EventLine& line) {
  auto& metadata = line.metadata;
  if (node.kind() == JsonKind::null) return {};
  if (node.kind() != JsonKind::object) return malformed("metadata", "wrong type: expected an object");
  std::string_view wrong;
  node.each_member([&](std::string_view name, JsonNode value) {
    if (EncryptedJson taken; may_be_encrypted(name) && read_encrypted(value, taken)) {
      taken.path = fmt::format("metadata.{}", name);
      line.encrypted_metadata.push_back(std::move(taken));
    } else if (auto* const known = known_member(metadata, name)) {
      if (value.kind() == JsonKind::text)
        *known = value.text();
      else if (value.kind() != JsonKind::null)
        wrong = name;
    } else {
      metadata.extra += metadata.extra.empty() ? '{' : ',';
      append_json_string(metadata.extra, name);
      metadata.extra += ':';
      value.write(metadata.extra);
    }
    return wrong.empty();
  });
  if (!wrong.empty()) return malformed(fmt::format("metadata.{}", wrong), "wrong type: expected text");
  if (!metadata.extra.empty()) metadata.extra += '}';
  if (metadata.extra.size() > free_data_bytes_max)
    return failure(Errc::too_large, "read event line", "metadata",
                   fmt::format("free data is {} bytes, the limit is {}", metadata.extra.size(), free_data_bytes_max));
  return {};
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the parser lets JSON be
bool holds_encrypted(JsonNode node) {
  EncryptedJson taken;
  if (read_encrypted(node, taken) || is_erased_value(node)) return true;
  if (node.kind() == JsonKind::array) return !node.each_element([](JsonNode each) { return !holds_encrypted(each); });
  return node.kind() == JsonKind::object &&
         !node.each_member([](std::string_view, JsonNode each) { return !holds_encrypted(each); });
}

Result<void> read_version(JsonNode node, EventLine& line) {
  if (node.kind() == JsonKind::null) return {};
  const auto number = Decimal::parse(node.number_text());
  const auto version = number ? number->as_integer<std::int64_t>() : std::nullopt;
  if (!version || *version < 1) return malformed("version", "expected a whole number from 1");
  line.version = Version{static_cast<std::uint64_t>(*version)};
  return {};
}

}  // namespace

Result<EventLine> EventLineReader::read(std::string_view line) {
  auto root = parse(line);
  if (!root) {
    root.error().during = "read event line";
    if (const auto form = other_form_of(line); root.error().where.empty() && !form.empty())
      root.error().detail = fmt::format("malformed JSON: {}", form);
    return failure_of(root);
  }
  if (root->kind() != JsonKind::object) return malformed("", "expected one JSON object a line");
  LineMembers members;
  if (const auto unknown = members.take(*root)) return malformed(shown_value(*unknown), "unknown field");
  return read(members);
}

Result<JsonNode> EventLineReader::parse(std::string_view line) {
  EVENTSTORE_TRY_ASSIGN(const JsonNode root, document_.parse(line));
  EVENTSTORE_TRY(check_members(root));
  if (line.find("\"$") == std::string_view::npos) return root;
  scratch_.clear();
  EVENTSTORE_TRY(write_plain(root, scratch_));
  return plain_document_.parse(scratch_);
}

Result<void> EventLineReader::check_required(const LineMembers& members) const {
  const bool has_stream =
      defaults_.stream && !members.find(LineField::aggregate_type) && !members.find(LineField::aggregate_id);
  std::vector<std::string> missing;
  for (const auto field : {LineField::aggregate_type, LineField::aggregate_id, LineField::event_type,
                           LineField::created_at, LineField::event_data}) {
    const bool is_stream = field == LineField::aggregate_type || field == LineField::aggregate_id;
    const bool stands_in = (is_stream && has_stream) || (field == LineField::created_at && defaults_.created_at);
    if (!members.find(field) && !stands_in) missing.emplace_back(to_string(field));
  }
  if (missing.empty()) return {};
  return malformed(missing.front(), describe_missing(missing));
}

Result<EventLine> EventLineReader::read(const LineMembers& members) {
  EVENTSTORE_TRY(check_required(members));
  EVENTSTORE_TRY_ASSIGN(StreamId stream, read_stream(members));
  EventLine line{std::move(stream), {}, {}, defaults_.metadata, nullptr, {}, {}};
  line.metadata.event_id = {};
  EVENTSTORE_TRY_ASSIGN(line.type, name_of(members, LineField::event_type));
  EVENTSTORE_TRY(read_times_and_ids(members, line));
  if (const auto& version = members.find(LineField::version)) EVENTSTORE_TRY(read_version(*version, line));
  if (const auto& metadata = members.find(LineField::metadata)) EVENTSTORE_TRY(read_metadata(*metadata, line));
  encode_tagged(line.metadata, line.tagged);
  const auto& data = members.find(LineField::event_data);
  EVENTSTORE_TRY(read_data(*data, line));
  if (line.metadata.event_id != EventId{}) return line;
  if (line.has_encrypted())
    return malformed("event_id", "missing field: encrypted values belong to one event, which the line must name");
  derive_id(*data, line);
  return line;
}

Result<StreamId> EventLineReader::read_stream(const LineMembers& members) const {
  if (defaults_.stream && !members.find(LineField::aggregate_type) && !members.find(LineField::aggregate_id))
    return *defaults_.stream;
  EVENTSTORE_TRY_ASSIGN(const std::string_view category, required_text(members, LineField::aggregate_type));
  EVENTSTORE_TRY_ASSIGN(const std::string_view key, required_text(members, LineField::aggregate_id));
  auto stream = StreamId::of(category, key);
  if (!stream) return malformed(check_category(category) ? "aggregate_id" : "aggregate_type", stream.error().detail);
  if (defaults_.stream && *stream != *defaults_.stream)
    return malformed("aggregate_id",
                     fmt::format("the line is for {}, not {}", stream->text(), defaults_.stream->text()));
  return stream;
}

Result<void> EventLineReader::read_times_and_ids(const LineMembers& members, EventLine& line) const {
  if (defaults_.created_at && !members.find(LineField::created_at)) {
    line.metadata.created_at = *defaults_.created_at;
    line.states_time = false;
  } else {
    EVENTSTORE_TRY_ASSIGN(const std::string_view created_at, required_text(members, LineField::created_at));
    const auto time = Timestamp::parse(created_at, defaults_.zone.get());
    if (!time)
      return malformed("created_at", with_option(fmt::format("{}: {}", time.error().where, time.error().detail)));
    line.metadata.created_at = *time;
  }
  if (const auto& organization = members.find(LineField::organization_id);
      organization && organization->kind() != JsonKind::null) {
    EVENTSTORE_TRY_ASSIGN(line.metadata.organization, name_of(members, LineField::organization_id));
  }
  if (const auto& id = members.find(LineField::event_id); id && id->kind() != JsonKind::null) {
    const auto uuid = Uuid::parse(id->text());
    if (!uuid || uuid->is_nil()) return malformed("event_id", "expected a UUID");
    line.metadata.event_id = EventId{*uuid};
  }
  return {};
}

Result<void> EventLineReader::read_data(JsonNode data, EventLine& line) {
  const auto category = line.stream.category();
  line.schema = event_types_.find(category, line.type);
  if (line.schema == nullptr) {
    if (unknown_ == UnknownTypes::refuse)
      return failure(Errc::unknown_event_type, "read event line", line.stream.text(),
                     fmt::format("this build does not know {}; {} (--raw keeps the data as JSON)", line.type,
                                 event_types_.known_types(category)));
    return read_raw_data(data, line);
  }
  auto read =
      json_to_bytes(line.schema->type, data, line.data, {.zone = defaults_.zone.get(), .encrypted = &line.encrypted});
  if (!read) {
    auto error = std::move(read.error());
    error.during = "read event line";
    error.detail = with_option(std::move(error.detail));
    error.where = error.where.empty() ? "event_data" : "event_data." + error.where;
    return failure(std::move(error));
  }
  return line.has_encrypted() ? Result<void>{} : read_first_data(data, line);
}

Result<void> EventLineReader::read_raw_data(JsonNode data, EventLine& line) {
  if (holds_encrypted(data))
    return malformed("event_data",
                     "has encrypted or erased values, which need the event's type: use a build that knows it");
  scratch_.clear();
  data.write(scratch_);
  const auto bytes = as_bytes(scratch_);
  line.data.assign(bytes.begin(), bytes.end());
  return {};
}

Result<void> EventLineReader::read_first_data(JsonNode data, EventLine& line) {
  const auto [known, is_new] = has_other_first_defaults_.try_emplace(line.schema);
  if (is_new) known->second = has_other_first_defaults(line.schema->type);
  if (!known->second) return {};
  std::vector<EncryptedJson> none;  // erased values may be there
  EVENTSTORE_TRY(json_to_bytes(line.schema->type, data, line.first_data,
                               {.zone = defaults_.zone.get(), .first_defaults = true, .encrypted = &none}));
  if (line.first_data == line.data) line.first_data.clear();
  return {};
}

// From the data as it is, and not as it was spelled.
void EventLineReader::derive_id(JsonNode data, EventLine& line) {
  line.has_derived_id = true;
  const auto first_id = [&](std::string_view text) {
    line.occurrence = 1;
    return derived_id(line, text);
  };
  const auto its_own = [&](EventId id, std::string_view text, LineOccurrences& occurrences) {
    line.occurrence = line.version ? 1 : occurrences.count(id.uuid);
    return line.occurrence > 1 ? derived_id(line, text) : id;
  };
  std::string text;
  if (line.schema == nullptr)
    data.write_canonical(text);
  else
    write_canonical_data(line.schema->type, line.first_data.empty() ? line.data : line.first_data, text);
  const auto id = first_id(text);
  if (former_ids_ == FormerIds::derive && line.schema != nullptr) {
    std::string former;
    data.write_canonical(former);
    line.former_id = its_own(former == text ? id : first_id(former), former, former_occurrences_);
  }
  line.metadata.event_id = its_own(id, text, occurrences_);
  if (line.former_id == line.metadata.event_id) line.former_id = {};
}

}  // namespace v1
}  // namespace eventstore
