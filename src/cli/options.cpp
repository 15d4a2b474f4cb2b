#include "options.hpp"

#include <eventstore/app/describe.hpp>
#include <eventstore/app/word.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <stdexcept>

#include "command.hpp"
#include "spelling.hpp"

namespace eventstore::cli {
namespace {

bool names(const std::vector<std::string>& fields, const std::string& field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

void check_by_type(CLI::Option& option, const Type& type, int place = -1) {
  const auto check = [&type](const std::string& word) -> std::string {
    const auto read = app::check_word(type, app::spelled(type, word));
    return read ? "" : read.error().detail;
  };
  option.check(CLI::Validator{check, ""}.application_index(place));
}

// An option whose type is a record takes a word for each field: --replace 3 '{"agent_id":"a-2"}'.
void take_fields(CLI::Option& option, const Type& record) {
  std::string names;
  int place = 0;
  for (const auto& field : record.fields) {
    names += (names.empty() ? "" : " ") + argument_of(field.name);
    check_by_type(option, field.type, place++);
  }
  option.type_name(names)->type_size(place);
}

using Word = std::vector<std::string>::const_iterator;

// The value that begins with the word, and the next word that belongs to none.
std::string value_of(const Type& type, Word& word) {
  if (type.kind != Kind::record) {
    auto value = app::json_of_word(type, app::spelled(type, *word));
    ++word;
    return value;
  }
  std::string object{"{"};
  for (const auto& field : type.fields) {
    if (object.size() > 1) object += ',';
    append_json_string(object, field.name);
    object += ':' + value_of(field.type, word);
  }
  return object + '}';
}

}  // namespace

Options::Options(const Schema& parameters) : parameters_{parameters} { gather(parameters.type); }

void Options::gather(const Type& record) {
  for (const auto& field : record.fields)
    if (field.attributes.has(flattened))
      gather(field.type);
    else
      given_.push_back({&field});
}

CLI::Option* Options::add(CLI::App& command, Given& given, const Layout& layout, const Model& model) {
  const auto& field = *given.field;
  const auto take = [&given](const std::vector<std::string>& words) {
    given.words = words;
    return true;
  };
  const auto help = app::filled_in(field.attributes.help, model);
  const bool has_default = field.default_value || field.type.kind == Kind::optional;
  if (field.type.kind == Kind::boolean)
    return command.add_flag_callback(
        option_of(field.name), [&given] { given.words = {"true"}; }, help);
  const bool is_option = has_default ? !names(layout.arguments, field.name) : names(layout.options, field.name);
  auto* const option = command.add_option(is_option ? option_of(field.name) : argument_of(field.name), take, help);
  if (!is_option) arguments_.push_back(option);
  option->required(!has_default || names(layout.required, field.name));
  const bool goes_without_saying = !is_option && app::word_type(field).kind == Kind::text;
  option->type_name(goes_without_saying ? "" : app::shown_type(app::word_type(field)));
  option->default_str(option->get_required() ? "" : app::shown_default(field));
  if (field.type.kind == Kind::list)
    option->expected(is_option ? 1 : CLI::detail::expected_max_vector_size)->take_all();
  if (app::word_type(field).kind == Kind::record)
    take_fields(*option, app::word_type(field));
  else
    check_by_type(*option, app::word_type(field));
  return option;
}

void Options::add_to(CLI::App& command, const Layout& layout, const Model& model) {
  std::map<std::string, CLI::Option*> options;
  for (auto& given : given_) options.emplace(given.field->name, add(command, given, layout, model));
  const auto find = [&](const std::string& field) {
    const auto found = options.find(field);
    if (found == options.end())
      throw std::logic_error{"the layout of " + command.get_name() + " names " + field + ", which it does not have"};
    return found->second;
  };
  for (const auto* const fields : {&layout.arguments, &layout.options, &layout.required})
    std::for_each(fields->begin(), fields->end(), find);
  for (const auto& [one, other] : layout.exclusive) find(one)->excludes(find(other));
}

std::vector<std::string> Options::arguments() const {
  std::vector<std::string> words;
  for (const auto* const argument : arguments_)
    for (const auto& word : argument->results()) words.push_back(word);
  return words;
}

bool Options::has(std::string_view field) const {
  return std::any_of(given_.begin(), given_.end(),
                     [&](const Given& given) { return given.field->name == field && !given.words.empty(); });
}

Result<Bytes> Options::bytes() const {
  std::string object{"{"};
  for (const auto& [field, words] : given_) {
    if (words.empty()) continue;
    const auto& type = app::word_type(*field);
    std::vector<std::string> values;
    for (auto word = words.begin(); word != words.end();) values.push_back(value_of(type, word));
    if (object.size() > 1) object += ',';
    append_json_string(object, field->name);
    const bool is_list = app::without_optional(field->type).kind == Kind::list;
    object += is_list ? fmt::format(":[{}]", fmt::join(values, ",")) : ":" + values.back();
  }
  return json_to_bytes(parameters_.type, object + "}");
}

}  // namespace eventstore::cli
