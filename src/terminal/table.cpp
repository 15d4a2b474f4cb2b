#include "table.hpp"

#include <eventstore/schema/json_document.hpp>

#include <algorithm>

#include "cell.hpp"

namespace eventstore::terminal {
namespace {

using Row = std::vector<std::string>;

constexpr std::size_t cell_width_min = 8;

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
      row[static_cast<std::size_t>(place - table.names.begin())] = cell_text(value);
      return true;
    });
    table.rows.push_back(std::move(row));
  }
  for (auto& row : table.rows) row.resize(table.names.size());
  return table;
}

std::vector<std::size_t> needed_widths(const Table& table) {
  std::vector<std::size_t> needed;
  for (std::size_t column = 0; column < table.names.size(); ++column) {
    needed.push_back(width_of(table.names[column]));
    for (const auto& row : table.rows) needed.back() = std::max(needed.back(), width_of(row[column]));
  }
  return needed;
}

std::size_t total_of(const std::vector<std::size_t>& widths) {
  std::size_t all = 0;
  for (const auto width : widths) all += width + 2;
  return all;
}

// Takes out the columns that say the same in every row; the line that says it once.
std::string lift_constants(Table& table) {
  std::string line;
  for (std::size_t column = table.names.size(); column-- > 0;) {
    const auto& first = table.rows.front()[column];
    const bool constant =
        std::all_of(table.rows.begin(), table.rows.end(), [&](const Row& row) { return row[column] == first; });
    if (!constant || table.names.size() == 1) continue;
    line.insert(0, table.names[column] + ' ' + first + (line.empty() ? "" : "   "));
    const auto place = static_cast<std::ptrdiff_t>(column);
    table.names.erase(table.names.begin() + place);
    for (auto& row : table.rows) row.erase(row.begin() + place);
  }
  return line.empty() ? line : line + '\n';
}

// The widest column gives way until all fit.
std::vector<std::size_t> fitting_widths(const Table& table, std::size_t total) {
  auto widths = needed_widths(table);
  while (!widths.empty() && total_of(widths) > total) {
    auto& widest = *std::max_element(widths.begin(), widths.end());
    if (widest <= cell_width_min) break;
    --widest;
  }
  return widths;
}

std::string line_of(const Row& cells, const std::vector<std::size_t>& widths) {
  std::string out;
  for (std::size_t column = 0; column < cells.size(); ++column) out += padded(cells[column], widths[column]) + "  ";
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + '\n';
}

// A row, over as many lines as its longest cell needs.
std::string lines_of(const Row& cells, const std::vector<std::size_t>& widths) {
  std::vector<Row> pieces;
  std::size_t height = 1;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    pieces.push_back(wrapped(cells[column], widths[column]));
    height = std::max(height, pieces.back().size());
  }
  std::string out;
  for (std::size_t i = 0; i < height; ++i) {
    Row line;
    for (const auto& piece : pieces) line.push_back(i < piece.size() ? piece[i] : std::string{});
    out += line_of(line, widths);
  }
  return out;
}

}  // namespace

std::string table_of(const std::vector<std::string>& objects, std::size_t width) {
  if (objects.size() == 1) {
    JsonDocument document;
    const auto root = document.parse(objects.front());
    return root ? outline_of(*root) : std::string{};
  }
  auto table = read(objects);
  if (table.rows.empty()) return {};
  std::string out;
  if (total_of(needed_widths(table)) > width) out = lift_constants(table);
  const auto widths = fitting_widths(table, width);
  out += line_of(table.names, widths);
  Row rules;
  for (const auto column : widths) {
    std::string rule;
    for (std::size_t i = 0; i < column; ++i) rule += "─";
    rules.push_back(std::move(rule));
  }
  out += line_of(rules, widths);
  for (const auto& row : table.rows) out += lines_of(row, widths);
  return out;
}

}  // namespace eventstore::terminal
