#include "conditions.hpp"
#include "connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>

#include <cmath>

namespace eventstore::engine::sqlite {
namespace {

// Every longitude is near where the circle holds a pole.
struct Box {
  double south, north;
  double half_width;  // degrees of longitude; 180: all of them
};

Box box_around(const NearQuery& query) {
  // A little wider than the circle, so that no rounding leaves out a point on its edge.
  const double angle = query.radius_meters / earth_radius_meters * 1.000001 + 1e-9;
  const double degrees = angle * 180 / std::numbers::pi;
  Box box{query.latitude - degrees, query.latitude + degrees, 180};
  if (box.south <= -90 || box.north >= 90) return box;
  const double width = std::sin(angle) / std::cos(query.latitude * std::numbers::pi / 180);
  box.half_width = std::min(180.0, std::asin(std::min(1.0, width)) * 180 / std::numbers::pi + 1e-6);
  return box;
}

// At the date line the box continues at the other side.
void append_longitudes(const NearQuery& query, const Box& box, Sql& sql) {
  if (box.half_width >= 180) return;
  sql.text += " AND (0";
  for (const double turn : {-360.0, 0.0, 360.0}) {
    const double west = query.longitude - box.half_width + turn;
    const double east = query.longitude + box.half_width + turn;
    if (east < -180 || west > 180) continue;
    sql.text += " OR (max_longitude >= ";
    sql.add_value(west);
    sql.text += " AND min_longitude <= ";
    sql.add_value(east);
    sql.text += ')';
  }
  sql.text += ')';
}

}  // namespace

Sql compile(const CollectionShape& shape, std::string_view organization, const NearQuery& query) {
  const auto column = quoted(query.field);
  const auto box = box_around(query);
  Sql sql{select_document(shape)};
  sql.text += fmt::format(", json_extract({0}, '$.longitude'), json_extract({0}, '$.latitude') FROM {1}", column,
                          quoted(shape.name));
  append_where(shape, organization, query.where, sql, Lookup::by_row);
  sql.text += fmt::format(" AND _row IN (SELECT id FROM {} WHERE max_latitude >= ", quoted(shape.name + "_location"));
  sql.add_value(box.south);
  sql.text += " AND min_latitude <= ";
  sql.add_value(box.north);
  append_longitudes(query, box, sql);
  sql.text += ')';
  return sql;
}

}  // namespace eventstore::engine::sqlite
