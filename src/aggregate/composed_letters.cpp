#include "composed_letters.hpp"

#include <algorithm>
#include <iterator>

namespace eventstore {
inline namespace v1 {
namespace {

// A mark, and in pairs the letters that it changes and what they become: the canonical compositions of Unicode 14 whose
// result is a letter of Latin (without phonetic ones), Greek (in one accent) or Cyrillic script. Of these no later
// version of Unicode changes any, and what it adds is left out, because a claim must be found for ever.
struct Mark {
  char32_t mark;
  std::u32string_view pairs;
};

constexpr Mark marks[]{
    {0x300, U"AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"},
    {0x301,
     U"AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰ"
     U"οόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"},
    {0x302, U"AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"},
    {0x303, U"AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"},
    {0x304, U"AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝ"},
    {0x306, U"AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặ"},
    {0x307, U"CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"},
    {0x308,
     U"AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺ"
     U"ūṻWẄwẅXẌxẍtẗ"},
    {0x309, U"AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"},
    {0x30a, U"AÅaåUŮuůwẘyẙ"},
    {0x30b, U"OŐoőUŰuűУӲуӳ"},
    {0x30c, U"CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"},
    {0x30f, U"AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"},
    {0x311, U"AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"},
    {0x31b, U"OƠoơUƯuư"},
    {0x323, U"BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"},
    {0x324, U"UṲuṳ"},
    {0x325, U"AḀaḁ"},
    {0x326, U"SȘsșTȚtț"},
    {0x327, U"CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"},
    {0x328, U"AĄaąEĘeęIĮiįUŲuųOǪoǫ"},
    {0x32d, U"DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"},
    {0x32e, U"HḪhḫ"},
    {0x330, U"EḚeḛIḬiḭUṴuṵ"},
    {0x331, U"BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"},
};

constexpr unsigned continuation = 0x80;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) == continuation; }

// The mark that begins at `at`; 0: none does.
char32_t mark_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if ((lead != 0xcc && lead != 0xcd) || at + 1 == text.size() || !is_continuation(text[at + 1])) return 0;
  return static_cast<char32_t>((lead & 0x1fU) << 6U | (static_cast<unsigned char>(text[at + 1]) & 0x3fU));
}

struct Letter {
  char32_t code = 0;  // 0: it is none of 1 to 3 bytes
  std::size_t size = 0;
};

Letter last_letter(std::string_view text) {
  const auto is_whole = [&](std::size_t size) {
    return text.size() >= size &&
           std::all_of(text.end() - static_cast<std::ptrdiff_t>(size) + 1, text.end(), is_continuation);
  };
  const auto byte = [&](std::size_t from_end) { return static_cast<unsigned char>(text[text.size() - from_end]); };
  if (!text.empty() && byte(1) < 0x80U) return {byte(1), 1};
  if (is_whole(2) && (byte(2) & 0xe0U) == 0xc0U) return {(byte(2) & 0x1fU) << 6U | (byte(1) & 0x3fU), 2};
  if (is_whole(3) && (byte(3) & 0xf0U) == 0xe0U)
    return {(byte(3) & 0x0fU) << 12U | (byte(2) & 0x3fU) << 6U | (byte(1) & 0x3fU), 3};
  return {};
}

void add_letter(char32_t letter, std::string& text) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (letter < 0x80) return add(letter);
  if (letter < 0x800) {
    add(0xc0U | letter >> 6U);
  } else {
    add(0xe0U | letter >> 12U);
    add(continuation | (letter >> 6U & 0x3fU));
  }
  add(continuation | (letter & 0x3fU));
}

// 0: they are no one character.
char32_t composed(char32_t letter, char32_t mark) {
  const auto* const found = std::ranges::lower_bound(marks, mark, {}, &Mark::mark);
  if (found == std::end(marks) || found->mark != mark) return 0;
  for (std::size_t i = 0; i < found->pairs.size(); i += 2)
    if (found->pairs[i] == letter) return found->pairs[i + 1];
  return 0;
}

}  // namespace

std::string composed_letters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto mark = mark_at(text, i);
    if (mark == 0) {
      out += text[i];
      continue;
    }
    const auto letter = last_letter(out);
    const auto one = composed(letter.code, mark);
    if (one != 0) out.resize(out.size() - letter.size);
    add_letter(one == 0 ? mark : one, out);
    ++i;
  }
  return out;
}

}  // namespace v1
}  // namespace eventstore
