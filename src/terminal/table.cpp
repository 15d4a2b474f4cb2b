#include "table.hpp"

#include <eventstore/schema/json_document.hpp>

#include <algorithm>
#include <iterator>

#include "cell.hpp"

namespace eventstore::terminal {
namespace {

using Row = std::vector<std::string>;

constexpr std::size_t cell_width_min = 8;

struct Table {
  Row names;
  std::vector<Row> rows;
};

using Objects = std::vector<std::string>;

// Calls `visit(JsonNode)` for each object.
template <class Visit> void each_object(const Objects& objects, Visit visit) {
  JsonDocument document;
  for (const auto& object : objects)
    if (const auto root = document.parse(object)) visit(*root);
}

// The columns in the order of the rows: a name that only a later row has comes behind the one before it there.
Row names_of(const Objects& objects) {
  Row names;
  each_object(objects, [&](JsonNode root) {
    auto place = names.begin();
    root.each_member([&](std::string_view name, JsonNode) {
      const auto found = std::find(names.begin(), names.end(), name);
      place = std::next(found == names.end() ? names.insert(place, std::string{name}) : found);
      return true;
    });
  });
  return names;
}

Table read(const Objects& objects) {
  Table table{names_of(objects), {}};
  each_object(objects, [&](JsonNode root) {
    auto& row = table.rows.emplace_back(table.names.size());
    root.each_member([&](std::string_view name, JsonNode value) {
      const auto place = std::find(table.names.begin(), table.names.end(), name);
      row[static_cast<std::size_t>(place - table.names.begin())] = cell_text(value);
      return true;
    });
  });
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

// Takes out the columns that say the same, or nothing, in every row; the line that says it once.
std::string lift_constants(Table& table) {
  std::string line;
  for (std::size_t column = table.names.size(); column-- > 0;) {
    const auto& first = table.rows.front()[column];
    const bool constant =
        std::all_of(table.rows.begin(), table.rows.end(), [&](const Row& row) { return row[column] == first; });
    if (!constant || table.names.size() == 1) continue;
    if (!first.empty()) line.insert(0, table.names[column] + ' ' + first + (line.empty() ? "" : "   "));
    const auto place = static_cast<std::ptrdiff_t>(column);
    table.names.erase(table.names.begin() + place);
    for (auto& row : table.rows) row.erase(row.begin() + place);
  }
  return line.empty() ? line : line + '\n';
}

// What each column needs so that no word in it is split. JSON has no words: it may be split anywhere.
std::vector<std::size_t> unsplit_widths(const Table& table) {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < table.names.size(); ++column) {
    auto width = longest_word(table.names[column]);
    for (const auto& row : table.rows)
      if (const auto& cell = row[column]; !cell.starts_with('{') && !cell.starts_with('['))
        width = std::max(width, longest_word(cell));
    widths.push_back(std::max(width, cell_width_min));
  }
  return widths;
}

// The widest of the columns that are above their least width gives way, until all fit or none is above.
void narrow(std::vector<std::size_t>& widths, const std::vector<std::size_t>& least, std::size_t total) {
  while (total_of(widths) > total) {
    std::size_t widest = widths.size();
    for (std::size_t column = 0; column < widths.size(); ++column)
      if (widths[column] > least[column] && (widest == widths.size() || widths[column] > widths[widest]))
        widest = column;
    if (widest == widths.size()) return;
    --widths[widest];
  }
}

// Text gives way first, as far as its words allow; only then are words split.
std::vector<std::size_t> fitting_widths(const Table& table, std::size_t total) {
  auto widths = needed_widths(table);
  narrow(widths, unsplit_widths(table), total);
  narrow(widths, std::vector<std::size_t>(widths.size(), cell_width_min), total);
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
  out += lines_of(table.names, widths);
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
