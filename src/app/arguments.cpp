#include <eventstore/app/arguments.hpp>
#include <eventstore/app/word.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <algorithm>
#include <map>

namespace eventstore::app {
namespace {

// Whether a value of the field may tell something about a person, or be a secret: then no message quotes it.
bool is_private(const Field& field);

bool has_private(const Type& type) {
  return type.kind == Kind::secret_text || std::any_of(type.of.begin(), type.of.end(), has_private) ||
         std::any_of(type.fields.begin(), type.fields.end(), is_private);
}

bool is_private(const Field& field) { return field.attributes.has(personal) || has_private(field.type); }

// A value of the field. Errors: as check_word, without the value where it is private.
Result<void> check_value(const Field& field, const std::string& value) {
  if (!is_private(field)) return check_word(field.type, value);
  const auto read = json_to_bytes(field.type, json_of_word(field.type, value));
  if (!read) return tl::make_unexpected(read.error());
  return {};
}

class Reader {
 public:
  explicit Reader(const Schema& parameters) : parameters_{parameters} {}

  Result<void> read(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool dashed = words[i].starts_with("--");
      std::string word = dashed ? words[i].substr(2) : words[i];
      const auto equals = word.find('=');
      const auto name = field_name(word.substr(0, equals));
      if (equals != std::string::npos && (dashed || parameters_.type.field(name) != nullptr)) {
        EVENTSTORE_TRY(set(name, word.substr(equals + 1)));
      } else if (dashed) {
        if (i + 1 == words.size()) return wrong(name, "a value is missing");
        EVENTSTORE_TRY(set(name, words[++i]));
      } else {
        EVENTSTORE_TRY(set_next(word));
      }
    }
    return {};
  }

  [[nodiscard]] std::string json() const {
    std::string object{"{"};
    for (const auto& [name, value] : values_) {
      if (object.size() > 1) object += ',';
      append_json_string(object, name);
      object += ':' + value;
    }
    return object + "}";
  }

 private:
  static std::string field_name(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
  }
  Result<void> set(const std::string& name, const std::string& value) {
    const auto* const field = parameters_.type.field(name);
    if (field == nullptr) return wrong(name, "no such parameter");
    if (const auto read = check_value(*field, value); !read) {
      const auto& problem = read.error();
      return wrong(field->name + (problem.where.empty() ? "" : "." + problem.where), problem.detail);
    }
    if (!values_.emplace(name, json_of_word(field->type, value)).second) return wrong(name, "given twice");
    return {};
  }
  Result<void> set_next(const std::string& value) {
    for (const auto& field : parameters_.type.fields)
      if (!values_.contains(field.name)) return set(field.name, value);
    return wrong(value, "one value too many");
  }
  [[nodiscard]] tl::unexpected<Error> wrong(const std::string& name, const std::string& reason) const {
    return failure(Errc::invalid_argument, "read parameters", name,
                   reason + "; the parameters are " + describe_parameters(parameters_));
  }

  const Schema& parameters_;
  std::map<std::string, std::string> values_;
};

}  // namespace

Result<Bytes> read_arguments(const Schema& parameters, const std::vector<std::string>& words) {
  Reader reader{parameters};
  EVENTSTORE_TRY(reader.read(words));
  auto bytes = json_to_bytes(parameters.type, reader.json());
  if (!bytes) {
    bytes.error().during = "read parameters";
    bytes.error().detail += "; the parameters are " + describe_parameters(parameters);
  }
  return bytes;
}

std::string describe_parameters(const Schema& parameters) {
  std::string text;
  for (const auto& field : parameters.type.fields) {
    if (!text.empty()) text += ' ';
    if (field.type.kind == Kind::optional) {
      text += "[" + field.name + "]";
    } else if (field.default_value) {
      std::string value;
      (void)bytes_to_json(field.type, *field.default_value, value);
      text += "[" + field.name + "=" + value + "]";
    } else {
      text += field.name;
    }
  }
  return text.empty() ? "none" : text;
}

}  // namespace eventstore::app
