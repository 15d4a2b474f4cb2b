// Our words and FTS5's: the tokenizer takes each of our words for one of its own, and as it is.
#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

#include "laws/collections/collections_laws.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

using Words = std::set<std::string>;

void append_utf8(std::string& text, std::uint32_t point) {
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80) return add(point);
  if (point < 0x800) {
    add(0xC0 | point >> 6);
  } else {
    if (point < 0x10000) {
      add(0xE0 | point >> 12);
    } else {
      add(0xF0 | point >> 18);
      add(0x80 | (point >> 12 & 0x3F));
    }
    add(0x80 | (point >> 6 & 0x3F));
  }
  add(0x80 | (point & 0x3F));
}

// Every character of Unicode between two letters.
std::string every_character() {
  std::string text;
  for (std::uint32_t point = 1; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    text += " q";
    append_utf8(text, point);
    text += 'z';
  }
  return text;
}

std::string first_text(SqliteCollections& collections, const std::string& sql, const std::vector<SqlValue>& values) {
  return std::get<std::string>(good(collections.rows(sql, values)).front().front());
}

}  // namespace

TEST_CASE("FTS5 keeps every word that any character is made to as it is", "[collections][sqlite][words]") {
  Depot<SqliteCollectionsEngine> depot;
  const auto text = every_character();
  depot.write({put("1", parcel(text))});
  std::istringstream ours{first_text(depot.collections, "SELECT eventstore_words(?1)", {text})};
  Words made;
  for (std::string word; ours >> word;) made.insert(word);
  REQUIRE(good(depot.collections.rows("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(parcels_text, row)")).empty());
  Words kept;
  for (const auto& row : good(depot.collections.rows("SELECT term FROM vocabulary")))
    kept.insert(std::get<std::string>(row.front()));
  REQUIRE(made.size() > 100'000);
  Words lost;
  std::set_difference(made.begin(), made.end(), kept.begin(), kept.end(), std::inserter(lost, lost.end()));
  Words changed;
  std::set_difference(kept.begin(), kept.end(), made.begin(), made.end(), std::inserter(changed, changed.end()));
  CHECK(lost == Words{});
  CHECK(changed == Words{});
}

TEST_CASE("folding what was folded changes nothing", "[collections][sqlite][words]") {
  Depot<SqliteCollectionsEngine> depot;
  for (const std::string text : {"Łódź Straße Đặng ΆΓΙΟΣ ещё", "e\u0301\u0328 ﷺ ½ ℃", "مُحَمَّد שָׁלוֹם हिन्दी"}) {
    const auto once = first_text(depot.collections, "SELECT eventstore_words(?1)", {text});
    CHECK(first_text(depot.collections, "SELECT eventstore_words(?1)", {once}) == once);
  }
}

TEST_CASE("a text of which a part is too long to be searched is found by its beginning",
          "[collections][sqlite][words]") {
  Depot<SqliteCollectionsEngine> depot;
  std::string text = "beginning ";
  while (text.size() < (16U << 20U)) text += "Ł ";
  depot.write({put("1", parcel(text + " ending"))});
  CHECK(good(depot.to().where_words<&Parcel::label>("beginning l").count()) == 1);
  CHECK(good(depot.to().where_words<&Parcel::label>("ending").count()) == 0);
}
