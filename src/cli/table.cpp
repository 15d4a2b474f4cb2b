#include "table.hpp"

#include <eventstore/schema/json_document.hpp>

#include <algorithm>

namespace eventstore::inline v1::cli {
namespace {

using Row = std::vector<std::string>;

constexpr std::size_t cell_width_min = 8;

std::string cell(JsonNode node) {
  if (node.kind() == JsonKind::null) return {};
  if (node.kind() == JsonKind::text) return std::string{node.text()};
  std::string text;
  node.write(text);
  return text;
}

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

// Cut to `width` characters, the last an ellipsis, or filled with blanks; control characters become blanks.
std::string fit(const std::string& text, std::size_t width) {
  const auto length = width_of(text);
  std::string out;
  std::size_t taken = 0;
  for (const char c : text) {
    if (starts_code_point(c) && taken++ == (length > width ? width - 1 : width)) break;
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  if (length > width) return out + "…";
  return out + std::string(width - length, ' ');
}

struct Table {
  Row names;
  std::vector<Row> rows;
};

Table read(const std::vector<std::string>& objects) {
  Table table;
  JsonDocument document;
  for (const auto& object : objects) {
    const auto root = document.parse(object);
    if (!root) continue;
    Row row(table.names.size());
    root->each_member([&](std::string_view name, JsonNode value) {
      auto place = std::find(table.names.begin(), table.names.end(), name);
      if (place == table.names.end()) {
        place = table.names.insert(table.names.end(), std::string{name});
        row.emplace_back();
      }
      row[static_cast<std::size_t>(place - table.names.begin())] = cell(value);
      return true;
    });
    table.rows.push_back(std::move(row));
  }
  for (auto& row : table.rows) row.resize(table.names.size());
  return table;
}

// The widest column gives way until all fit.
std::vector<std::size_t> widths(const Table& table, std::size_t total) {
  std::vector<std::size_t> needed;
  for (std::size_t column = 0; column < table.names.size(); ++column) {
    needed.push_back(width_of(table.names[column]));
    for (const auto& row : table.rows) needed.back() = std::max(needed.back(), width_of(row[column]));
  }
  const auto sum = [&] {
    std::size_t all = 0;
    for (const auto width : needed) all += width + 2;
    return all;
  };
  while (!needed.empty() && sum() > total) {
    auto& widest = *std::max_element(needed.begin(), needed.end());
    if (widest <= cell_width_min) break;
    --widest;
  }
  return needed;
}

std::string line(const Row& cells, const std::vector<std::size_t>& widths) {
  std::string out;
  for (std::size_t column = 0; column < cells.size(); ++column) out += fit(cells[column], widths[column]) + "  ";
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + '\n';
}

std::string as_list(const Table& table) {
  std::size_t widest = 0;
  for (const auto& name : table.names) widest = std::max(widest, width_of(name));
  std::string out;
  for (std::size_t column = 0; column < table.names.size(); ++column)
    out += fit(table.names[column], widest) + "  " + table.rows.front()[column] + '\n';
  return out;
}

}  // namespace

std::string table_of(const std::vector<std::string>& objects, std::size_t width) {
  const auto table = read(objects);
  if (table.rows.empty()) return {};
  if (table.rows.size() == 1) return as_list(table);
  const auto columns = widths(table, width);
  std::string out = line(table.names, columns);
  Row rules;
  for (const auto column : columns) {
    std::string rule;
    for (std::size_t i = 0; i < column; ++i) rule += "─";
    rules.push_back(std::move(rule));
  }
  out += line(rules, columns);
  for (const auto& row : table.rows) out += line(row, columns);
  return out;
}

}  // namespace eventstore::inline v1::cli
