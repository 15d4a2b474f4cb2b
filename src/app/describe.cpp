#include <eventstore/app/arguments.hpp>
#include <eventstore/app/describe.hpp>
#include <eventstore/app/word.hpp>
#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::app {
namespace {

std::string spoken(const Type& type);

// "objects" in "list of objects".
std::string spoken_elements(const Type& type) {
  const auto text = spoken(type.element());
  return text.starts_with("object") ? "objects" + text.substr(6) : text;
}

std::string spoken(const Type& type) {
  switch (type.kind) {
    case Kind::optional: return spoken(type.element());
    case Kind::boolean: return "true or false";
    case Kind::json: return "any JSON";
    case Kind::secret_text: return "text, which is never shown again";
    case Kind::record: return "object";
    case Kind::enumeration: return fmt::format("one of {}", fmt::join(type.enumerators, ", "));
    case Kind::list: return "list of " + spoken_elements(type);
    case Kind::set: return "set of " + spoken_elements(type);
    case Kind::map: return "object with members of " + spoken_elements(type);
    case Kind::array: return fmt::format("list of {} of {}", type.count, spoken_elements(type));
    case Kind::variant: {
      std::vector<std::string> kinds;
      for (const auto& alternative : type.fields) kinds.push_back(alternative.name);
      return fmt::format("object with a kind, {}", fmt::join(kinds, " or "));
    }
    default: return describe(type);
  }
}

std::string need_of(const Field& field) {
  if (field.type.kind == Kind::optional) return "optional";
  if (!field.default_value) return "required";
  std::string value;
  (void)bytes_to_json(field.type, *field.default_value, value);
  return "default " + value;
}

// The fields of a record, and of the records in it, each with its path.
class FieldLines {
 public:
  void add(const Type& record, const std::string& prefix = {}) {
    for (const auto& field : record.fields) {
      const bool is_flat = is_flattened(field);
      if (is_flat) {
        add(field.type, prefix);
      } else {
        line(prefix + field.name, field);
        add_within(field.type, prefix + field.name);
      }
    }
  }
  [[nodiscard]] std::string text() const {
    std::size_t width = 0;
    for (const auto& [path, rest] : lines_) width = std::max(width, path.size());
    std::string text;
    for (const auto& [path, rest] : lines_) text += fmt::format("    {:<{}}  {}\n", path, width, rest);
    return text;
  }

 private:
  void line(std::string path, const Field& field) {
    auto rest = fmt::format("{}, {}", spoken(field.type), need_of(field));
    if (!field.attributes.help.empty()) rest += fmt::format(": {}", field.attributes.help);
    lines_.emplace_back(std::move(path), std::move(rest));
  }
  void add_within(const Type& type, const std::string& path) {
    switch (type.kind) {
      case Kind::optional: return add_within(type.element(), path);
      case Kind::list:
      case Kind::array: return add_within(type.element(), path + "[]");
      case Kind::map: return add_within(type.element(), path + ".*");
      case Kind::record: return add(type, path + ".");
      case Kind::variant:
        for (const auto& alternative : type.fields)
          add(alternative.type, fmt::format("{}({}).", path, alternative.name));
        return;
      default: return;
    }
  }

  std::vector<std::pair<std::string, std::string>> lines_;
};

std::string fields_of(const Schema& schema) {
  FieldLines lines;
  lines.add(schema.type);
  return lines.text();
}

std::string_view needs(const CommandType& command) {
  switch (command.needs) {
    case StreamNeed::none: return "opens a new stream";
    case StreamNeed::existing: return "needs an existing stream";
    case StreamNeed::either: break;
  }
  return "opens a stream or continues it";
}

const std::string& word_at(const std::vector<std::string>& words, std::size_t place) {
  static const std::string none;
  return place < words.size() ? words[place] : none;
}

void replace_all(std::string& text, std::string_view mark, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += by.size())
    text.replace(at, mark.size(), by);
}

}  // namespace

std::string filled_in(std::string_view help, const Model& model) {
  const auto* const first = model.aggregates.empty() ? nullptr : &model.aggregates.front();
  const auto category = first == nullptr ? std::string{"category"} : first->category;
  std::string text{help};
  replace_all(text, "{stream}", category + "-7");
  replace_all(text, "{category}", category);
  replace_all(text, "{event}", first == nullptr || first->events.empty() ? "Event" : first->events.front()->name);
  return text;
}

std::string describe_commands(const Model& model, const std::vector<std::string>& words) {
  const auto category = word_at(words, 0).substr(0, word_at(words, 0).find('-'));
  const bool is_known = std::any_of(model.aggregates.begin(), model.aggregates.end(),
                                    [&](const AggregateType& each) { return each.has_category(category); });
  std::string text;
  for (const auto& aggregate : model.aggregates) {
    if (aggregate.commands.empty() || (is_known && !aggregate.has_category(category))) continue;
    const auto* const asked = is_known ? aggregate.command(word_at(words, 1)) : nullptr;
    text += fmt::format("Commands of {}:\n", aggregate.category);
    for (const auto& command : aggregate.commands)
      if (asked == nullptr || asked == &command)
        text += fmt::format("  {}: {}\n{}", command.name, needs(command), fields_of(*command.schema));
  }
  return text.empty() ? "There are no commands.\n" : text;
}

std::string describe_functions(const Model& model, bool recording, const std::vector<std::string>& words) {
  std::string text{"Functions, each with its parameters:\n"};
  for (const auto& function : model.functions) {
    if (records(function) != recording) continue;
    const auto line = fmt::format("  {} {}\n", name_of(function), describe_parameters(parameters_of(function)));
    if (name_of(function) == word_at(words, 0)) return "Function:\n" + line + fields_of(parameters_of(function));
    text += line;
  }
  return text;
}

}  // namespace eventstore::app
