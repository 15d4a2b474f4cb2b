#include <eventstore/app/env_file.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::app {
namespace {

constexpr std::string_view env_blanks = " \t";

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_in_name(char c) { return begins_name(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; }

// The character that a backslash and `c` stand for within double quotes; 0 where they stand for themselves.
char escaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '"':
    case '\'':
    case '\\':
    case '$': return c;
    default: return '\0';
  }
}

class EnvText {
 public:
  EnvText(std::string_view text, const std::string& path) : text_{text}, path_{path} {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  }

  Result<std::vector<EnvVariable>> read() {
    std::vector<EnvVariable> all;
    while (!text_.empty()) {
      pass(env_blanks);
      if (at_line_end() || text_.front() == '#') {
        pass_line();
        continue;
      }
      begun_ = line_;
      EVENTSTORE_TRY_ASSIGN(auto variable, variable_here());
      all.push_back(std::move(variable));
    }
    return all;
  }

 private:
  Result<EnvVariable> variable_here() {
    if (const auto word = name_here(); word == "export" && !text_.empty() && is_blank(text_.front()))
      pass(env_blanks);
    else
      text_ = {word.data(), word.size() + text_.size()};
    EnvVariable variable{std::string{name_here()}, {}};
    pass(env_blanks);
    if (variable.name.empty() || !begins_name(variable.name.front()) || text_.empty() || text_.front() != '=')
      return wrong("the line is no NAME=value: write a # before a comment, and a name of letters, digits and _");
    text_.remove_prefix(1);
    const auto blank = text_.substr(0, text_.find_first_not_of(env_blanks));
    pass(env_blanks);
    if (!text_.empty() && (text_.front() == '"' || text_.front() == '\'')) {
      EVENTSTORE_TRY_ASSIGN(variable.value, quoted_here());
    } else {
      variable.value = plain_here(!blank.empty());
    }
    if (variable.value.find('\0') != std::string::npos)
      return wrong("the value has a zero byte: the file is no text, or another encoding than UTF-8");
    pass_line();
    return variable;
  }

  // The letters of a name, which may be none.
  std::string_view name_here() {
    const auto end = std::find_if_not(text_.begin(), text_.end(), is_in_name);
    const auto name = text_.substr(0, static_cast<std::size_t>(end - text_.begin()));
    text_.remove_prefix(name.size());
    return name;
  }

  std::string plain_here(bool follows_blank) {
    auto value = text_.substr(0, text_.find('\n'));
    for (std::size_t i = 0; i < value.size(); ++i)
      if (value[i] == '#' && (i == 0 ? follows_blank : is_blank(value[i - 1]))) value = value.substr(0, i);
    const auto last = value.find_last_not_of(" \t\r");
    return std::string{value.substr(0, last == std::string_view::npos ? 0 : last + 1)};
  }

  Result<std::string> quoted_here() {
    const char quote = take();
    std::string value;
    while (!text_.empty() && text_.front() != quote) {
      char c = take();
      if (c == '\n') ++line_;
      if (c == '\r' && !text_.empty() && text_.front() == '\n') continue;  // a line end is \n on every system
      if (c == '\\' && !text_.empty()) {
        const bool stands_for_other =
            quote == '"' ? escaped(text_.front()) != '\0' : text_.front() == '\'' || text_.front() == '\\';
        if (stands_for_other) c = quote == '"' ? escaped(take()) : take();
      }
      value += c;
    }
    if (text_.empty()) return wrong("the quotation mark that opens the value has none that closes it");
    text_.remove_prefix(1);
    const auto before = text_.size();
    pass(env_blanks);
    if (at_line_end() || (text_.front() == '#' && text_.size() < before)) return value;
    return wrong(
        "text follows the quotation mark that closes the value: write \\ before a quotation mark within it, and a "
        "blank before a comment");
  }

  static bool is_blank(char c) { return env_blanks.find(c) != std::string_view::npos; }
  [[nodiscard]] bool at_line_end() const { return text_.empty() || text_.front() == '\n' || text_.starts_with("\r\n"); }
  char take() {
    const char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }
  void pass(std::string_view characters) {
    text_.remove_prefix(std::min(text_.find_first_not_of(characters), text_.size()));
  }
  void pass_line() {
    const auto end = text_.find('\n');
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
    ++line_;
  }
  [[nodiscard]] tl::unexpected<Error> wrong(const char* why) const {
    return failure(Errc::invalid_argument, "read settings", fmt::format("{}, line {}", path_, begun_), why);
  }

  std::string_view text_;  // that is left
  const std::string& path_;
  std::uint64_t line_ = 1;
  std::uint64_t begun_ = 1;  // the line on which the present variable begins
};

}  // namespace

Result<std::vector<EnvVariable>> read_env_text(std::string_view text, const std::string& path) {
  return EnvText{text, path}.read();
}

}  // namespace eventstore::app
