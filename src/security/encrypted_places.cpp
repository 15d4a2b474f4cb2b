#include "encrypted_places.hpp"

#include <eventstore/schema/detail/blank_value.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::security {
namespace {

constexpr int nesting_max = 64;  // as in descriptors

class Finder {
 public:
  Finder(BytesView data, std::vector<EncryptedPlace>& found) : in_{data}, whole_{data.size()}, found_{found} {}

  void record(const Type& type, std::string_view inherited, const std::string& path, int depth) {
    if (depth > nesting_max) is_too_deep_ = true;
    if (!ok()) return;
    const auto subjects = subjects_of(type);
    const auto own = marked_subject(type, subjects);
    const std::string_view subject = own.empty() ? inherited : own;
    for (std::size_t i = 0; ok() && i < type.fields.size(); ++i) {
      const auto& field = type.fields[i];
      if (!field.attributes.has(personal) && !has_encrypted_values(field.type)) {
        in_.value(field.type);
        continue;
      }
      const auto field_path = path.empty() ? field.name : path + '.' + field.name;
      const auto named = named_subject(type, field, subjects);
      const auto its_subject = named.empty() ? subject : std::string_view{named};
      if (field.attributes.has(personal))
        take(field.type, field.default_value ? &*field.default_value : nullptr, its_subject, field_path);
      else
        value(field.type, its_subject, field_path, depth + 1);
    }
  }

  [[nodiscard]] bool ok() const { return in_.ok() && !is_too_deep_; }
  [[nodiscard]] bool done() const { return in_.done() && !is_too_deep_; }

 private:
  // A value that is not encrypted as a whole, and may have parts that are.
  void value(const Type& type, std::string_view subject, const std::string& path, int depth) {
    if (depth > nesting_max) is_too_deep_ = true;
    if (!ok()) return;
    switch (type.kind) {
      case Kind::secret_text: return take(type, nullptr, subject, path);
      case Kind::record: return record(type, subject, path, depth);
      case Kind::optional:
        if (in_.number<std::uint8_t>() != 0) value(type.element(), subject, path, depth + 1);
        return;
      case Kind::variant:
        if (const auto* chosen = in_.alternative(type)) record(chosen->type, subject, path, depth + 1);
        return;
      case Kind::array: return elements(type, type.count, subject, path, depth);
      case Kind::list: return elements(type, count(), subject, path, depth);
      case Kind::map:
        for (auto left = count(); ok() && left > 0; --left) {
          auto entry_path = path + '[';
          append_json_string(entry_path, in_.text());
          value(type.element(), subject, entry_path + ']', depth + 1);
        }
        return;
      default: in_.value(type);
    }
  }
  void elements(const Type& type, std::uint32_t count, std::string_view subject, const std::string& path, int depth) {
    for (std::uint32_t i = 0; ok() && i < count; ++i)
      value(type.element(), subject, fmt::format("{}[{}]", path, i), depth + 1);
  }
  std::uint32_t count() {
    const auto count = in_.number<std::uint32_t>();
    if (count > in_.remaining()) is_too_deep_ = true;  // as in BytesReader: the bytes cannot back it
    return count;
  }

  void take(const Type& type, const Bytes* blank, std::string_view subject, const std::string& path) {
    const auto offset = whole_ - in_.remaining();
    const auto bytes = in_.value(type);
    if (ok()) found_.push_back({offset, bytes.size(), &type, blank, path, std::string{subject}});
  }

  // The texts of the fields that name subjects, by the fields' places: read ahead, since they may come later.
  std::vector<std::string> subjects_of(const Type& type) {
    std::vector<std::string> subjects;
    for (const auto& field : type.fields) {
      const bool is_asked_for = field.attributes.has(subject_id) || !field.attributes.subject.empty();
      if (is_asked_for) return read_subjects(type);
    }
    return subjects;
  }
  std::vector<std::string> read_subjects(const Type& type) {
    auto ahead = in_;
    std::vector<std::string> subjects;
    for (const auto& field : type.fields) subjects.push_back(subject_in(field.type, ahead.value(field.type)));
    return subjects;
  }
  static std::string subject_in(const Type& type, BytesView bytes) {
    BytesReader in{bytes};
    switch (type.kind) {
      case Kind::optional:
        return in.number<std::uint8_t>() == 0 ? std::string{} : subject_in(type.element(), bytes.subspan(1));
      case Kind::text: return std::string{in.text()};
      case Kind::uuid: {
        Uuid id;
        if (bytes.size() == id.octets.size()) std::memcpy(id.octets.data(), bytes.data(), bytes.size());
        return id.to_string();
      }
      case Kind::int64: return std::to_string(in.number<std::int64_t>());
      case Kind::uint64: return std::to_string(in.number<std::uint64_t>());
      default: return {};
    }
  }
  static std::string marked_subject(const Type& type, const std::vector<std::string>& subjects) {
    for (std::size_t i = 0; i < subjects.size(); ++i)
      if (type.fields[i].attributes.has(subject_id)) return subjects[i];
    return {};
  }
  static std::string named_subject(const Type& type, const Field& field, const std::vector<std::string>& subjects) {
    if (field.attributes.subject.empty()) return {};
    for (std::size_t i = 0; i < subjects.size(); ++i)
      if (type.fields[i].name == field.attributes.subject) return subjects[i];
    return {};
  }

  BytesReader in_;
  std::size_t whole_;
  std::vector<EncryptedPlace>& found_;
  bool is_too_deep_ = false;
};

}  // namespace

Result<std::vector<EncryptedPlace>> encrypted_places(const Schema& schema, BytesView data) {
  std::vector<EncryptedPlace> found;
  found.reserve(schema.type.fields.size());
  Finder finder{data, found};
  finder.record(schema.type, {}, {}, 0);
  if (!finder.done())
    return failure(Errc::corrupt_record, "encrypt " + schema.name, {}, "the data is no value of its schema");
  return found;
}

bool is_blank(const EncryptedPlace& place, BytesView data) {
  Bytes blank;
  append_blank(place, blank);
  return std::ranges::equal(blank, data.subspan(place.offset, place.size));
}

void append_blank(const EncryptedPlace& place, Bytes& out) { append_blank(*place.type, place.blank, out); }

}  // namespace eventstore::security
