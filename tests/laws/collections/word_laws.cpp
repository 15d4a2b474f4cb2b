// Words in every script: each engine folds and cuts texts and searches alike.
#include <eventstore/collections/detail/text_search.hpp>

#include "laws/collections/collections_laws.hpp"

namespace word_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

template <class Engine> struct Search : Depot<Engine> {
  explicit Search(const Labels& texts) {
    std::vector<DocumentWrite> writes;
    for (const auto& text : texts) writes.push_back(put(text, parcel(text)));
    this->write(std::move(writes));
  }
  Labels operator()(std::string search) {
    return found(this->to().template where_words<&Parcel::label>(std::move(search)));
  }
};

struct Pair {
  const char* text;
  const char* search;
};

template <class Engine> void check_found(const std::vector<Pair>& pairs) {
  for (const auto& [text, search] : pairs) {
    CAPTURE(text, search);
    CHECK(Search<Engine>{{text}}(search) == Labels{text});
    CHECK(Search<Engine>{{search}}(text) == Labels{search});  // and the other way round
  }
}

template <class Engine> void check_not_found(const std::vector<Pair>& pairs) {
  for (const auto& [text, search] : pairs) {
    CAPTURE(text, search);
    CHECK(Search<Engine>{{text}}(search).empty());
  }
}

}  // namespace

TEMPLATE_TEST_CASE("letters of Latin are found by their letters of ASCII", "[laws][collections][words]",
                   COLLECTION_ENGINES) {
  check_found<TestType>({{"Łódź", "lodz"},
                         {"Straße STRASSE", "strasse Straße"},
                         {"Đặng Thị Hạnh", "dang thi hanh"},
                         {"Smørrebrød på Ærø", "smorrebrod pa aero"},
                         {"Þórður", "thordur"},
                         {"ılık İSTANBUL", "ilik istanbul"},
                         {"œuvre", "OEUVRE"},
                         {"Ħal Għargħur", "hal ghargħur"},
                         {"ﬁne ｆｕｌｌ Ⅷ", "fine full viii"},
                         {"cafe\u0301", "café"}});
}

TEMPLATE_TEST_CASE("case, accents and points of other scripts make no difference", "[laws][collections][words]",
                   COLLECTION_ENGINES) {
  check_found<TestType>({{"ΆΓΙΟΣ λόγος", "αγιος ΛΟΓΟΣ"},
                         {"ПРИВЕТ ещё ёлка", "привет ЕЩЕ елка"},
                         {"за\u0301мок", "замок"},
                         {"שָׁלוֹם", "שלום"},
                         {"مُحَمَّد أحمد", "محمد احمد"},
                         {"مـــرحبا", "مرحبا"},
                         {"کتاب", "كتاب"},
                         {"٢٠٢٤ ३", "2024 3"},
                         {"ᲓᲔᲓᲐ", "დედა"}});
}

TEMPLATE_TEST_CASE("marks that make another letter or another word stay", "[laws][collections][words]",
                   COLLECTION_ENGINES) {
  check_not_found<TestType>({{"мой", "мои"},
                             {"її", "іі"},
                             {"हिन्दी", "हनद"},
                             {"की", "का"},
                             {"தமிழ்", "தமழ"},
                             {"かき", "がき"},
                             {"ขาว", "ข้าว"},
                             {"ހިތް", "ހތ"},
                             {"hiragana カナ", "かな"}});
  check_found<TestType>({{"и\u0306од", "йод"}, {"हिन्दी", "हिन्दी"}, {"か\u3099き", "がき"}});
}

TEMPLATE_TEST_CASE("words are found in scripts that put no spaces between them", "[laws][collections][words]",
                   COLLECTION_ENGINES) {
  const Labels texts{"您的订单已经发货，请注意查收",
                     "ご注文の商品は明日お届けします",
                     "พัสดุของคุณจะมาถึงพรุ่งนี้",
                     "ສະບາຍດີທ່ານ",
                     "សួស្តីអ្នកទាំងអស់គ្នា",
                     "မင်္ဂလာပါခင်ဗျာ",
                     "배송이 늦어지고 있습니다",
                     "ﾊﾟｰｾﾙ到着"};
  Search<TestType> search{texts};
  CHECK(search("订单") == Labels{texts[0]});
  CHECK(search("发货") == Labels{texts[0]});
  CHECK(search("查收") == Labels{texts[0]});
  CHECK(search("订单已经发货") == Labels{texts[0]});
  CHECK(search("发货 订单") == Labels{texts[0]});
  CHECK(search("单订").empty());
  CHECK(search("订货").empty());
  CHECK(search("商品") == Labels{texts[1]});
  CHECK(search("お届け") == Labels{texts[1]});
  CHECK(search("พัสดุ") == Labels{texts[2]});
  CHECK(search("พรุ่งนี้") == Labels{texts[2]});
  CHECK(search("ສະບາຍດີ") == Labels{texts[3]});
  CHECK(search("អ្នក") == Labels{texts[4]});
  CHECK(search("ခင်ဗျာ") == Labels{texts[5]});
  CHECK(search("배송") == Labels{texts[6]});
  CHECK(search("パーセル") == Labels{texts[7]});
  CHECK(search("ー") == Labels{texts[7]});
  CHECK(search("订单 OR 商品").size() == 2);
}

TEMPLATE_TEST_CASE("one letter is found at the beginning, in the middle and at the end of a run",
                   "[laws][collections][words]", COLLECTION_ENGINES) {
  Search<TestType> search{{"货到付款", "已发货", "发货单", "货", "货币abc", "no such letter"}};
  CHECK(search("货").size() == 5);
  CHECK(search("款") == Labels{"货到付款"});
  CHECK(search("单") == Labels{"发货单"});
  CHECK(search("n").empty());
  CHECK(search("abc") == Labels{"货币abc"});
}

TEMPLATE_TEST_CASE("phrases go over scripts, signs and spaces", "[laws][collections][words]", COLLECTION_ENGINES) {
  Search<TestType> search{{"我的iPhone手机坏了", "你好，世界", "你好世界", "3月 15日"}};
  CHECK(search("iphone手机") == Labels{"我的iPhone手机坏了"});
  CHECK(search("的iPhone手") == Labels{"我的iPhone手机坏了"});
  CHECK(search("iphone") == Labels{"我的iPhone手机坏了"});
  CHECK(search("\"你好 世界\"") == Labels{"你好，世界"});
  CHECK(search("\"好 世\"") == Labels{"你好，世界"});
  CHECK(search("你好世界") == Labels{"你好世界"});
  CHECK(search("世界 你好").size() == 2);
  CHECK(search("\"3月 15\"") == Labels{"3月 15日"});
  CHECK(search("don't").empty());
}

TEMPLATE_TEST_CASE("apostrophes of every kind part words", "[laws][collections][words]", COLLECTION_ENGINES) {
  Search<TestType> search{{"l'été", "l’ete d", "lʼÉTÉ"}};
  CHECK(search("été").size() == 3);
  CHECK(search("l'ete").size() == 3);
}

TEMPLATE_TEST_CASE("signs and bytes that are no text part words and do no harm", "[laws][collections][words]",
                   COLLECTION_ENGINES) {
  Search<TestType> search{{"parcel🎁late", "\u00adpar\u00adcel", "zero\u200bwidth"}};
  CHECK(search("parcel").size() == 2);
  CHECK(search("zerowidth") == Labels{"zero\u200bwidth"});
  CHECK(search("parcel\xff\xfelate") == Labels{"parcel🎁late"});
  CHECK(search("late\xe4\xbd") == Labels{"parcel🎁late"});
  CHECK(search("late OR 🎁") == Labels{"parcel🎁late"});
}

TEMPLATE_TEST_CASE("a search without a word says what to write", "[laws][collections][words]", COLLECTION_ENGINES) {
  Search<TestType> search{{"parcel"}};
  for (const std::string none : {"", " ", "\"\"", "🎁", "-", "。", "OR", "\"。\" OR -"}) {
    CAPTURE(none);
    const auto asked = search.to().template where_words<&Parcel::label>(none).count();
    REQUIRE_FALSE(asked);
    CHECK(asked.error().code == Errc::invalid_argument);
    CHECK(asked.error().message().find("no word to search for: write a letter or a digit") != std::string::npos);
    CHECK(asked.error().message().find("fts5") == std::string::npos);
  }
}

TEMPLATE_TEST_CASE("a search of too many words says how many there may be", "[laws][collections][words]",
                   COLLECTION_ENGINES) {
  Search<TestType> search{{"parcel"}};
  std::string words;
  for (std::size_t n = 0; n < TextSearch::words_max; ++n) words += "parcel ";
  CHECK(search(words).size() == 1);
  for (const auto& too_many : {words + "late", words + "OR late", "\"" + words + "late\""}) {
    const auto asked = search.to().template where_words<&Parcel::label>(too_many).count();
    REQUIRE_FALSE(asked);
    CHECK(asked.error().code == Errc::invalid_argument);
    CHECK(asked.error().detail ==
          "the query has 1001 words, and 1000 is the most: search for fewer words, or for less text at once");
  }
}

TEMPLATE_TEST_CASE("words follow changes and removals in every script", "[laws][collections][words]",
                   COLLECTION_ENGINES) {
  Search<TestType> search{{"订单", "Łódź"}};
  search.write({put("订单", parcel("Đà Nẵng 商品"))});
  CHECK(search("订单").empty());
  CHECK(search("da nang") == Labels{"Đà Nẵng 商品"});
  search.write({removal("Łódź")});
  CHECK(search("lodz").empty());
  search.write({{DocumentWrite::Kind::patch, "订单", "org-1", {}, {field("label", std::string{"ขอบคุณ"})}}});
  CHECK(search("商品").empty());
  CHECK(search("คุณ") == Labels{"ขอบคุณ"});
}

}  // namespace word_laws
