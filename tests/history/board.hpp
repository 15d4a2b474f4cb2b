#pragma once
// An aggregate whose state has every kind of part, and an event that changes some of it at random.
#include <algorithm>
#include <cstddef>
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/random.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace board {

namespace es = eventstore;
using std::int64_t, std::string;

struct Pin {
  EVENTSTORE_FIELDS(Pin, (string, text), (std::optional<string>, colour), (es::List<string>, tags));
};
struct Where {
  EVENTSTORE_FIELDS(Where, (int64_t, x), (std::optional<int64_t>, y));
};
struct Shuffled {
  EVENTSTORE_EVENT(Shuffled, "BoardShuffled", (std::uint64_t, seed));
};
using Pins = es::List<Pin>;
using NamedPins = es::Map<Pin>;
using Scores = es::Map<std::optional<int64_t>>;
using Words = std::vector<string>;
using Numbers = std::vector<int64_t>;
using Gaps = std::vector<std::optional<int64_t>>;
using Labels = std::set<string>;

/// Changes parts of a board by what a seed says.
class Shuffler {
 public:
  explicit Shuffler(std::uint64_t seed) : random_{seed} {}

  template <class Board> void shuffle(Board& b) {
    switch (random_.below(16)) {
      case 0: b.title = text(); break;
      case 1: b.count = random_.between(0, 3); break;
      case 2: toggle(b.best); break;
      case 3:
        if (b.best) change(*b.best);
        break;
      case 4:
      case 5: edit(b.pins, [&] { return pin(); }); break;
      case 6:
        if (!b.pins.empty()) {
          change(b.pins.edit(random_.below(b.pins.size())));
        }
        break;
      case 7:
      case 8: edit_vector(b.words, [&] { return text(); }); break;
      case 9:
        enter(
            b.named, [&](Pin& each) { change(each); }, [&] { return pin(); });
        break;
      case 10:
        enter(
            b.scores, [&](auto& each) { each = random_.between(0, 2); }, [&] { return number(); });
        break;
      case 11: random_.chance(50) ? void(b.where.x = random_.between(0, 3)) : void(b.where.y = number()); break;
      case 12: random_.chance(60) ? void(b.labels.insert(text())) : b.labels.clear(); break;
      case 13: b.free.text = random_.pick({"", "{\"a\":[1,2]}", "[null]", "7"}); break;
      case 14:
        if (!b.numbers)
          b.numbers.emplace(Numbers{1, 2});
        else if (random_.chance(20))
          b.numbers.reset();
        else
          edit_vector(*b.numbers, [&] { return random_.between(0, 3); });
        break;
      default:
        edit_vector(b.gaps, [&] { return number(); });
        change(b.front);
        ++b.hidden;
    }
  }
  [[nodiscard]] bool again() { return random_.chance(55); }

 private:
  string text() { return random_.pick({"", "a", "b", "c~d", "e/f", "g\"h", "ä\n"}); }
  string key() { return random_.pick({"", "a", "k.1", "c~d", "e/f", "g\"h]", "ä", "0"}); }
  std::optional<int64_t> number() {
    return random_.chance(40) ? std::optional<int64_t>{} : std::optional{random_.between(0, 2)};
  }
  Pin pin() {
    Pin made;
    change(made);
    change(made);
    return made;
  }
  void change(Pin& pin) {
    switch (random_.below(3)) {
      case 0: pin.text = text(); break;
      case 1: pin.colour ? pin.colour.reset() : void(pin.colour = text()); break;
      default: edit(pin.tags, [&] { return text(); });
    }
  }
  void toggle(std::optional<Pin>& pin_or_none) {
    if (pin_or_none)
      pin_or_none.reset();
    else
      pin_or_none = pin();
  }
  // Several elements are inserted, erased or exchanged at places anywhere.
  template <class Make> void edit_vector(auto& list, Make make) {
    do {
      const auto at = static_cast<std::ptrdiff_t>(random_.below(list.size() + 1));
      if (random_.chance(50) || list.empty())
        list.insert(list.begin() + at, make());
      else if (random_.chance(50))
        list.erase(list.begin() + std::min(at, static_cast<std::ptrdiff_t>(list.size()) - 1));
      else
        list[random_.below(list.size())] = make();
    } while (random_.chance(40));
  }
  template <class T, class Make> void edit(es::List<T>& list, Make make) {
    std::vector<T> elements(list.begin(), list.end());
    edit_vector(elements, make);
    list.assign(elements.begin(), elements.end());
  }
  template <class Change, class Make> void enter(auto& map, Change change_it, Make make) {
    const auto name = key();
    if (!map.contains(name))
      map.insert_or_assign(name, make());
    else if (random_.chance(40))
      map.erase(name);
    else
      change_it(map[name]);
  }

  es::Random random_;
};

struct Board {
  static constexpr auto category = "board";
  using events = es::Events<Shuffled>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, title, "untitled"), (int64_t, count), (std::optional<Pin>, best), (Pins, pins),
                      (Words, words), (NamedPins, named), (Scores, scores), (Where, where, , es::flattened),
                      (Labels, labels), (es::Json, free), (std::optional<Numbers>, numbers), (Gaps, gaps), (Pin, front),
                      (int64_t, hidden, , es::bookkeeping));
  };
  static void evolve(State& state, const Shuffled& event) {
    Shuffler shuffler{event.seed};
    do shuffler.shuffle(state);
    while (shuffler.again());
  }
  static Decision make_up(es::Random& random, const State&) { return Shuffled{random.next()}; }
};

}  // namespace board
