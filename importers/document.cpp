#include <importers/document.hpp>

#include <eventstore/core/uuid.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <cmath>

namespace domain::importers {

namespace es = eventstore;
using std::optional, std::string;

namespace {

optional<string> as_text(es::JsonNode node) {
  switch (node.kind()) {
    case es::JsonKind::text: return string{node.text()};
    case es::JsonKind::integer:
    case es::JsonKind::large_integer:
    case es::JsonKind::number: return node.number_text();
    default: return std::nullopt;
  }
}

}  // namespace

void Members::begin(std::string_view name) {
  if (!text_.empty()) text_ += ',';
  es::append_json_string(text_, name);
  text_ += ':';
}

Members& Members::text(std::string_view name, std::string_view value) {
  begin(name);
  es::append_json_string(text_, value);
  return *this;
}

Members& Members::text_if(std::string_view name, const optional<string>& value) {
  return value ? text(name, *value) : *this;
}

Members& Members::number(std::string_view name, std::int64_t value) {
  begin(name);
  text_ += std::to_string(value);
  return *this;
}

Members& Members::time(std::string_view name, es::Timestamp value) { return text(name, value.to_string()); }

Members& Members::json(std::string_view name, const optional<es::JsonNode>& value) {
  if (!value || value->kind() == es::JsonKind::null) return *this;
  begin(name);
  value->write(text_);
  return *this;
}

Members& Members::raw(std::string_view name, std::string_view json) {
  begin(name);
  text_ += json;
  return *this;
}

optional<es::JsonNode> Taken::take(std::string_view name) {
  const auto found = object_.find(name);
  if (found) pass(name);
  return found && found->kind() != es::JsonKind::null ? found : std::nullopt;
}

optional<string> Taken::take_text(std::string_view name) {
  const auto found = object_.find(name);
  auto text = found ? as_text(*found) : std::nullopt;
  if (text || (found && found->kind() == es::JsonKind::null)) pass(name);
  return text;
}

optional<es::Timestamp> Taken::take_time(std::string_view name) {
  const auto found = object_.find(name);
  if (!found) return std::nullopt;
  if (found->kind() == es::JsonKind::null) pass(name);
  if (found->kind() != es::JsonKind::text) return std::nullopt;
  const auto time = es::Timestamp::parse(found->text());
  if (!time) return std::nullopt;
  pass(name);
  return *time;
}

optional<std::int64_t> Taken::take_whole(std::string_view name) {
  const auto found = object_.find(name);
  if (!found) return std::nullopt;
  if (found->kind() == es::JsonKind::null) pass(name);
  const bool is_double = found->kind() == es::JsonKind::number;
  constexpr double whole_max = 9e15;
  if (is_double && (std::floor(found->number()) != found->number() || std::abs(found->number()) > whole_max))
    return std::nullopt;
  if (!is_double && found->kind() != es::JsonKind::integer) return std::nullopt;
  pass(name);
  return is_double ? static_cast<std::int64_t>(found->number()) : found->integer();
}

string Taken::rest() const {
  Members rest;
  object_.each_member([&](std::string_view name, es::JsonNode value) {
    if (!told_.contains(name)) rest.json(name, value);
    return true;
  });
  return rest.empty() ? string{} : rest.object();
}

Migrated::Migrated(const es::Documented& document, string id)
    : Taken{document.root}, source_{document.source}, organization_{document.organization}, id_{std::move(id)} {
  pass("_id");
  pass("__v");  // the version of mongoose's own form, which says nothing of the document
  if (auto own = take_text("organization_id"); own && !own->empty()) organization_ = std::move(*own);
  metadata_.text("migrated_from", source_);
}

es::Result<Migrated> Migrated::begin(const es::Documented& document) {
  const auto id = document.root.find("_id");
  auto text = id ? as_text(*id) : std::nullopt;
  if (!text || text->empty())
    return es::failure(es::Errc::invalid_argument, "convert document", "_id",
                       "a document has an _id, as mongoexport prints it: without one it would be imported twice");
  return Migrated{document, std::move(*text)};
}

es::Result<string> Migrated::need_text(std::string_view name) {
  auto text = take_text(name);
  if (text && !text->empty()) return std::move(*text);
  return es::failure(es::Errc::invalid_argument, "convert document", string{name},
                     "the document has no such text: no event can tell it without");
}

es::Result<es::Timestamp> Migrated::need_time(std::string_view name) {
  if (const auto time = take_time(name)) return *time;
  return es::failure(es::Errc::invalid_argument, "convert document", string{name},
                     "the document has no such time: no event can tell it without");
}

void Migrated::note_metadata(std::string_view name, const optional<string>& value) {
  if (value && !value->empty()) metadata_.text(name, *value);
}

const string& Migrated::add(std::string_view category, std::string_view key, std::string_view type, const Members& data,
                            es::Timestamp at) {
  Members head;
  head.text("organization_id", organization_)
      .text("event_type", type)
      .raw("event_data", data.object())
      .text("aggregate_id", key)
      .text("aggregate_type", category)
      .time("created_at", at);
  const auto number = std::to_string(++numbers_[string{type}]);
  const auto name = "migrated\n" + source_ + '\n' + organization_ + '\n' + id_ + '\n' + string{type} + '\n' + number;
  auto line = head.object();
  line.pop_back();  // the metadata follows
  events_.push_back({std::move(line), es::Uuid::v5(es::eventstore_namespace, name).to_string()});
  return events_.back().id;
}

es::Converted Migrated::end() const {
  es::Converted converted;
  converted.left_out = left_out_;
  const auto rest = Taken::rest();
  constexpr std::size_t room = 4096;  // for the other members
  const bool fits = rest.size() + room <= es::free_data_bytes_max;
  if (!fits)
    converted.left_out.push_back("members that no event has are longer than metadata may be: they are left out");
  for (const auto& event : events_) {
    auto metadata = metadata_;
    metadata.text("migrated_id", id_);
    const bool is_first = &event == &events_.front();
    if (is_first && fits && !rest.empty()) metadata.raw("rest", rest);
    converted.lines.push_back(event.head + ",\"metadata\":" + metadata.object() + ",\"event_id\":\"" + event.id +
                              "\"}");
  }
  return converted;
}

}  // namespace domain::importers
