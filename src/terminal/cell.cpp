#include "cell.hpp"

#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/schema/changes_text.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace eventstore::terminal {
namespace {

constexpr std::size_t lines_max = 12;  // of one cell

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::string plain(JsonNode value) {
  if (value.kind() == JsonKind::text) return std::string{value.text()};
  std::string text;
  value.write(text);
  return text;
}

bool is_object(const std::optional<JsonNode>& node) { return node && node->kind() == JsonKind::object; }

void write_outline(JsonNode object, const std::string& indent, std::string& out) {
  std::size_t widest = 0;
  object.each_member([&](std::string_view name, JsonNode) {
    widest = std::max(widest, width_of(std::string{name}));
    return true;
  });
  object.each_member([&](std::string_view name, JsonNode value) {
    const auto label = indent + made_visible(name);
    bool nested = false;
    if (value.kind() == JsonKind::object)
      value.each_member([&](std::string_view, JsonNode) { return !(nested = true); });
    bool listed = false;
    if (value.kind() == JsonKind::array)
      value.each_element([&](JsonNode element) { return !(listed = element.kind() == JsonKind::object); });
    if (nested) {
      out += label + '\n';
      write_outline(value, indent + "  ", out);
    } else if (listed) {
      out += label + '\n';
      value.each_element([&](JsonNode element) {
        out += indent + "  " + shown(plain(element)) + '\n';
        return true;
      });
    } else {
      out += padded(label, indent.size() + widest) + "  " + cell_text(value) + '\n';
    }
    return true;
  });
}

// Whether a comma stands there between two members or elements of JSON.
bool is_json_comma(const std::string& text, std::size_t at) {
  return text[at] == ',' && at + 1 < text.size() &&
         std::string_view{"\"{["}.find(text[at + 1]) != std::string_view::npos;
}

// The end of the longest piece of `text` from `from` on that has `width` characters, and where the next piece begins.
std::pair<std::size_t, std::size_t> cut(const std::string& text, std::size_t from, std::size_t width) {
  std::size_t taken = 0;
  std::optional<std::pair<std::size_t, std::size_t>> good{};
  for (std::size_t at = from; at < text.size(); ++at) {
    if (starts_code_point(text[at]) && taken++ == width) {
      if (text[at] == ' ') return {at, at + 1};
      return good.value_or(std::pair{at, at});
    }
    if (text[at] == ' ') good = {at, at + 1};
    if (is_json_comma(text, at)) good = {at + 1, at + 1};
  }
  return {text.size(), text.size()};
}

}  // namespace

std::string shown(std::string_view text) {
  auto out = made_visible(text);
  // Of a time as this program writes it, all of which has microseconds.
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd.";
  constexpr std::string_view no_fraction = "000000Z";
  const auto is_form = [&](std::size_t at) {
    return std::equal(form.begin(), form.end(), out.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char wanted, char c) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; });
  };
  for (auto dot = out.find('.'); dot != std::string::npos; dot = out.find('.', dot + 1)) {
    if (dot + 1 < form.size() || out.size() - dot <= no_fraction.size() || !is_form(dot + 1 - form.size())) continue;
    out[dot - std::string_view{"Tdd:dd:dd"}.size()] = ' ';
    if (std::string_view{out}.substr(dot + 1, no_fraction.size()) == no_fraction) out.erase(dot, no_fraction.size());
  }
  return out;
}

std::string cell_text(JsonNode value) {
  if (value.kind() == JsonKind::null) return {};
  const auto before = value.find("before");
  const auto after = value.find("after");
  if (!is_object(before) || !is_object(after)) return shown(plain(value));
  return shown(describe_changes(*before, *after));
}

std::string outline_of(JsonNode object) {
  std::string out;
  write_outline(object, "", out);
  return out;
}

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string padded(const std::string& text, std::size_t width) {
  const auto length = width_of(text);
  return length >= width ? text : text + std::string(width - length, ' ');
}

std::size_t longest_word(const std::string& text) {
  std::size_t longest = 0;
  for (std::size_t from = 0; from <= text.size();) {
    const auto end = std::min(text.find(' ', from), text.size());
    longest = std::max(longest, width_of(text.substr(from, end - from)));
    from = end + 1;
  }
  return longest;
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> pieces;
  for (std::size_t from = 0; from < text.size();) {
    if (pieces.size() == lines_max) {
      pieces.back() = "…";
      break;
    }
    const auto [end, next] = cut(text, from, width);
    pieces.push_back(text.substr(from, end - from));
    from = next;
  }
  return pieces;
}

}  // namespace eventstore::terminal
